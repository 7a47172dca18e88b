package org.openpanelmcp.analytics;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ColumnSpec;

/** A column of rows that are given as they are stored. Empty texts become null: not set. */
public interface RawColumn extends ColumnSpec {
    /** What kind of values a column holds. */
    enum Kind {
        TEXT(String.class),
        TEXTS(List.class),
        MAP(Map.class),
        WHOLE(long.class),
        TRUTH(boolean.class),
        TIME(OffsetDateTime.class),
        COORDINATE(double.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }
    }

    /** Stored as 32-bit floats: more digits than these are noise. */
    int DIGITS_OF_COORDINATES = 4;

    Kind kind();

    /** The constant's name. */
    String name();

    @Override
    default String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    default Class<?> type() {
        return kind().type;
    }

    /** The value for an answer; times carry the offset of the zone. */
    default @Nullable Object read(Row row, ZoneId zone) {
        return switch (kind()) {
            case TEXT ->
                row.optionalText(label()).filter(text -> !text.isEmpty()).orElse(null);
            case TEXTS -> row.texts(label());
            case MAP -> row.map(label());
            case WHOLE -> Math.round(row.fraction(label()).orElse(0));
            case TRUTH -> row.truth(label());
            case TIME ->
                row.instant(label())
                        .map(instant -> instant.atZone(zone).toOffsetDateTime())
                        .orElse(null);
            case COORDINATE -> coordinate(row.fraction(label()));
        };
    }

    /** The values of some columns of a row, by label; null is "not set". */
    @SuppressWarnings("NullAway") // JSON null is the answer for "not set".
    static Map<String, Object> values(Row row, ZoneId zone, List<? extends RawColumn> columns) {
        var values = new LinkedHashMap<String, Object>();
        columns.forEach(column -> values.put(column.label(), column.read(row, zone)));
        return values;
    }

    private static @Nullable Double coordinate(OptionalDouble degrees) {
        return degrees.isEmpty() ? null : Rounding.round(degrees.getAsDouble(), DIGITS_OF_COORDINATES);
    }
}
