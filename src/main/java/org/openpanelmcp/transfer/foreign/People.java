package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.RowAppender;

/** People that a file describes beside their events. */
final class People {
    private static final String LATEST = """
            copy (select * from profiles qualify row_number() over (
                partition by id order by last_seen_at desc, created_at) = 1 order by id) to ?""";

    private final Scratch scratch;
    private @Nullable RowAppender appender;

    People(Scratch scratch) {
        this.scratch = scratch;
    }

    /** What a file says of one person. */
    record Person(
            String id,
            boolean isExternal,
            String firstName,
            String lastName,
            String email,
            String avatar,
            Map<String, String> properties,
            List<String> groups,
            long createdAt,
            long lastSeenAt) {}

    void add(Person person) {
        try {
            var row = appender;
            if (row == null) {
                row = RowAppender.to(scratch.connection(), "profiles");
                appender = row;
            }
            row.beginRow()
                    .text(person.id())
                    .flag(person.isExternal())
                    .text(person.firstName())
                    .text(person.lastName())
                    .text(person.email())
                    .text(person.avatar())
                    .texts(person.properties())
                    .text(scratch.projectId())
                    .texts(person.groups())
                    .time(person.createdAt())
                    .time(person.lastSeenAt())
                    .endRow();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    void finish() throws SQLException {
        if (appender != null) {
            appender.close();
            appender = null;
        }
    }

    /** Writes a transfer folder of them; none when the file described nobody. */
    static void write(Scratch scratch, Path folder) throws IOException, SQLException {
        try (var statement = scratch.connection().createStatement();
                var rows = statement.executeQuery("select count(*) from profiles")) {
            rows.next();
            if (rows.getLong(1) == 0) {
                return;
            }
        }
        Files.createDirectories(folder);
        scratch.copy(LATEST, folder.resolve("profiles.parquet"));
    }
}
