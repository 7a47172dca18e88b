package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.EventWriter;
import org.openpanelmcp.store.GroupRow;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionRow;
import org.openpanelmcp.store.SessionSpan;
import org.openpanelmcp.store.WriteFailure;

/** Writes what is recorded into the embedded database. Used from platform threads. */
public final class DuckDbEventWriter implements EventWriter {
    private final DuckDbDatabase database;

    public DuckDbEventWriter(DuckDbDatabase database) {
        this.database = database;
    }

    @Override
    public long version() {
        return database.version();
    }

    @Override
    public long position(String journal) throws WriteFailure {
        return attempt(() -> database.read(connection -> position(connection, journal)));
    }

    @Override
    public void write(Batch batch) throws WriteFailure {
        attempt(() -> database.write(connection -> {
            var reach = batch.reach();
            if (position(connection, reach.journal()) != reach.after()) {
                throw new IllegalStateException("the journal is stored up to another position than " + reach.after());
            }
            new EventTable(connection).write(batch.removed(), batch.events());
            new SessionTable(connection).write(batch.sessions());
            var people = new PeopleTables(connection);
            people.writeProfiles(batch.profiles());
            people.see(batch.seen());
            people.writeGroups(batch.groups());
            savePosition(connection, reach);
            return batch;
        }));
    }

    @Override
    public List<RowKey> endSessions(long idleSince, int most) throws WriteFailure {
        var due = attempt(() -> database.read(connection -> SessionTable.anyDue(connection, idleSince)));
        if (!due) {
            return List.of();
        }
        return attempt(() -> database.write(connection -> new SessionTable(connection).end(idleSince, most)));
    }

    @Override
    public List<SessionRow> sessions(Collection<RowKey> ids, long startedSince) throws WriteFailure {
        return select(
                "select s.* from sessions s join " + Keys.TABLE + " using (project_id, id) where s.created_at >= ?",
                SessionTable::read,
                ids,
                startedSince);
    }

    @Override
    public List<ProfileRow> profiles(Collection<RowKey> ids) throws WriteFailure {
        return select(
                "select p.* from profiles p join " + Keys.TABLE + " using (project_id, id)"
                        + " qualify row_number() over (partition by p.project_id, p.id"
                        + " order by p.last_seen_at desc, p.rowid desc) = 1",
                PeopleTables::readProfile,
                ids);
    }

    @Override
    public List<GroupRow> groups(Collection<RowKey> ids) throws WriteFailure {
        return select(
                "select g.* from groups g join " + Keys.TABLE + " using (project_id, id)"
                        + " qualify row_number() over (partition by g.project_id, g.id order by g.version desc) = 1",
                PeopleTables::readGroup,
                ids);
    }

    @Override
    public List<SessionSpan> spans(long endedSince, int most) throws WriteFailure {
        return attempt(() -> database.read(connection -> Rows.read(
                connection,
                "select * from sessions where ended_at >= ? and device_id <> '' order by ended_at desc limit ?",
                SessionTable::readSpan,
                time(endedSince),
                most)));
    }

    @Override
    public List<SessionSpan> spansOfDevices(Collection<RowKey> devices, long from, long to) throws WriteFailure {
        return select(
                "select s.* from sessions s join " + Keys.TABLE
                        + " on s.project_id = wanted.project_id and s.device_id = wanted.id"
                        + " where s.ended_at >= ? and s.created_at <= ?",
                SessionTable::readSpan,
                devices,
                from,
                to);
    }

    @Override
    public List<SessionSpan> spansOfProfiles(Collection<RowKey> profiles, long from, long to) throws WriteFailure {
        return select(
                "select s.* from sessions s join " + Keys.TABLE
                        + " on s.project_id = wanted.project_id and s.profile_id = wanted.id"
                        + " where s.ended_at >= ? and s.created_at <= ?",
                SessionTable::readSpan,
                profiles,
                from,
                to);
    }

    static long millis(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    static LocalDateTime time(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        var texts = new ArrayList<String>();
        for (var text : (Object[]) row.getArray(column).getArray()) {
            texts.add(String.valueOf(text));
        }
        return texts;
    }

    private <T> List<T> select(String sql, Rows.Reader<T> reader, Collection<RowKey> keys, long... times)
            throws WriteFailure {
        if (keys.isEmpty()) {
            return List.of();
        }
        return attempt(() -> database.read(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                Keys.bind(statement, keys);
                for (int i = 0; i < times.length; i++) {
                    statement.setObject(3 + i, time(times[i]));
                }
                return Rows.read(statement, reader);
            }
        }));
    }

    static long position(Connection connection, String journal) throws SQLException {
        var sql = "select max(position) from journal_positions where journal = ?";
        return Rows.read(connection, sql, row -> row.getLong(1), journal).getFirst();
    }

    private static void savePosition(Connection connection, Batch.Reach reach) throws SQLException {
        var sql = reach.after() == 0
                ? "insert into journal_positions (position, journal) values (?, ?)"
                : "update journal_positions set position = ? where journal = ?";
        Rows.run(connection, sql, reach.upTo(), reach.journal());
    }

    /** Does work whose failure is one of the database. */
    static <T> T attempt(Supplier<T> work) throws WriteFailure {
        try {
            return work.get();
        } catch (DuckDbFailure failure) {
            throw new WriteFailure(
                    String.valueOf(failure.getMessage()), failure.kind() == DuckDbFailure.Kind.REFUSED, failure);
        }
    }
}
