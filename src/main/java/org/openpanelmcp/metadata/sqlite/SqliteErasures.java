package org.openpanelmcp.metadata.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.Erasures;
import org.openpanelmcp.metadata.Marks;

final class SqliteErasures implements Erasures {
    private static final String INSERT =
            "insert or replace into erasures (project_id, mark, erased_until) values (?, ?, ?)";

    private final Database database;
    private final Path keyFile;

    SqliteErasures(Database database, Path keyFile) {
        this.database = database;
        this.keyFile = keyFile;
    }

    /** In the cache of rows: all marks. */
    private record All() {}

    private record Entry(long number, String projectId, byte[] mark, long until) {}

    @Override
    public void add(Collection<Erased> names, Instant until) {
        database.write(connection -> {
            // Within the transaction, so that two processes make one key.
            var key = ErasureKey.make(keyFile);
            int added = 0;
            for (var name : names) {
                added += Statements.update(connection, INSERT, name.projectId(), key.mark(name), until);
            }
            return added;
        });
    }

    @Override
    public Marks marks() {
        return database.readOnce(new All(), connection -> {
            var entries = entries(connection);
            return new Snapshot(entries, entries.isEmpty() ? null : ErasureKey.load(keyFile));
        });
    }

    private static List<Entry> entries(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                "select number, project_id, mark, erased_until from erasures order by number",
                row -> new Entry(row.getLong(1), row.getString(2), row.getBytes(3), row.getLong(4)));
    }

    @Override
    public OptionalInt takeOver(Erasures other) {
        if (!(other instanceof SqliteErasures elsewhere)) {
            throw new IllegalArgumentException("marks of another kind of installation mean nothing here");
        }
        var theirs = elsewhere.database.read(SqliteErasures::entries);
        if (theirs.isEmpty()) {
            return OptionalInt.of(0);
        }
        var key = ErasureKey.load(elsewhere.keyFile);
        return database.write(connection -> {
            var ours = entries(connection);
            if (ours.isEmpty()) {
                ErasureKey.copy(elsewhere.keyFile, keyFile);
            }
            if (!ErasureKey.load(keyFile).isSameAs(key)) {
                return OptionalInt.empty();
            }
            var known = new HashMap<String, Long>();
            ours.forEach(entry -> known.put(text(entry), entry.until()));
            int taken = 0;
            for (var entry : theirs) {
                if (known.getOrDefault(text(entry), Long.MIN_VALUE) < entry.until()) {
                    taken += Statements.update(connection, INSERT, entry.projectId(), entry.mark(), entry.until());
                }
            }
            return OptionalInt.of(taken);
        });
    }

    private static String text(Entry entry) {
        return HexFormat.of().formatHex(entry.mark());
    }

    private static final class Snapshot implements Marks {
        private final long number;
        private final Map<String, Map<String, Long>> byProject = new HashMap<>();
        private final Map<String, Long> latest = new HashMap<>();
        private final @Nullable ErasureKey key;

        /** @param key null when there are no entries */
        Snapshot(List<Entry> entries, @Nullable ErasureKey key) {
            this.number = entries.isEmpty() ? 0 : entries.getLast().number();
            this.key = key;
            for (var entry : entries) {
                byProject
                        .computeIfAbsent(entry.projectId(), project -> new HashMap<>())
                        .put(text(entry), entry.until());
                latest.merge(entry.projectId(), entry.until(), Math::max);
            }
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public Set<String> projects() {
            return Set.copyOf(byProject.keySet());
        }

        @Override
        public long latest(String projectId) {
            return latest.getOrDefault(projectId, Long.MIN_VALUE);
        }

        @Override
        public long erasedUntil(Erased name) {
            var marks = byProject.get(name.projectId());
            if (marks == null || key == null) {
                return Long.MIN_VALUE;
            }
            return marks.getOrDefault(key.text(name), Long.MIN_VALUE);
        }
    }
}
