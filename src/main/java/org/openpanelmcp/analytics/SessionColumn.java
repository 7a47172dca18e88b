package org.openpanelmcp.analytics;

import org.openpanelmcp.query.Sql;

/** The columns of a session, in OpenPanel's order, without the two that only its storage needs. */
public enum SessionColumn implements RawColumn {
    ID(Kind.TEXT),
    PROJECT_ID(Kind.TEXT),
    PROFILE_ID(Kind.TEXT),
    DEVICE_ID(Kind.TEXT),
    GROUPS(Kind.TEXTS),
    CREATED_AT(Kind.TIME),
    ENDED_AT(Kind.TIME),
    IS_BOUNCE(Kind.TRUTH),
    ENTRY_ORIGIN(Kind.TEXT),
    ENTRY_PATH(Kind.TEXT),
    EXIT_ORIGIN(Kind.TEXT),
    EXIT_PATH(Kind.TEXT),
    SCREEN_VIEW_COUNT(Kind.WHOLE),
    REVENUE(Kind.WHOLE),
    EVENT_COUNT(Kind.WHOLE),
    DURATION(Kind.WHOLE),
    COUNTRY(Kind.TEXT),
    REGION(Kind.TEXT),
    CITY(Kind.TEXT),
    LONGITUDE(Kind.COORDINATE),
    LATITUDE(Kind.COORDINATE),
    DEVICE(Kind.TEXT),
    BRAND(Kind.TEXT),
    MODEL(Kind.TEXT),
    BROWSER(Kind.TEXT),
    BROWSER_VERSION(Kind.TEXT),
    OS(Kind.TEXT),
    OS_VERSION(Kind.TEXT),
    UTM_MEDIUM(Kind.TEXT),
    UTM_SOURCE(Kind.TEXT),
    UTM_CAMPAIGN(Kind.TEXT),
    UTM_CONTENT(Kind.TEXT),
    UTM_TERM(Kind.TEXT),
    REFERRER(Kind.TEXT),
    REFERRER_NAME(Kind.TEXT),
    REFERRER_TYPE(Kind.TEXT);

    /** All columns, for a select list. */
    public static final Sql ALL = Sql.of("""
            id, project_id, profile_id, device_id, groups, created_at, ended_at, is_bounce, entry_origin, entry_path,
            exit_origin, exit_path, screen_view_count, revenue, event_count, duration, country, region, city, longitude,
            latitude, device, brand, model, browser, browser_version, os, os_version, utm_medium, utm_source,
            utm_campaign, utm_content, utm_term, referrer, referrer_name, referrer_type""");

    private final Kind kind;

    SessionColumn(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
