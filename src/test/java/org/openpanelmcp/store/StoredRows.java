package org.openpanelmcp.store;

import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;

/** What is stored, in SQL. */
public final class StoredRows {
    private StoredRows() {}

    /** All rows, their values as text joined by {@code |}. */
    public static List<String> of(DuckDbDatabase database, String sql) {
        return database.read(connection -> {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery(sql)) {
                var rows = new ArrayList<String>();
                var columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    var values = new ArrayList<String>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(String.join("|", values));
                }
                return rows;
            }
        });
    }

    /** Changes what is stored. */
    public static void change(DuckDbDatabase database, String sql) {
        database.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
