package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Counts sessions anew of which a part was removed, by the rules that made them; those of which nothing is left go. Works
 * on the temporary tables {@code touched_sessions} and {@code session_frame} (the starts and ends, as they were), within the
 * connection's transaction.
 */
public final class SessionRecount {
    /** A session never gets longer: what a server sent outside of it counts, and moves neither start nor end. */
    private static final String RECOUNT = """
            create or replace temp table recounted as
            with counted as (
                select e.*, row_number() over visit as place,
                    row_number() over (partition by e.project_id, e.session_id order by e.created_at, e.id) as rank
                from events e
                join touched_sessions t on e.project_id = t.project_id and e.session_id = t.id
                where e.name not in ('session_start', 'session_end')
                window visit as (
                    partition by e.project_id, e.session_id order by e.created_at < t.created_at, e.created_at, e.id)
            ), summed as (
                select project_id, session_id as id,
                    min(created_at) filter (place = 1) as first_at,
                    max(created_at) as last_at,""" + SessionSql.FIGURES + """
                from counted group by project_id, session_id
            ), bounded as (
                select s.*, t.device_id, t.touched_at, t.version, t.sign,
                    least(greatest(t.created_at, s.first_at), t.ended_at) as started_at,
                    greatest(started_at, least(t.ended_at, s.last_at)) as ended_at
                from summed s join touched_sessions t on s.project_id = t.project_id and s.id = t.id
            )
            select b.id, b.project_id, b.profile_id, b.device_id, b.groups, b.started_at as created_at, b.ended_at,
                b.screen_view_count <= 1 as is_bounce, b.entry_origin, b.entry_path, b.exit_origin, b.exit_path,
                b.screen_view_count, b.revenue, b.event_count,
                least(epoch_ms(b.ended_at) - epoch_ms(b.started_at), 4294967295) as duration,
                b.sign, b.version + 1 as version, b.touched_at, '' as marks,""" + SessionSql.OPENING + """
            from bounded b join counted f on f.project_id = b.project_id and f.session_id = b.id and f.place = 1""";

    private static final String REMOVE = """
            delete from sessions as s using touched_sessions t where s.project_id = t.project_id and s.id = t.id""";

    private static final String REMOVE_FRAME = """
            delete from events as e using touched_sessions t
            where e.project_id = t.project_id and e.session_id = t.id and e.name in ('session_start', 'session_end')""";

    private static final String STARTS = """
            insert into events by name
            select o.id, o.name, f.sdk_name, f.sdk_version, r.device_id, f.profile_id, r.project_id, r.id as session_id,
                f.groups, f.path, f.origin, r.referrer, r.referrer_name, r.referrer_type, f.properties,
                r.created_at - interval 100 milliseconds as created_at,
                r.country, r.city, r.region, r.longitude, r.latitude, r.os, r.os_version, r.browser, r.browser_version,
                r.device, r.brand, r.model, o.imported_at
            from session_frame o
            join recounted r on o.project_id = r.project_id and o.session_id = r.id
            join (
                select * from events semi join recounted r on events.project_id = r.project_id and session_id = r.id
                where name not in ('session_start', 'session_end')
                qualify row_number() over (partition by events.project_id, session_id order by events.created_at, events.id) = 1
            ) f on f.project_id = r.project_id and f.session_id = r.id
            where o.name = 'session_start'""";

    private static final String ENDS = """
            insert into events by name
            select o.id, o.name, o.imported_at,""" + SessionSql.END_EVENT + """
            from session_frame o
            join recounted r on o.project_id = r.project_id and o.session_id = r.id
            where o.name = 'session_end'""";

    /** So that the start and the end of a session can be made again under their ids. */
    static final String FRAME = """
            create or replace temp table session_frame as
            select e.* from events e join touched_sessions t on e.project_id = t.project_id and e.session_id = t.id
            where e.name in ('session_start', 'session_end')""";

    private static final String PARTIAL = """
            create or replace temp table touched_sessions as
            select s.* from sessions s semi join partial_sessions p on s.project_id = p.project_id and s.id = p.session_id""";

    private final Connection connection;

    SessionRecount(Connection connection) {
        this.connection = connection;
    }

    /** Counts the sessions anew that the temporary table {@code partial_sessions} names by project and session id. */
    public static void ofPartial(Connection connection) throws SQLException {
        if (Rows.count(connection, "select count(*) from partial_sessions") == 0) {
            return;
        }
        Rows.run(connection, PARTIAL);
        Rows.run(connection, FRAME);
        new SessionRecount(connection).run();
        Rows.run(connection, "drop table touched_sessions");
        Rows.run(connection, "drop table session_frame");
    }

    /** @return how many sessions are left */
    long run() throws SQLException {
        Rows.run(connection, RECOUNT);
        Rows.run(connection, REMOVE_FRAME);
        Rows.run(connection, REMOVE);
        Rows.run(
                connection, "insert into sessions by name select * from recounted order by project_id, created_at, id");
        Rows.run(connection, STARTS);
        Rows.run(connection, ENDS);
        var left = Rows.count(connection, "select count(*) from recounted");
        Rows.run(connection, "drop table recounted");
        return left;
    }
}
