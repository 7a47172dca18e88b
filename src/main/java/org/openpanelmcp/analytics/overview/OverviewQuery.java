package org.openpanelmcp.analytics.overview;

import java.util.HashMap;
import java.util.Map;
import org.openpanelmcp.analytics.overview.OverviewFigures.SessionSums;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.store.RowMapper;
import org.openpanelmcp.tool.ToolCall;

/** The headline figures of a range as a whole and by bucket. Sessions belong wholly to the bucket in which they start. */
public final class OverviewQuery {
    private OverviewQuery() {}

    /**
     * The answer.
     *
     * @param whole of the range
     * @param buckets by bucket key; those without sessions and revenue are absent
     */
    public record Course(OverviewFigures whole, Map<Long, OverviewFigures> buckets) {
        public OverviewFigures bucket(long key) {
            return buckets.getOrDefault(key, OverviewFigures.NONE);
        }
    }

    /**
     * @param bucketKey the key of the bucket that {@code created_at} lies in
     */
    public static Course of(ToolCall call, ProjectScope scope, TimeRange range, Sql bucketKey, Filters filters)
            throws QueryFailure {
        var sessions = sessions(call, scope, range, bucketKey, filters);
        var revenue = revenue(call, scope, range, bucketKey, filters);
        var buckets = new HashMap<Long, OverviewFigures>();
        for (var key : sessions.byKey().keySet()) {
            buckets.put(key, OverviewFigures.of(sessions.at(key), revenue.at(key)));
        }
        for (var key : revenue.byKey().keySet()) {
            buckets.computeIfAbsent(key, missing -> OverviewFigures.of(SessionSums.NONE, revenue.at(missing)));
        }
        return new Course(OverviewFigures.of(sessions.whole(), revenue.whole()), buckets);
    }

    /** Sums by bucket and of everything. */
    private record Sums<T>(Map<Long, T> byKey, T whole, T none) {
        T at(long key) {
            return byKey.getOrDefault(key, none);
        }
    }

    private static Sums<SessionSums> sessions(
            ToolCall call, ProjectScope scope, TimeRange range, Sql bucketKey, Filters filters) throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                select bucket_key, grouping(bucket_key) as is_whole, count(*) as session_total,
                       {bounces} as bounce_total, count(distinct nullif(profile_id, '')) as visitor_total,
                       {duration} as mean_duration, {views} as view_total
                from (
                  select {key} as bucket_key, is_bounce, profile_id, duration, screen_view_count
                  from {sessions}
                  where {range} and {conditions}) as sessions_of_range
                group by grouping sets ((bucket_key), ())""")
                .put("key", bucketKey)
                .put("bounces", dialect.countIf(Sql.of("is_bounce")))
                .put("duration", dialect.averageIf(Sql.of("duration"), Sql.of("duration > 0")))
                .put("views", dialect.sum(Sql.of("screen_view_count")))
                .put("sessions", dialect.sessions(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onSessions(scope, range, dialect))
                .sql();
        return sums(call, scope, sql, SessionSums.NONE, OverviewQuery::sums);
    }

    private static SessionSums sums(Row row) {
        return new SessionSums(
                row.whole("session_total"),
                row.whole("bounce_total"),
                row.whole("visitor_total"),
                row.fraction("mean_duration"),
                row.whole("view_total"));
    }

    private static Sums<Long> revenue(
            ToolCall call, ProjectScope scope, TimeRange range, Sql bucketKey, Filters filters) throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                select bucket_key, grouping(bucket_key) as is_whole, {sum} as revenue_total
                from (
                  select {key} as bucket_key, revenue
                  from {events}
                  where name = 'revenue' and revenue > 0 and {range} and {conditions}) as revenue_of_range
                group by grouping sets ((bucket_key), ())""")
                .put("key", bucketKey)
                .put("sum", dialect.sum(Sql.of("revenue")))
                .put("events", dialect.events(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", ofMatchingSessions(call, scope, range, filters))
                .sql();
        return sums(call, scope, sql, 0L, row -> row.whole("revenue_total"));
    }

    /** Revenue without a session (sent by a server) counts only while nothing is filtered. */
    private static Sql ofMatchingSessions(ToolCall call, ProjectScope scope, TimeRange range, Filters filters) {
        if (filters.isEmpty()) {
            return Sql.of("true");
        }
        return Sql.template("session_id in (select id from {sessions} where {conditions})")
                .put("sessions", call.dialect().sessions(scope))
                .put("conditions", filters.onSessions(scope, range, call.dialect()))
                .sql();
    }

    private record Keyed<T>(boolean whole, long key, T value) {}

    private static <T> Sums<T> sums(ToolCall call, ProjectScope scope, Sql sql, T none, RowMapper<T> mapper)
            throws QueryFailure {
        var rows = call.query(
                scope, sql, row -> new Keyed<>(row.whole("is_whole") == 1, row.whole("bucket_key"), mapper.map(row)));
        var byKey = new HashMap<Long, T>();
        var whole = none;
        for (var row : rows) {
            if (row.whole()) {
                whole = row.value();
            } else {
                byKey.put(row.key(), row.value());
            }
        }
        return new Sums<>(byKey, whole, none);
    }
}
