package org.openpanelmcp.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.openpanelmcp.store.RowKey;

/** Keys of rows as a table of a query, bound as two lists: nothing has to be created for it. */
final class Keys {
    /** The columns {@code project_id} and {@code id}; its parameters are the first two of the query. */
    static final String TABLE = "(select unnest(?::varchar[]) as project_id, unnest(?::varchar[]) as id) as wanted";

    private Keys() {}

    static void bind(PreparedStatement statement, Collection<RowKey> keys) throws SQLException {
        bind(statement, 1, "VARCHAR", keys.stream().map(RowKey::projectId).toArray());
        bind(statement, 2, "VARCHAR", keys.stream().map(RowKey::id).toArray());
    }

    /** Binds a list. */
    static void bind(PreparedStatement statement, int parameter, String type, Object[] values) throws SQLException {
        statement.setObject(parameter, statement.getConnection().createArrayOf(type, values));
    }
}
