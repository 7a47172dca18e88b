package org.openpanelmcp.analytics;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Sessions that started in a range, by a column of theirs. */
public final class SessionBreakdownQuery {
    private SessionBreakdownQuery() {}

    /**
     * What the sessions are grouped by.
     *
     * @param prefix the column above it, such as the country of a city
     */
    public record By(Field column, Optional<Field> prefix) {}

    /** The value of a group and of its prefix; null is not set. */
    public record Key(@Nullable String prefix, @Nullable String name) {}

    /** A group and what was counted in it; {@code groupsInAll} is the same on each row. */
    public record Counted(Key key, SessionFigures figures, long groupsInAll) {
        static Counted read(Row row) {
            return new Counted(
                    new Key(set(row.text("group_prefix")), set(row.text("group_name"))),
                    SessionFigures.read(row),
                    row.whole("group_total"));
        }

        private static @Nullable String set(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** A stretch of the list of all groups, the greatest by the measure first, equal ones by prefix and name. */
    public static List<Counted> in(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            By by,
            Filters filters,
            TrafficMeasure measure,
            int limit,
            int offset)
            throws QueryFailure {
        return query(call, scope, range, by, filters, Sql.of("true"), measure, limit, offset);
    }

    /** The same figures for these groups only; groups without a session are absent. */
    public static List<Counted> of(
            ToolCall call, ProjectScope scope, TimeRange range, By by, Filters filters, List<Key> keys)
            throws QueryFailure {
        if (keys.isEmpty()) {
            return List.of();
        }
        return query(call, scope, range, by, filters, only(call, by, keys), TrafficMeasure.SESSIONS, keys.size(), 0);
    }

    /** The people of one group, as {@code person_id}. */
    static Sql people(ToolCall call, ProjectScope scope, TimeRange range, By by, Filters filters, Key key) {
        return Sql.template("select profile_id as person_id from {sessions} where {wanted}")
                .put("sessions", call.dialect().sessions(scope))
                .put("wanted", wanted(call, scope, range, filters, only(call, by, List.of(key))))
                .sql();
    }

    private static Sql only(ToolCall call, By by, List<Key> keys) {
        var dialect = call.dialect();
        var wanted = keys.stream()
                .map(key -> dialect.fingerprint(Sql.value(text(key.prefix())), Sql.value(text(key.name()))))
                .toList();
        return Sql.template("{key} in ({wanted})")
                .put("key", dialect.fingerprint(prefix(by), column(by.column())))
                .put("wanted", Sql.join(wanted, ", "))
                .sql();
    }

    private static Sql wanted(ToolCall call, ProjectScope scope, TimeRange range, Filters filters, Sql only) {
        return Sql.template("{range} and {conditions} and {only}")
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onSessions(scope, range, call.dialect()))
                .put("only", only)
                .sql();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Sql column(Field field) {
        return field.onSessions().orElseThrow();
    }

    private static Sql prefix(By by) {
        return by.prefix().map(SessionBreakdownQuery::column).orElse(Sql.of("''"));
    }

    private static List<Counted> query(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            By by,
            Filters filters,
            Sql only,
            TrafficMeasure measure,
            int limit,
            int offset)
            throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                select group_prefix, group_name, count(*) as session_total,
                       count(distinct nullif(profile_id, '')) as visitor_total,
                       {views} as view_total, {revenue} as revenue_total,
                       {bounces} as bounce_total, count(*) over () as group_total
                from (
                  select {prefix} as group_prefix, {name} as group_name, profile_id, screen_view_count, revenue,
                         is_bounce
                  from {sessions}
                  where {wanted}) as sessions_of_range
                group by group_prefix, group_name
                order by {measure} desc, group_prefix, group_name
                limit {limit} offset {offset}""")
                .put("views", dialect.sum(Sql.of("screen_view_count")))
                .put("revenue", dialect.sum(Sql.of("revenue")))
                .put("bounces", dialect.countIf(Sql.of("is_bounce")))
                .put("prefix", prefix(by))
                .put("name", column(by.column()))
                .put("sessions", dialect.sessions(scope))
                .put("wanted", wanted(call, scope, range, filters, only))
                .put("measure", measure.column())
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }
}
