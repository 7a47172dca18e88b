package org.openpanelmcp.analytics.group;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.ToolCall;

/** What happened in one group within a range. */
public record GroupActivity(
        @Doc("Events in the range that carry the group") long events,

        @Doc("Sessions that started in the range and carry the group")
        long sessions,

        @Doc("Of these events, in the smallest currency unit")
        long revenue,

        @Doc("Members with an event in the range, whether or not it carries the group")
        long active_members,

        @Doc("Latest of these events; null: none") @Nullable OffsetDateTime last_seen) {
    static GroupActivity of(ToolCall call, ProjectScope scope, TimeRange range, String groupId) throws QueryFailure {
        var dialect = call.dialect();
        var carries = dialect.contains(Sql.of("groups"), Sql.value(groupId));
        var inRange = range.holds(Sql.of("created_at"));
        var sql = Sql.template("""
                select count(*) as event_total, {revenue} as revenue_total, max(created_at) as last_at,
                       (select count(*) from {sessions} where id <> '' and {range} and {carries}) as session_total,
                       (select {people} from {events}
                        where {range} and profile_id in (
                          select id from {profiles} where id <> '' and {carries})) as active_total
                from {events}
                where {range} and {carries}""")
                .put("revenue", dialect.sumIf(Sql.of("revenue"), Sql.of("name = 'revenue'")))
                .put("sessions", dialect.sessions(scope))
                .put("people", dialect.countDistinct(Sql.of("profile_id")))
                .put("profiles", dialect.profiles(scope))
                .put("events", dialect.events(scope))
                .put("range", inRange)
                .put("carries", carries)
                .sql();
        return call.one(
                scope,
                sql,
                row -> new GroupActivity(
                        row.whole("event_total"),
                        row.whole("session_total"),
                        row.whole("revenue_total"),
                        row.whole("active_total"),
                        row.instant("last_at")
                                .map(last -> last.atZone(scope.zone()).toOffsetDateTime())
                                .orElse(null)));
    }
}
