package org.openpanelmcp.analytics.event;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ColumnSpec;

/** The columns of a raw event, in OpenPanel's order. Empty texts are given as null: not set. */
public enum EventColumn implements ColumnSpec {
    ID(String.class),
    NAME(String.class),
    SDK_NAME(String.class),
    SDK_VERSION(String.class),
    DEVICE_ID(String.class),
    PROFILE_ID(String.class),
    PROJECT_ID(String.class),
    SESSION_ID(String.class),
    GROUPS(List.class),
    PATH(String.class),
    ORIGIN(String.class),
    REFERRER(String.class),
    REFERRER_NAME(String.class),
    REFERRER_TYPE(String.class),
    REVENUE(long.class),
    DURATION(long.class),
    PROPERTIES(Map.class),
    CREATED_AT(OffsetDateTime.class),
    COUNTRY(String.class),
    CITY(String.class),
    REGION(String.class),
    LONGITUDE(double.class),
    LATITUDE(double.class),
    OS(String.class),
    OS_VERSION(String.class),
    BROWSER(String.class),
    BROWSER_VERSION(String.class),
    DEVICE(String.class),
    BRAND(String.class),
    MODEL(String.class),
    IMPORTED_AT(OffsetDateTime.class);

    /** All columns, in this order, for a select list. */
    static final Sql ALL = Sql.of("""
            id, name, sdk_name, sdk_version, device_id, profile_id, project_id, session_id, groups, path, origin,
            referrer, referrer_name, referrer_type, revenue, duration, properties, created_at, country, city, region,
            longitude, latitude, os, os_version, browser, browser_version, device, brand, model, imported_at""");

    private static final int DIGITS_OF_COORDINATES = 4;

    private final Class<?> type;

    EventColumn(Class<?> type) {
        this.type = type;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Nullable
    Object read(Row row, ZoneId zone) {
        return switch (this) {
            case GROUPS -> row.texts(label());
            case PROPERTIES -> row.map(label());
            case REVENUE, DURATION -> row.whole(label());
            case CREATED_AT, IMPORTED_AT ->
                row.instant(label())
                        .map(instant -> instant.atZone(zone).toOffsetDateTime())
                        .orElse(null);
            case LONGITUDE, LATITUDE -> coordinate(row.fraction(label()));
            case ID,
                    NAME,
                    SDK_NAME,
                    SDK_VERSION,
                    DEVICE_ID,
                    PROFILE_ID,
                    PROJECT_ID,
                    SESSION_ID,
                    PATH,
                    ORIGIN,
                    REFERRER,
                    REFERRER_NAME,
                    REFERRER_TYPE,
                    COUNTRY,
                    CITY,
                    REGION,
                    OS,
                    OS_VERSION,
                    BROWSER,
                    BROWSER_VERSION,
                    DEVICE,
                    BRAND,
                    MODEL ->
                row.optionalText(label()).filter(text -> !text.isEmpty()).orElse(null);
        };
    }

    /** Stored as 32-bit floats: more digits than these are noise. */
    private static @Nullable Double coordinate(OptionalDouble degrees) {
        return degrees.isEmpty()
                ? null
                : org.openpanelmcp.analytics.Rounding.round(degrees.getAsDouble(), DIGITS_OF_COORDINATES);
    }
}
