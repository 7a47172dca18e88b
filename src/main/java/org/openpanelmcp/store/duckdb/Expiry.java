package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import org.openpanelmcp.store.EventEraser.Removed;

/** Removes what is older than a project keeps, within the connection's transaction. */
final class Expiry {
    private static final String OLD_SESSIONS = """
            create or replace temp table old_sessions as
            select project_id, id from sessions where project_id = ? and ended_at < ?""";

    /** Sessions that go on after the moment keep their events, their start included, which lies a little before. */
    private static final String EVENTS = """
            delete from events where project_id = ? and (
                created_at < ? and (session_id = '' or session_id not in (
                    select id from sessions where project_id = ? and created_at < ? + interval 1 minute and ended_at >= ?))
                or name in ('session_start', 'session_end') and session_id in (select id from old_sessions))""";

    private static final String SESSIONS = "delete from sessions where project_id = ? and ended_at < ?";

    private static final String GONE_PROFILES = """
            create or replace temp table gone_profiles as
            select id from profiles where project_id = ? group by id having max(last_seen_at) < ?
            except select profile_id from events where project_id = ?
            except select profile_id from sessions where project_id = ?""";

    private static final String PROFILES =
            "delete from profiles where project_id = ? and id in (select id from gone_profiles)";

    private Expiry() {}

    static Removed run(Connection connection, String projectId, long before) throws SQLException {
        var time = DuckDbEventWriter.time(before);
        Rows.run(connection, OLD_SESSIONS, projectId, time);
        var touched = DuckDbEraser.keys(connection, "select project_id, id from old_sessions");
        var events = Rows.run(connection, EVENTS, projectId, time, projectId, time, time);
        var sessions = Rows.run(connection, SESSIONS, projectId, time);
        Rows.run(connection, GONE_PROFILES, projectId, time, projectId, projectId);
        var profiles = Rows.count(connection, "select count(*) from gone_profiles");
        Rows.run(connection, PROFILES, projectId);
        Rows.run(connection, "drop table old_sessions");
        Rows.run(connection, "drop table gone_profiles");
        return new Removed(events, sessions, 0, profiles, touched);
    }
}
