package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs constant statements with bound values, within the connection's transaction. */
final class Rows {
    private Rows() {}

    /** Makes a value of one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @return the number of rows changed */
    static long run(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    static <T> List<T> read(Connection connection, String sql, Reader<T> reader, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return read(statement, reader);
        }
    }

    /** The rows of a statement whose values are bound. */
    static <T> List<T> read(PreparedStatement statement, Reader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        try (var result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        }
        return rows;
    }

    static long count(Connection connection, String sql) throws SQLException {
        return read(connection, sql, row -> row.getLong(1)).getFirst();
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
