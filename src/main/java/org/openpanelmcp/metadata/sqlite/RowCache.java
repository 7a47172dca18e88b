package org.openpanelmcp.metadata.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows that were read since anybody last committed anything. SQLite counts commits of other connections, in this process
 * and in others; its counter is asked each time, which costs a tenth of reading a row. Safe for several threads.
 */
final class RowCache implements AutoCloseable {
    private static final int MOST_ROWS = 20_000;

    private final Connection watcher;
    private final PreparedStatement counter;
    private Snapshot snapshot = new Snapshot(-1, new ConcurrentHashMap<>());

    /** What was read while the counter stood at {@code version}. */
    private record Snapshot(long version, Map<Object, Object> rows) {}

    /** @param watcher a connection that never writes; closed with this */
    RowCache(Connection watcher) throws SQLException {
        this.watcher = watcher;
        this.counter = watcher.prepareStatement("pragma data_version");
    }

    /** Reads a row. Runs only when it is not known. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    /**
     * The value of the key.
     *
     * @param key names the value and its type
     */
    @SuppressWarnings("unchecked") // One key always stands for values of one type.
    <T> T get(Object key, Reading<T> reading) throws SQLException {
        var rows = current().rows();
        var known = rows.get(key);
        if (known != null) {
            return (T) known;
        }
        var read = reading.read();
        if (rows.size() < MOST_ROWS) {
            // A commit in between changed the counter, so that nobody will look into this snapshot again.
            rows.put(key, read);
        }
        return read;
    }

    private synchronized Snapshot current() throws SQLException {
        try (var result = counter.executeQuery()) {
            result.next();
            long version = result.getLong(1);
            if (version != snapshot.version()) {
                snapshot = new Snapshot(version, new ConcurrentHashMap<>());
            }
            return snapshot;
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        counter.close();
        watcher.close();
    }
}
