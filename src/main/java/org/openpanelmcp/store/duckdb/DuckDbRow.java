package org.openpanelmcp.store.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;

/** The current row of a result set, counting the characters that it hands out. */
final class DuckDbRow implements Row {
    private final ResultSet results;
    private long charactersLeft;

    DuckDbRow(ResultSet results, long characters) {
        this.results = results;
        this.charactersLeft = characters;
    }

    @Override
    public String text(String column) {
        return optionalText(column).orElse("");
    }

    @Override
    public Optional<String> optionalText(String column) {
        return get(() -> Optional.ofNullable(results.getString(column)).map(this::counted));
    }

    @Override
    public long whole(String column) {
        return get(() -> results.getLong(column));
    }

    @Override
    public OptionalDouble fraction(String column) {
        return get(() -> {
            double value = results.getDouble(column);
            return results.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
        });
    }

    @Override
    public boolean truth(String column) {
        return get(() -> results.getBoolean(column));
    }

    @Override
    public Optional<Instant> instant(String column) {
        return get(() -> Optional.ofNullable(results.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC)));
    }

    @Override
    public List<String> texts(String column) {
        return get(() -> {
            var array = results.getArray(column);
            var texts = new ArrayList<String>();
            if (array != null) {
                for (var element : (Object[]) array.getArray()) {
                    texts.add(counted(String.valueOf(element)));
                }
            }
            return texts;
        });
    }

    @Override
    public Map<String, String> map(String column) {
        return get(() -> {
            var entries = new LinkedHashMap<String, String>();
            if (results.getObject(column) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> entries.put(counted(String.valueOf(key)), counted(String.valueOf(value))));
            }
            return entries;
        });
    }

    private String counted(String text) {
        charactersLeft -= text.length();
        if (charactersLeft < 0) {
            throw new TooLong();
        }
        return text;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws SQLException;
    }

    private static <T> T get(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    /** The rows hold more text than the budget allows. */
    static final class TooLong extends RuntimeException {
        TooLong() {
            super("more text than the budget allows", null, false, false);
        }

        QueryFailure failure() {
            return new QueryFailure(QueryFailure.Reason.TOO_LARGE, String.valueOf(getMessage()));
        }
    }
}
