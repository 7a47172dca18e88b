package org.openpanelmcp.analytics;

import org.openpanelmcp.query.Sql;

/** The columns of a raw event, in OpenPanel's order. */
public enum EventColumn implements RawColumn {
    ID(Kind.TEXT),
    NAME(Kind.TEXT),
    SDK_NAME(Kind.TEXT),
    SDK_VERSION(Kind.TEXT),
    DEVICE_ID(Kind.TEXT),
    PROFILE_ID(Kind.TEXT),
    PROJECT_ID(Kind.TEXT),
    SESSION_ID(Kind.TEXT),
    GROUPS(Kind.TEXTS),
    PATH(Kind.TEXT),
    ORIGIN(Kind.TEXT),
    REFERRER(Kind.TEXT),
    REFERRER_NAME(Kind.TEXT),
    REFERRER_TYPE(Kind.TEXT),
    REVENUE(Kind.WHOLE),
    DURATION(Kind.WHOLE),
    PROPERTIES(Kind.MAP),
    CREATED_AT(Kind.TIME),
    COUNTRY(Kind.TEXT),
    CITY(Kind.TEXT),
    REGION(Kind.TEXT),
    LONGITUDE(Kind.COORDINATE),
    LATITUDE(Kind.COORDINATE),
    OS(Kind.TEXT),
    OS_VERSION(Kind.TEXT),
    BROWSER(Kind.TEXT),
    BROWSER_VERSION(Kind.TEXT),
    DEVICE(Kind.TEXT),
    BRAND(Kind.TEXT),
    MODEL(Kind.TEXT),
    IMPORTED_AT(Kind.TIME);

    /** All columns, for a select list. */
    public static final Sql ALL = Sql.of("""
            id, name, sdk_name, sdk_version, device_id, profile_id, project_id, session_id, groups, path, origin,
            referrer, referrer_name, referrer_type, revenue, duration, properties, created_at, country, city, region,
            longitude, latitude, os, os_version, browser, browser_version, device, brand, model, imported_at""");

    private final Kind kind;

    EventColumn(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
