package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.store.EventStore;
import org.openpanelmcp.store.TestEngine;
import tools.jackson.databind.json.JsonMapper;

/** DuckDB on a file of its own, for the tests that every engine runs. */
final class DuckDbEngine implements TestEngine {
    private static final JsonMapper JSON = new JsonMapper();

    private final DuckDbDatabase database;
    private final DuckDbEventStore store;

    DuckDbEngine(Path folder, int concurrency) {
        database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
        store = new DuckDbEventStore(database, concurrency);
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public void insert(String table, List<Map<String, Object>> rows) {
        database.write(connection -> {
            for (var row : rows) {
                insert(connection, table, List.copyOf(row.entrySet()));
            }
            return rows.size();
        });
    }

    private static void insert(Connection connection, String table, List<Map.Entry<String, Object>> row)
            throws SQLException {
        var columns = row.stream().map(Map.Entry::getKey).toList();
        var places = new ArrayList<String>();
        for (var entry : row) {
            places.add(
                    switch (entry.getValue()) {
                        case Map<?, ?> map -> "cast(cast(? as json) as map(varchar, varchar))";
                        case List<?> list -> "cast(cast(? as json) as varchar[])";
                        default -> "?";
                    });
        }
        var sql = "insert into " + table + " (" + String.join(", ", columns) + ") values (" + String.join(", ", places)
                + ")";
        try (var statement = connection.prepareStatement(sql)) {
            int place = 1;
            for (var entry : row) {
                statement.setObject(place++, bound(entry.getValue()));
            }
            statement.execute();
        }
    }

    private static Object bound(Object value) {
        return switch (value) {
            case Map<?, ?> map -> JSON.writeValueAsString(map);
            case List<?> list -> JSON.writeValueAsString(list);
            case Instant instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            default -> value;
        };
    }

    /** A thread is inside the driver's native code that runs a statement. */
    @Override
    public boolean computing() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(
                        frame -> frame.isNativeMethod() && frame.getMethodName().contains("execute"));
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }
}
