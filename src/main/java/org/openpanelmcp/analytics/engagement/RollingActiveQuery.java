package org.openpanelmcp.analytics.engagement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** How many people were active within a window of days that ends on each day of a stretch. */
public final class RollingActiveQuery {
    private RollingActiveQuery() {}

    /** People whose activity on one day keeps them within the window until before another one. */
    private record Stay(int from, int until, long people) {
        static Stay read(Row row) {
            return new Stay((int) row.whole("from_day"), (int) row.whole("until_day"), row.whole("people_total"));
        }
    }

    /**
     * The number of people for each day from the first to the last.
     *
     * <p>A person's active day counts for itself and the days after it, until the window is over or the next active day
     * takes over; so nobody counts twice on a day.
     */
    public static long[] perDay(
            ToolCall call,
            ProjectScope scope,
            LocalDate first,
            LocalDate last,
            int windowDays,
            People people,
            Filters filters)
            throws BadValue, QueryFailure {
        var dialect = call.dialect();
        var read = TimeRange.ofDays(first.minusDays(windowDays - 1L), last, scope.zone());
        var day = Buckets.of(read, Interval.DAY).key(dialect.epochMillis(Sql.of("created_at")), dialect);
        var sql = Sql.template("""
                with active as (
                  select person, active_day
                  from (
                    select profile_id as person, {day} as active_day
                    from {events}
                    where {range} and {people} and {conditions}) as activity
                  group by person, active_day
                ),
                stays as (
                  select active_day as from_day, active_day + {window} as window_end,
                         lead(active_day) over (partition by person order by active_day) as next_day
                  from active
                )
                select from_day, least(window_end, coalesce(next_day, window_end)) as until_day,
                       count(*) as people_total
                from stays
                group by from_day, until_day""")
                .put("day", day)
                .put("events", dialect.events(scope))
                .put("range", read.holds(Sql.of("created_at")))
                .put("people", people.condition())
                .put("conditions", filters.onEvents(scope, dialect))
                .bind("window", windowDays)
                .sql();
        var stays = call.query(scope, sql, Stay::read);
        int days = (int) (last.toEpochDay() - first.toEpochDay()) + 1;
        var changes = new long[days + 1];
        for (var stay : stays) {
            long from = Math.max(stay.from(), first.toEpochDay()) - first.toEpochDay();
            long until = Math.min(stay.until() - first.toEpochDay(), days);
            if (until > from) {
                changes[(int) from] += stay.people();
                changes[(int) until] -= stay.people();
            }
        }
        var totals = new long[days];
        long total = 0;
        for (int i = 0; i < days; i++) {
            total += changes[i];
            totals[i] = total;
        }
        return totals;
    }

    /** The time of the project's first event. */
    static Optional<Instant> firstEvent(ToolCall call, ProjectScope scope) throws QueryFailure {
        var sql = Sql.template("select min(created_at) as first_at from {events}")
                .put("events", call.dialect().events(scope))
                .sql();
        return call.one(scope, sql, row -> row.instant("first_at"));
    }
}
