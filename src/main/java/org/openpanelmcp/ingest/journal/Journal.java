package org.openpanelmcp.ingest.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * What was accepted, in the order of acceptance, in a SQLite file. One thread appends; another reads and prunes.
 *
 * <p>A group of entries is one transaction, synced when {@link #append} returns: a torn tail is a transaction that never
 * was.
 */
public final class Journal implements AutoCloseable {
    private static final String FILE_NAME = "journal.sqlite";
    private static final int FORMAT = 1;
    private static final int PAGE = 4096;
    /** So many at once do not keep an append waiting for long. */
    private static final int PRUNED = 5_000;

    /** As many bytes, written twice as long, have to find room before entries are taken again. */
    private static final int PROBED = 32_768;

    private static final List<String> TABLES = List.of(
            "create table if not exists facts (name text primary key, value text not null) strict",
            """
            create table if not exists entries (seq integer primary key, taken_at integer not null, kind text not null, device text not null,
                session text not null, session_start integer not null, opens integer not null, body blob not null) strict""",
            """
            create table if not exists retries (key text primary key, until integer not null, device text not null,
                session text not null) strict, without rowid""",
            "create index if not exists retries_by_time on retries (until)",
            """
            create table if not exists dead_letters (seq integer primary key, died_at integer not null,
                reason text not null, kind text not null, device text not null, session text not null,
                session_start integer not null, body blob not null) strict""");

    private final String address;
    private final Connection writer;
    private final Connection reader;
    /** Null after a failure, with which the driver ends a statement for good. */
    private @Nullable Insertion insertion;

    private final String id;
    private final Fresh fresh = new Fresh();
    private volatile long lastSeq;

    private Journal(String address, Connection writer, Connection reader, String id, long lastSeq) {
        this.address = address;
        this.writer = writer;
        this.reader = reader;
        this.id = id;
        this.lastSeq = lastSeq;
    }

    private record Insertion(PreparedStatement entry, PreparedStatement key) {}

    /**
     * What one offer adds.
     *
     * @param entry numbered on from the last one
     * @param retry null: it cannot be known again
     * @param revives the number of the dead letter that it was before; null: it is new
     */
    public record Addition(
            JournalEntry entry,
            @Nullable Remembered retry,
            @Nullable Long revives) {}

    /** A request that is answered as before when it comes again until then. */
    public record Remembered(String key, long until, String deviceId, String sessionId) {}

    /**
     * Opens the journal of a data directory, or begins one.
     *
     * @param mostBytes its file grows no larger; it is full then, like a disk
     */
    public static Journal open(Path dataDirectory, long mostBytes) throws JournalFailure {
        var address = "jdbc:sqlite:"
                + dataDirectory.resolve(FILE_NAME).toAbsolutePath().toUri();
        try {
            var writer = connect(address);
            try {
                var reader = connect(address);
                execute(writer, "pragma max_page_count = " + mostBytes / PAGE);
                var id = prepare(writer);
                return new Journal(address, writer, reader, id, lastSeq(writer));
            } catch (SQLException | RuntimeException exception) {
                writer.close();
                throw exception;
            }
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    static Connection connect(String address) throws SQLException {
        var configuration = new SQLiteConfig();
        // Else the driver asks for the number of every row that it inserts.
        configuration.setGetGeneratedKeys(false);
        var connection = configuration.createConnection(address);
        for (var pragma : List.of(
                "page_size = " + PAGE,
                "busy_timeout = 10000",
                "journal_mode = wal",
                "synchronous = full",
                "wal_autocheckpoint = 4000",
                // What is deleted is overwritten.
                "secure_delete = on")) {
            execute(connection, "pragma " + pragma);
        }
        return connection;
    }

    private static String prepare(Connection connection) throws SQLException {
        execute(connection, "begin immediate");
        for (var table : TABLES) {
            execute(connection, table);
        }
        try (var statement = connection.prepareStatement("insert or ignore into facts (name, value) values (?, ?)")) {
            statement.setString(1, "id");
            statement.setString(2, UUID.randomUUID().toString());
            statement.execute();
            statement.setString(1, "format");
            statement.setString(2, Integer.toString(FORMAT));
            statement.execute();
        }
        execute(connection, "commit");
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select value from facts where name = 'id'")) {
            row.next();
            return row.getString(1);
        }
    }

    /** So that no number is given twice the last entry is never pruned, and its number is noted where it is removed. */
    private static long lastSeq(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select max(seq) from (select max(seq) as seq from entries"
                        + " union all select cast(value as integer) from facts where name = 'last_seq')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What the event store knows it by; another file has another. */
    public String id() {
        return id;
    }

    /** The number of the last entry; 0 when there never was one. */
    public long lastSeq() {
        return lastSeq;
    }

    /** Appends entries, numbered on from {@link #lastSeq}, and syncs; all of them are kept or, when it throws, none. */
    public void append(List<Addition> additions) throws JournalFailure {
        try {
            var statements = insertion();
            execute(writer, "begin immediate");
            try {
                for (var addition : additions) {
                    add(statements, addition);
                }
                statements.entry().executeBatch();
                statements.key().executeBatch();
                execute(writer, "commit");
            } catch (SQLException | RuntimeException exception) {
                insertion = null;
                rollBack(exception);
                throw exception;
            }
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
        if (!additions.isEmpty()) {
            fresh.add(additions);
            lastSeq = additions.getLast().entry().seq();
        }
    }

    /** Writes something of some size and takes it away again. For the thread that appends; throws when it cannot. */
    public void probe() throws JournalFailure {
        try {
            execute(
                    writer,
                    "insert or replace into facts (name, value) values ('probe', hex(zeroblob(" + PROBED + ")))");
            execute(writer, "delete from facts where name = 'probe'");
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    private Insertion insertion() throws SQLException {
        var prepared = insertion;
        if (prepared == null) {
            prepared = new Insertion(
                    writer.prepareStatement(
                            "insert into entries (seq, taken_at, kind, device, session, session_start, opens, body)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?)"),
                    writer.prepareStatement(
                            "insert or replace into retries (key, until, device, session) values (?, ?, ?, ?)"));
            insertion = prepared;
        }
        return prepared;
    }

    private void add(Insertion statements, Addition addition) throws SQLException {
        var insert = statements.entry();
        var entry = addition.entry();
        insert.setLong(1, entry.seq());
        insert.setLong(2, entry.entry().receivedAt());
        insert.setString(3, EntryText.kind(entry.entry()));
        insert.setString(4, entry.deviceId());
        insert.setString(5, entry.sessionId());
        insert.setLong(6, entry.sessionStart());
        insert.setBoolean(7, entry.opens());
        insert.setBytes(8, EntryText.write(entry.entry()));
        insert.addBatch();
        var retry = addition.retry();
        if (retry != null) {
            var remember = statements.key();
            remember.setString(1, retry.key());
            remember.setLong(2, retry.until());
            remember.setString(3, retry.deviceId());
            remember.setString(4, retry.sessionId());
            remember.addBatch();
        }
        var revives = addition.revives();
        if (revives != null) {
            try (var delete = writer.prepareStatement("delete from dead_letters where seq = ?")) {
                delete.setLong(1, revives);
                delete.executeUpdate();
            }
        }
    }

    private void rollBack(Exception reason) {
        try {
            execute(writer, "rollback");
        } catch (SQLException exception) {
            // After a full disk SQLite has taken it back already; the first trouble is the one to tell.
            reason.addSuppressed(exception);
        }
    }

    /** The request that is known by this key, unless its time is over. For the thread that appends. */
    public Optional<Remembered> remembered(String key, long now) throws JournalFailure {
        try (var statement = writer.prepareStatement(
                "select key, until, device, session from retries where key = ? and until > ?")) {
            statement.setString(1, key);
            statement.setLong(2, now);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Remembered(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /** Entries after a position, in their order. For the thread that reads. */
    public List<JournalEntry> after(long position, int most) throws JournalFailure {
        if (position == lastSeq) {
            return List.of();
        }
        var known = fresh.after(position, most);
        return known.isPresent() ? known.get() : read(position, most);
    }

    private List<JournalEntry> read(long position, int most) throws JournalFailure {
        try (var statement = reader.prepareStatement("select * from entries where seq > ? order by seq limit ?")) {
            statement.setLong(1, position);
            statement.setInt(2, most);
            var entries = new ArrayList<JournalEntry>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row, row.getBoolean("opens")));
                }
            }
            return entries;
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    static JournalEntry entry(ResultSet row, boolean opens) throws SQLException {
        return new JournalEntry(
                row.getLong("seq"),
                EntryText.read(row.getString("kind"), row.getBytes("body")),
                row.getString("device"),
                row.getString("session"),
                row.getLong("session_start"),
                opens);
    }

    /** Puts an entry aside that the event store does not take. For the thread that reads. */
    public void bury(JournalEntry entry, String reason, long now) throws JournalFailure {
        try (var statement = reader.prepareStatement("insert or ignore into dead_letters"
                + " (seq, died_at, reason, kind, device, session, session_start, body)"
                + " select seq, ?, ?, kind, device, session, session_start, body from entries where seq = ?")) {
            statement.setLong(1, now);
            statement.setString(2, reason);
            statement.setLong(3, entry.seq());
            statement.executeUpdate();
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /** What was put aside, the oldest first. */
    public List<DeadLetter> deadLetters(int most) throws JournalFailure {
        try (var connection = connect(address);
                var statement = connection.prepareStatement("select * from dead_letters order by seq limit ?")) {
            statement.setInt(1, most);
            var letters = new ArrayList<DeadLetter>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    letters.add(new DeadLetter(entry(row, false), row.getLong("died_at"), row.getString("reason")));
                }
            }
            return letters;
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /**
     * Deletes some of the oldest entries that are stored, and keys whose time is over. For the thread that reads.
     *
     * @param stored up to where the journal is stored
     * @param before those that were taken before, epoch milliseconds
     * @param most of those taken later, the latest that stay
     * @return whether there may be more
     */
    public boolean prune(long stored, long before, long most, long now) throws JournalFailure {
        var end = Math.min(stored + 1, lastSeq);
        var over = "taken_at < ? or seq <= ?";
        try (var any = reader.prepareStatement(
                        "select 1 from (select seq, taken_at from entries order by seq limit 1)" + " where " + over);
                var entries =
                        reader.prepareStatement("delete from entries where seq < ? and seq <= (select max(seq) from"
                                + " (select seq, taken_at from entries order by seq limit " + PRUNED + ") where " + over
                                + ")");
                var keys = reader.prepareStatement("delete from retries where key in"
                        + " (select key from retries where until <= ? order by until limit " + PRUNED + ")")) {
            keys.setLong(1, now);
            int pruned = keys.executeUpdate();
            any.setLong(1, before);
            any.setLong(2, lastSeq - most);
            boolean due;
            try (var row = any.executeQuery()) {
                due = row.next();
            }
            if (due) {
                entries.setLong(1, end);
                entries.setLong(2, before);
                entries.setLong(3, lastSeq - most);
                pruned = Math.max(pruned, entries.executeUpdate());
            }
            return pruned == PRUNED;
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    /** Begins to take entries out of its middle, on a connection of its own. */
    public Removal removal() throws JournalFailure {
        return Removal.of(address);
    }

    @Override
    public void close() {
        try {
            reader.close();
            writer.close();
        } catch (SQLException exception) {
            throw new IllegalStateException("the journal does not close", exception);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
