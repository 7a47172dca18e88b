package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.openpanelmcp.store.EventEraser;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.WriteFailure;

/** Takes rows out of the embedded database. Used from platform threads. The bytes stay in the file until it is compacted. */
public final class DuckDbEraser implements EventEraser {
    /** The list of deletions is kept like a journal: up to where it is carried out stands beside the rows. */
    private static final String LIST = "erasures";

    private static final String OWN_DEVICES = """
            create or replace temp table own_devices as
            select distinct device_id from (
                select device_id from events where project_id = ? and profile_id = ?
                union all select device_id from sessions where project_id = ? and profile_id = ?)
            where device_id <> ''""";

    private static final String OWN_ALONE = """
            select device_id from own_devices anti join (
                select device_id from events semi join own_devices using (device_id)
                where project_id = ? and profile_id not in ('', device_id, ?)
                union all select device_id from sessions semi join own_devices using (device_id)
                where project_id = ? and profile_id not in ('', device_id, ?)) others using (device_id)
            order by device_id""";

    private static final String LATEST = """
            select coalesce(epoch_ms(max(created_at)), -9223372036854775808) as latest, count(*) as trace_total from (
                select created_at from events where project_id = ? and profile_id = ?
                union all select ended_at from sessions where project_id = ? and profile_id = ?
                union all select created_at from profiles where project_id = ? and id = ?)""";

    private static final String PROFILES = """
            select distinct project_id, id from (
                select project_id, profile_id as id, created_at from events
                union all select project_id, profile_id, created_at from sessions
                union all select project_id, id, created_at from profiles)
            where id <> '' and list_contains(?::varchar[], project_id) and created_at <= ?""";

    private static final String DEVICES = """
            select distinct project_id, id from (
                select project_id, device_id as id, created_at from events where profile_id in ('', device_id)
                union all select project_id, device_id, created_at from sessions where profile_id in ('', device_id)
                union all select project_id, id, created_at from profiles where not is_external)
            where id <> '' and list_contains(?::varchar[], project_id) and created_at <= ?""";

    private final DuckDbDatabase database;

    public DuckDbEraser(DuckDbDatabase database) {
        this.database = database;
    }

    /** Carries a result out of a transaction that is taken back. */
    private static final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Removed removed;

        Rehearsed(Removed removed) {
            super(null, null, false, false);
            this.removed = removed;
        }
    }

    @Override
    public long erasures() throws WriteFailure {
        return DuckDbEventWriter.attempt(
                () -> database.read(connection -> DuckDbEventWriter.position(connection, LIST)));
    }

    @Override
    public Traces traces(RowKey person) throws WriteFailure {
        return DuckDbEventWriter.attempt(() -> database.read(connection -> {
            var project = person.projectId();
            var id = person.id();
            Rows.run(connection, OWN_DEVICES, project, id, project, id);
            var devices = Rows.read(connection, OWN_ALONE, row -> row.getString(1), project, id, project, id);
            Rows.run(connection, "drop table own_devices");
            return Rows.read(
                            connection,
                            LATEST,
                            row -> new Traces(devices, row.getLong(1), row.getLong(2) > 0),
                            project,
                            id,
                            project,
                            id,
                            project,
                            id)
                    .getFirst();
        }));
    }

    @Override
    public void eachProfile(Collection<String> projects, long until, Consumer<RowKey> reader) throws WriteFailure {
        each(PROFILES, projects, until, reader);
    }

    @Override
    public void eachDevice(Collection<String> projects, long until, Consumer<RowKey> reader) throws WriteFailure {
        each(DEVICES, projects, until, reader);
    }

    private void each(String sql, Collection<String> projects, long until, Consumer<RowKey> reader)
            throws WriteFailure {
        DuckDbEventWriter.attempt(() -> database.read(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, connection.createArrayOf("VARCHAR", projects.toArray()));
                statement.setObject(2, DuckDbEventWriter.time(until));
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.accept(SessionTable.key(rows));
                    }
                }
            }
            return reader;
        }));
    }

    @Override
    public Removed erase(List<Doomed> doomed, long number) throws WriteFailure {
        return DuckDbEventWriter.attempt(() -> database.writeSoon(connection -> {
            var removed = erase(connection, doomed);
            Rows.run(connection, "delete from journal_positions where journal = ?", LIST);
            Rows.run(connection, "insert into journal_positions (journal, position) values (?, ?)", LIST, number);
            return removed;
        }));
    }

    @Override
    public Removed rehearse(List<Doomed> doomed) throws WriteFailure {
        return DuckDbEventWriter.attempt(() -> {
            try {
                return database.writeSoon(connection -> {
                    throw new Rehearsed(erase(connection, doomed));
                });
            } catch (Rehearsed rehearsed) {
                return rehearsed.removed;
            }
        });
    }

    private static Removed erase(Connection connection, List<Doomed> doomed) throws SQLException {
        if (doomed.isEmpty()) {
            return Removed.NOTHING;
        }
        DoomedTable.fill(connection, doomed);
        var removed = new PersonRemoval(connection).run();
        Rows.run(connection, "drop table doomed");
        return removed;
    }

    @Override
    public Removed expire(String projectId, long before) throws WriteFailure {
        return DuckDbEventWriter.attempt(
                () -> database.writeSoon(connection -> Expiry.run(connection, projectId, before)));
    }

    static List<RowKey> keys(Connection connection, String sql) throws SQLException {
        return Rows.read(connection, sql, SessionTable::key);
    }
}
