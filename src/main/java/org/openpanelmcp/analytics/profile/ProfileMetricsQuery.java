package org.openpanelmcp.analytics.profile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** What one person did in all: totals of the events, and the time between sessions. */
final class ProfileMetricsQuery {
    private ProfileMetricsQuery() {}

    /** Totals of the events; durations in milliseconds, absent when no session with a duration ended. */
    record Totals(
            long events,
            long sessionStarts,
            long sessionEnds,
            long bounces,
            long views,
            long conversions,
            long days,
            OptionalDouble meanDuration,
            OptionalDouble longDuration,
            long revenue) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), 0);

        static Totals read(Row row) {
            return new Totals(
                    row.whole("event_total"),
                    row.whole("start_total"),
                    row.whole("end_total"),
                    row.whole("bounce_total"),
                    row.whole("view_total"),
                    row.whole("conversion_total"),
                    row.whole("day_total"),
                    row.fraction("mean_duration"),
                    row.fraction("long_duration"),
                    row.whole("revenue_total"));
        }
    }

    /** Milliseconds from the start of one session to the start of the next; absent with fewer than two sessions. */
    record Gaps(OptionalDouble mean, OptionalDouble median, OptionalDouble ninetieth) {}

    /** @param owned the condition on the person's events */
    static Totals totals(ToolCall call, ProjectScope scope, Sql owned) throws QueryFailure {
        var span = span(call, scope, owned);
        return span.isEmpty() ? Totals.NONE : totals(call, scope, owned, span.get());
    }

    private static Totals totals(ToolCall call, ProjectScope scope, Sql owned, TimeRange span) throws QueryFailure {
        var dialect = call.dialect();
        var ended = Sql.of("name = 'session_end'");
        var lasted = Sql.of("name = 'session_end' and duration > 0");
        var bounced = Sql.template("name = 'session_end' and {bounce} = 'true'")
                .put("bounce", dialect.property(Sql.of("properties"), Sql.value("__bounce")))
                .sql();
        var sql = Sql.template("""
                select count(*) as event_total, {starts} as start_total, {ends} as end_total, {bounces} as bounce_total,
                       {views} as view_total, {conversions} as conversion_total, {days} as day_total,
                       {mean} as mean_duration, {long} as long_duration, {revenue} as revenue_total
                from {events}
                where {owned}""")
                .put("starts", dialect.countIf(Sql.of("name = 'session_start'")))
                .put("ends", dialect.countIf(ended))
                .put("bounces", dialect.countIf(bounced))
                .put("views", dialect.countIf(Sql.of("name = 'screen_view'")))
                .put(
                        "conversions",
                        dialect.countIf(Sql.of("name not in ('screen_view', 'session_start', 'session_end')")))
                .put(
                        "days",
                        dialect.countDistinct(Buckets.day(span, dialect.epochMillis(Sql.of("created_at")), dialect)))
                .put("mean", dialect.averageIf(Sql.of("duration"), lasted))
                .put(
                        "long",
                        dialect.percentile90(
                                Sql.of("case when name = 'session_end' and duration > 0 then duration end")))
                .put("revenue", dialect.sumIf(Sql.of("revenue"), Sql.of("name = 'revenue'")))
                .put("events", dialect.events(scope))
                .put("owned", owned)
                .sql();
        return call.one(scope, sql, Totals::read);
    }

    /** From the first event to the last: days are cut by the zone's rules within these. */
    private static Optional<TimeRange> span(ToolCall call, ProjectScope scope, Sql owned) throws QueryFailure {
        var sql = Sql.template(
                        "select min(created_at) as first_at, max(created_at) as last_at from {events} where {owned}")
                .put("events", call.dialect().events(scope))
                .put("owned", owned)
                .sql();
        return call.one(
                scope,
                sql,
                row -> row.instant("first_at")
                        .map(first ->
                                new TimeRange(first, row.instant("last_at").orElse(first), scope.zone())));
    }

    /** @param owned the condition on the person's sessions */
    static Gaps gaps(ToolCall call, ProjectScope scope, Sql owned) throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                select avg(gap) as mean_gap, {median} as median_gap, {ninetieth} as long_gap
                from (
                  select lead({millis}) over (order by created_at, id) - {millis} as gap
                  from {sessions}
                  where id <> '' and {owned}) as gaps""")
                .put("median", dialect.median(Sql.of("gap")))
                .put("ninetieth", dialect.percentile90(Sql.of("gap")))
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("sessions", dialect.sessions(scope))
                .put("owned", owned)
                .sql();
        return call.one(
                scope,
                sql,
                row -> new Gaps(row.fraction("mean_gap"), row.fraction("median_gap"), row.fraction("long_gap")));
    }

    /** When a profile was first and last seen, as stored with it. */
    record Seen(Instant first, Instant last) {}

    static Optional<Seen> seen(ToolCall call, ProjectScope scope, Person person) throws QueryFailure {
        var sql = Sql.template("select created_at, last_seen_at from {profiles}")
                .put("profiles", call.dialect().profiles(scope, Sql.value(person.id())))
                .sql();
        List<Seen> found = call.query(
                scope,
                sql,
                row -> new Seen(
                        row.instant("created_at").orElseThrow(),
                        row.instant("last_seen_at").orElseThrow()));
        return found.stream().findFirst();
    }
}
