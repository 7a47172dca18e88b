package org.openpanelmcp.transfer.foreign;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.store.duckdb.RowAppender;

/**
 * A database of its own, in which rows of any number are put in order within bounded memory before they become a transfer
 * folder. Thrown away afterwards.
 */
final class Scratch implements AutoCloseable {
    /** The file, beside the transfer folder's, that names the sessions that were made. */
    static final String SESSION_IDS = "sessions_of_file.parquet";

    private static final long MEMORY = 384L << 20;
    private static final long SPILL = 64L << 30;

    private static final String INCOMING = """
            create table incoming as select *, 0::bigint as place_in_file, false as has_id from events limit 0""";

    private static final String ID_OF_HASH = """
            create macro id_of_hash(h) as (h[1:12] || '8' || h[14:16] || 'a' || h[18:32])::uuid""";

    /** Rows with an id of their own stand once; equal rows without one are told apart by their order. */
    private static final String SETTLE = """
            insert into events by name
            select * exclude (place_in_file, has_id, repetition)
                replace (case when repetition = 1 then id else id_of_hash(md5(id::varchar || repetition)) end as id)
            from (select *, row_number() over (partition by id order by place_in_file) as repetition from incoming)
            where repetition = 1 or not has_id""";

    private final DuckDbDatabase database;
    private final Connection connection;
    private final String projectId;
    private final long importedAt;
    private @Nullable RowAppender appender;
    private long appended;

    private Scratch(DuckDbDatabase database, String projectId, long importedAt) {
        this.database = database;
        this.connection = database.connection();
        this.projectId = projectId;
        this.importedAt = importedAt;
    }

    /** @param importedAt epoch milliseconds, what the rows say about when they came in */
    static Scratch open(Path folder, String projectId, long importedAt) {
        var threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        var database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked(MEMORY, SPILL, threads));
        var scratch = new Scratch(database, projectId, importedAt);
        scratch.execute(INCOMING);
        scratch.execute(ID_OF_HASH);
        return scratch;
    }

    String projectId() {
        return projectId;
    }

    Connection connection() {
        return connection;
    }

    /** @param hasId whether the file gave the id, so that the same id again is the same event again */
    void add(EventDraft event, boolean hasId) {
        try {
            var row = appender;
            if (row == null) {
                row = RowAppender.to(connection, "incoming");
                appender = row;
            }
            append(row, event);
            row.big(appended++).flag(hasId).endRow();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    private void append(RowAppender row, EventDraft event) throws SQLException {
        var place = event.place;
        var equipment = event.equipment;
        row.beginRow()
                .id(event.id)
                .text(event.name)
                .text(event.sdkName)
                .text(event.sdkVersion)
                .text(event.deviceId)
                .text(event.profileId.isEmpty() ? event.deviceId : event.profileId)
                .text(projectId)
                .text(event.sessionId)
                .texts(event.groups)
                .text(event.path)
                .text(event.origin)
                .text(event.referrer.address())
                .text(event.referrer.name())
                .text(event.referrer.type())
                .big(event.revenue)
                .big(event.duration)
                .texts(event.properties)
                .time(event.at)
                .text(place.country())
                .text(place.city())
                .text(place.region());
        coordinate(row, place.longitude());
        coordinate(row, place.latitude());
        row.text(equipment.os())
                .text(equipment.osVersion())
                .text(equipment.browser())
                .text(equipment.browserVersion())
                .text(equipment.device())
                .text(equipment.brand())
                .text(equipment.model())
                .time(importedAt);
    }

    private static void coordinate(RowAppender row, @Nullable Float value) throws SQLException {
        if (value == null) {
            row.nothing();
        } else {
            row.coordinate(value);
        }
    }

    /** Makes the table {@code events} of what was added. @return how many rows stood in the file more than once */
    long settle() {
        try {
            if (appender != null) {
                appender.close();
                appender = null;
            }
            try (var statement = connection.createStatement()) {
                var kept = statement.executeLargeUpdate(SETTLE);
                statement.execute("drop table incoming");
                return appended - kept;
            }
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /** Writes the events as a transfer folder, and the ids of their sessions. */
    void write(Path folder) {
        copy("copy (select * from events order by created_at, id) to ?", folder.resolve("events.parquet"));
        copy("copy (select distinct session_id from events where session_id <> '') to ?", folder.resolve(SESSION_IDS));
    }

    /** @param sql constant SQL with one place for the file */
    void copy(String sql, Path file) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, file.toAbsolutePath().toString());
            statement.execute();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /** @param sql constant SQL */
    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        } finally {
            database.close();
        }
    }
}
