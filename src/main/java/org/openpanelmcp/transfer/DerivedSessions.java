package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import org.openpanelmcp.store.SessionIds;
import org.openpanelmcp.store.duckdb.SessionSql;

/**
 * Sessions of a folder that holds events only, by the rules a live session follows: {@code session_start} and
 * {@code session_end} do not count, the opening event gives place, device and campaign, a visit bounces with one page
 * view or none.
 */
final class DerivedSessions {
    /** Gives every event of a device the session that 30 minutes of silence cut out, under the id a live one has. */
    private static final String ASSIGN =
            """
            create or replace temp table assigned as
            with counted as (
                select line_number, project_id, device_id, created_at,
                    {opens} as opens
                from incoming
                where reason is null and state is null and device_id <> '' and name not in ('session_start', 'session_end')
                window device as (partition by project_id, device_id order by created_at, line_number)
            ), numbered as (
                select *, sum(opens::integer) over (
                    partition by project_id, device_id order by created_at, line_number rows unbounded preceding) as visit
                from counted
            ), visits as (
                select project_id, device_id, visit, min(created_at) as opened from numbered group by all
            ), named as (
                select *, {id} as session_id
                from visits
            ), marks as (
                select line_number, name, project_id, device_id, created_at from incoming
                where reason is null and state is null and device_id <> '' and name in ('session_start', 'session_end')
            )
            select line_number, session_id from numbered join named using (project_id, device_id, visit)
            union all
            select m.line_number, n.session_id from marks m asof join named n
                on m.project_id = n.project_id and m.device_id = n.device_id and m.created_at <= n.opened
            where m.name = 'session_start'
            union all
            select m.line_number, n.session_id from marks m asof join named n
                on m.project_id = n.project_id and m.device_id = n.device_id and m.created_at >= n.opened
            where m.name = 'session_end'""".replace("{opens}", SessionIds.opens("device")).replace("{id}", SessionIds.sql("opened"));

    private static final String REMOVE = """
            delete from sessions as s using touched as t where s.project_id = t.project_id and s.id = t.session_id""";

    private static final String TOUCHED = """
            create or replace temp table touched as
            select distinct project_id, session_id from incoming
            where reason is null and state is null and session_id <> ''
                and name not in ('session_start', 'session_end')""";

    private static final String INSERT = """
            insert into sessions by name
            with counted as (
                select e.*, row_number() over visit as place, row_number() over visit as rank
                from events e semi join touched t on e.project_id = t.project_id and e.session_id = t.session_id
                where name not in ('session_start', 'session_end')
                window visit as (partition by e.project_id, e.session_id order by e.created_at, e.id)
            ), summed as (
                select project_id, session_id as id,
                    max(created_at) as ended_at,""" + SessionSql.FIGURES + """
                from counted group by project_id, session_id
            )
            select s.id, s.project_id, s.profile_id, f.device_id, s.groups, f.created_at, s.ended_at,
                s.screen_view_count <= 1 as is_bounce, s.entry_origin, s.entry_path, s.exit_origin, s.exit_path,
                s.screen_view_count, s.revenue, s.event_count,
                least(epoch_ms(s.ended_at) - epoch_ms(f.created_at), 4294967295) as duration,""" + SessionSql.OPENING + """
            from summed s join counted f on f.project_id = s.project_id and f.session_id = s.id and f.place = 1
            order by s.project_id, f.created_at, s.id""";

    private final Connection connection;

    DerivedSessions(Connection connection) {
        this.connection = connection;
    }

    /** Before the events are loaded: session ids, if the file has none at all. @return whether it had none */
    boolean assign() throws SQLException {
        if (!isTrue(
                "select count(*) > 0 and bool_and(session_id = '') from incoming where reason is null and state is null")) {
            return false;
        }
        execute(ASSIGN);
        execute("update incoming set session_id = assigned.session_id from assigned"
                + " where assigned.line_number = incoming.line_number");
        execute("drop table assigned");
        return true;
    }

    /** While the events are still in {@code incoming}: notes which sessions they belong to. */
    void note() throws SQLException {
        execute(TOUCHED);
    }

    /** After the events were loaded. @return the number of sessions that were written, new and changed ones */
    long derive() throws SQLException {
        execute(REMOVE);
        try (var statement = connection.createStatement()) {
            return statement.executeLargeUpdate(INSERT);
        }
    }

    private boolean isTrue(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
