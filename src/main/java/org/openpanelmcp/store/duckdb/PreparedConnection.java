package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection of one engine thread with the statements that it prepared last: preparing costs as much as a small query.
 * Used by one thread at a time.
 */
final class PreparedConnection implements AutoCloseable {
    private static final int MOST_STATEMENTS = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    PreparedConnection(Connection connection) {
        this.connection = connection;
    }

    /** The statement of that text, ready to be bound; belongs to this connection. */
    PreparedStatement statement(String text) throws SQLException {
        var known = statements.get(text);
        if (known != null) {
            return known;
        }
        if (statements.size() == MOST_STATEMENTS) {
            var leastUsed = statements.entrySet().iterator();
            leastUsed.next().getValue().close();
            leastUsed.remove();
        }
        var prepared = connection.prepareStatement(text);
        statements.put(text, prepared);
        return prepared;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
