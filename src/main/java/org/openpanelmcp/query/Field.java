package org.openpanelmcp.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column that questions can be narrowed or broken down by. Its name for callers is the lower-case constant.
 *
 * <p>{@code onEvents} and {@code onSessions} are the expressions on each table; null where a table does not have it.
 */
public enum Field {
    NAME(Sql.of("name"), null),
    PATH(Sql.of("path"), null),
    ORIGIN(Sql.of("origin"), null),
    SDK_NAME(Sql.of("sdk_name"), null),
    SDK_VERSION(Sql.of("sdk_version"), null),
    SESSION_ID(Sql.of("session_id"), Sql.of("id")),
    PROFILE_ID(Sql.of("profile_id"), Sql.of("profile_id")),
    DEVICE_ID(Sql.of("device_id"), Sql.of("device_id")),
    COUNTRY(Sql.of("country"), Sql.of("country")),
    REGION(Sql.of("region"), Sql.of("region")),
    CITY(Sql.of("city"), Sql.of("city")),
    DEVICE(Sql.of("device"), Sql.of("device")),
    BRAND(Sql.of("brand"), Sql.of("brand")),
    MODEL(Sql.of("model"), Sql.of("model")),
    BROWSER(Sql.of("browser"), Sql.of("browser")),
    BROWSER_VERSION(Sql.of("browser_version"), Sql.of("browser_version")),
    OS(Sql.of("os"), Sql.of("os")),
    OS_VERSION(Sql.of("os_version"), Sql.of("os_version")),
    REFERRER(Sql.of("referrer"), Sql.of("referrer")),
    REFERRER_NAME(Sql.of("referrer_name"), Sql.of("referrer_name")),
    REFERRER_TYPE(Sql.of("referrer_type"), Sql.of("referrer_type")),
    UTM_SOURCE(null, Sql.of("utm_source")),
    UTM_MEDIUM(null, Sql.of("utm_medium")),
    UTM_CAMPAIGN(null, Sql.of("utm_campaign")),
    UTM_TERM(null, Sql.of("utm_term")),
    UTM_CONTENT(null, Sql.of("utm_content")),
    ENTRY_PATH(null, Sql.of("entry_path")),
    ENTRY_ORIGIN(null, Sql.of("entry_origin")),
    EXIT_PATH(null, Sql.of("exit_path")),
    EXIT_ORIGIN(null, Sql.of("exit_origin"));

    private final @Nullable Sql onEvents;
    private final @Nullable Sql onSessions;

    Field(@Nullable Sql onEvents, @Nullable Sql onSessions) {
        this.onEvents = onEvents;
        this.onSessions = onSessions;
    }

    /** The name for callers, such as {@code referrer_name}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Optional<Sql> onEvents() {
        return Optional.ofNullable(onEvents);
    }

    public Optional<Sql> onSessions() {
        return Optional.ofNullable(onSessions);
    }

    public static Optional<Field> labelled(String label) {
        return Arrays.stream(values())
                .filter(field -> field.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Field::label).toList();
    }
}
