package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import org.openpanelmcp.store.EventEraser.Removed;

/** Removes whom the temporary table {@code doomed} names, within the connection's transaction. */
final class PersonRemoval {
    private static final String OWN = """
            create or replace temp table own_events as
            select e.rowid as place, e.project_id, e.session_id, e.name
            from events e join doomed d on e.project_id = d.project_id and e.profile_id = d.id
            where not d.is_device and e.created_at <= d.until""";

    /** Those in which nobody else is known to have been. */
    private static final String OWN_SESSIONS = """
            create or replace temp table own_sessions as
            select distinct project_id, session_id from own_events where session_id <> ''
            except
            select e.project_id, e.session_id
            from events e
            semi join own_events o on e.project_id = o.project_id and e.session_id = o.session_id
            anti join (select * from doomed where not is_device) d
                on e.project_id = d.project_id and e.profile_id = d.id
            where e.session_id <> '' and e.profile_id not in ('', e.device_id)""";

    /** Two statements with one small table each: the engine then skips what lies outside of it. */
    private static final String OF_DEVICES = """
            insert into own_events
            select e.rowid, e.project_id, e.session_id, e.name
            from events e join doomed d on e.project_id = d.project_id and e.device_id = d.id
            where d.is_device and e.profile_id in ('', e.device_id) and e.created_at <= d.until
                and e.rowid not in (select place from own_events)""";

    private static final String UNNAMED = """
            insert into own_events
            select e.rowid, e.project_id, e.session_id, e.name
            from events e join own_sessions s on e.project_id = s.project_id and e.session_id = s.session_id
            where e.profile_id in ('', e.device_id) and e.rowid not in (select place from own_events)""";

    private static final String TOUCHED = """
            create or replace temp table touched_sessions as
            select s.* from sessions s where s.rowid in (
                select s.rowid from sessions s join own_events o on s.project_id = o.project_id and s.id = o.session_id
                union all
                select s.rowid from sessions s join doomed d on s.project_id = d.project_id and s.profile_id = d.id
                where not d.is_device and s.created_at <= d.until
                union all
                select s.rowid from sessions s join doomed d on s.project_id = d.project_id and s.device_id = d.id
                where d.is_device and s.profile_id in ('', s.device_id) and s.created_at <= d.until)""";

    private static final String REMOVE_PROFILES = """
            delete from profiles as p using doomed d
            where p.project_id = d.project_id and p.id = d.id and p.created_at <= d.until""";

    private final Connection connection;

    PersonRemoval(Connection connection) {
        this.connection = connection;
    }

    Removed run() throws SQLException {
        Rows.run(connection, OWN);
        Rows.run(connection, OWN_SESSIONS);
        Rows.run(connection, OF_DEVICES);
        Rows.run(connection, UNNAMED);
        Rows.run(connection, TOUCHED);
        Rows.run(connection, SessionRecount.FRAME);
        var events = Rows.count(
                connection, "select count(*) from own_events where name not in ('session_start', 'session_end')");
        var profiles = Rows.count(
                connection,
                "select count(distinct (p.project_id, p.id)) from profiles p join doomed d on p.project_id = d.project_id"
                        + " and p.id = d.id and p.created_at <= d.until");
        Rows.run(connection, "delete from events where rowid in (select place from own_events)");
        var touched = DuckDbEraser.keys(connection, "select project_id, id from touched_sessions");
        var left = new SessionRecount(connection).run();
        Rows.run(connection, REMOVE_PROFILES);
        for (var table : new String[] {"own_events", "own_sessions", "touched_sessions", "session_frame"}) {
            Rows.run(connection, "drop table " + table);
        }
        return new Removed(events, touched.size() - left, left, profiles, touched);
    }
}
