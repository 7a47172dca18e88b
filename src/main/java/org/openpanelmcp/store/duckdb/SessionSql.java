package org.openpanelmcp.store.duckdb;

/**
 * What a session is in the columns of its events, wherever it is made of them all at once. The intake makes the same of one event
 * after the other.
 */
public final class SessionSql {
    /**
     * Aggregates over the events of a session. Each has its {@code place} in the order in which the session begins, and its
     * {@code rank} in that in which it ends.
     */
    public static final String FIGURES = """
            list_sort(list_distinct(flatten(list(groups)))) as groups,
            coalesce(arg_max(profile_id, rank) filter (profile_id <> device_id and profile_id <> ''),
                min(profile_id) filter (place = 1)) as profile_id,
            coalesce(arg_min(origin, place) filter (origin <> ''), '') as entry_origin,
            coalesce(arg_min(path, place) filter (path <> ''), '') as entry_path,
            coalesce(arg_max(origin, rank) filter (origin <> ''), '') as exit_origin,
            coalesce(arg_max(path, rank) filter (path <> ''), '') as exit_path,
            count(*) filter (name = 'screen_view') as screen_view_count,
            count(*) filter (name <> 'screen_view') as event_count,
            coalesce(sum(revenue) filter (name = 'revenue'), 0) as revenue
            """;

    /** What the first event {@code f} tells. */
    public static final String OPENING = """
            f.country, f.region, f.city, f.longitude, f.latitude, f.device, f.brand, f.model,
            f.browser, f.browser_version, f.os, f.os_version,
            coalesce(f.properties['__query.utm_medium'], '') as utm_medium,
            coalesce(f.properties['__query.utm_source'], '') as utm_source,
            coalesce(f.properties['__query.utm_campaign'], '') as utm_campaign,
            coalesce(f.properties['__query.utm_content'], '') as utm_content,
            coalesce(f.properties['__query.utm_term'], '') as utm_term,
            f.referrer, f.referrer_name, f.referrer_type
            """;

    /** The event {@code session_end} of a session {@code r}, but for its id and name. */
    static final String END_EVENT = """
            r.device_id, r.profile_id, r.project_id, r.id as session_id, r.groups,
            r.exit_path as path, r.exit_origin as origin, r.referrer, r.referrer_name, r.referrer_type,
            r.duration::ubigint as duration, map {'__bounce': r.is_bounce::varchar} as properties,
            r.ended_at + interval 1 second as created_at,
            r.country, r.city, r.region, r.longitude, r.latitude, r.os, r.os_version, r.browser, r.browser_version,
            r.device, r.brand, r.model
            """;

    private SessionSql() {}
}
