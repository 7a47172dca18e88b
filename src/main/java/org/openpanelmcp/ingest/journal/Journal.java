package org.openpanelmcp.ingest.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted, in the order of acceptance, in a SQLite file. One thread appends; another reads and prunes.
 *
 * <p>A group of entries is one transaction, synced when {@link #append} returns: a torn tail is a transaction that never
 * was.
 */
public final class Journal implements AutoCloseable {
    private static final String FILE_NAME = "journal.sqlite";
    private static final int FORMAT = 1;

    private static final List<String> TABLES = List.of(
            "create table if not exists facts (name text primary key, value text not null) strict",
            """
            create table if not exists entries (seq integer primary key, kind text not null, device text not null,
                session text not null, session_start integer not null, opens integer not null, body blob not null) strict""",
            """
            create table if not exists retries (key text primary key, until integer not null, device text not null,
                session text not null) strict, without rowid""",
            "create index if not exists retries_by_time on retries (until)",
            """
            create table if not exists dead_letters (seq integer primary key, died_at integer not null,
                reason text not null, kind text not null, device text not null, session text not null,
                session_start integer not null, body blob not null) strict""");

    private final Connection writer;
    private final Connection reader;
    private final PreparedStatement insert;
    private final PreparedStatement remember;
    private final String id;
    private volatile long lastSeq;

    private Journal(Connection writer, Connection reader, String id, long lastSeq) throws SQLException {
        this.writer = writer;
        this.reader = reader;
        this.id = id;
        this.lastSeq = lastSeq;
        this.insert = writer.prepareStatement(
                "insert into entries (seq, kind, device, session, session_start, opens, body) values (?, ?, ?, ?, ?, ?, ?)");
        this.remember = writer.prepareStatement(
                "insert or replace into retries (key, until, device, session) values (?, ?, ?, ?)");
    }

    /**
     * What one offer adds.
     *
     * @param retry null: it cannot be known again
     */
    public record Addition(JournalEntry entry, @Nullable Remembered retry) {}

    /** A request that is answered as before when it comes again until then. */
    public record Remembered(String key, long until, String deviceId, String sessionId) {}

    /** Opens the journal of a data directory, or begins one. */
    public static Journal open(Path dataDirectory) throws JournalFailure {
        var address = "jdbc:sqlite:"
                + dataDirectory.resolve(FILE_NAME).toAbsolutePath().toUri();
        try {
            var writer = connect(address);
            try {
                var reader = connect(address);
                var id = prepare(writer);
                return new Journal(writer, reader, id, lastSeq(writer));
            } catch (SQLException | RuntimeException exception) {
                writer.close();
                throw exception;
            }
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    private static Connection connect(String address) throws SQLException {
        var connection = DriverManager.getConnection(address);
        for (var pragma : List.of(
                "busy_timeout = 10000", "journal_mode = wal", "synchronous = full", "wal_autocheckpoint = 4000")) {
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

    /** The last entry is never pruned, so that no number is given twice. */
    private static long lastSeq(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select max(seq) from entries")) {
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
            execute(writer, "begin immediate");
            try {
                for (var addition : additions) {
                    insert(addition);
                }
                execute(writer, "commit");
            } catch (SQLException | RuntimeException exception) {
                rollBack(exception);
                throw exception;
            }
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
        if (!additions.isEmpty()) {
            lastSeq = additions.getLast().entry().seq();
        }
    }

    private void insert(Addition addition) throws SQLException {
        var entry = addition.entry();
        insert.setLong(1, entry.seq());
        insert.setString(2, EntryText.kind(entry.entry()));
        insert.setString(3, entry.deviceId());
        insert.setString(4, entry.sessionId());
        insert.setLong(5, entry.sessionStart());
        insert.setBoolean(6, entry.opens());
        insert.setBytes(7, EntryText.write(entry.entry()));
        insert.executeUpdate();
        var retry = addition.retry();
        if (retry != null) {
            remember.setString(1, retry.key());
            remember.setLong(2, retry.until());
            remember.setString(3, retry.deviceId());
            remember.setString(4, retry.sessionId());
            remember.executeUpdate();
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
        try (var statement = reader.prepareStatement("select * from entries where seq > ? order by seq limit ?")) {
            statement.setLong(1, position);
            statement.setInt(2, most);
            var entries = new ArrayList<JournalEntry>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            return entries;
        } catch (SQLException exception) {
            throw JournalFailure.of(exception);
        }
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("seq"),
                EntryText.read(row.getString("kind"), row.getBytes("body")),
                row.getString("device"),
                row.getString("session"),
                row.getLong("session_start"),
                row.getBoolean("opens"));
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

    @Override
    public void close() {
        try {
            insert.close();
            remember.close();
            reader.close();
            writer.close();
        } catch (SQLException exception) {
            throw new IllegalStateException("the journal does not close", exception);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
