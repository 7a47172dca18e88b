package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows made in the program, value by value in the order of the table's columns: the fastest way in. The rows
 * belong to the connection's transaction. Used by one thread.
 */
public final class RowAppender implements AutoCloseable {
    /** Rows kept in memory before they are handed to the engine. */
    private static final int BATCH = 50_000;

    private final DuckDBAppender appender;
    private long rows;
    private boolean closed;

    private RowAppender(DuckDBAppender appender) {
        this.appender = appender;
    }

    /** Appends to a table of {@link DuckDbDatabase}, on a connection that it gave out. */
    public static RowAppender to(Connection connection, String table) throws SQLException {
        return new RowAppender(connection.unwrap(DuckDBConnection.class).createAppender(table));
    }

    public RowAppender beginRow() throws SQLException {
        appender.beginRow();
        return this;
    }

    public RowAppender id(UUID value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender text(String value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender texts(List<String> value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender texts(Map<String, String> value) throws SQLException {
        appender.append(value);
        return this;
    }

    /** @param epochMilliseconds UTC */
    public RowAppender time(long epochMilliseconds) throws SQLException {
        appender.appendEpochMicros(epochMilliseconds * 1000);
        return this;
    }

    public RowAppender big(long value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender integer(int value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender tiny(int value) throws SQLException {
        appender.append((byte) value);
        return this;
    }

    public RowAppender real(double value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender coordinate(float value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender flag(boolean value) throws SQLException {
        appender.append(value);
        return this;
    }

    public RowAppender nothing() throws SQLException {
        appender.appendNull();
        return this;
    }

    public void endRow() throws SQLException {
        appender.endRow();
        rows++;
        if (rows % BATCH == 0) {
            appender.flush();
        }
    }

    /** Hands over the rows ended so far, so that a query on the same connection sees them. */
    public void flush() throws SQLException {
        appender.flush();
    }

    /** Rows ended so far. */
    public long rows() {
        return rows;
    }

    /** Hands over what is left. TRICKY: the driver's own close does that too, but tells nobody when rows are refused. */
    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            appender.flush();
        } finally {
            appender.close();
        }
    }
}
