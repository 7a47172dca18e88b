package org.openpanelmcp.analytics.engagement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
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

    /** People active on one day, and how many days later the next active day takes over. */
    private record Stay(int from, int days, long people) {
        static Stay read(Row row) {
            return new Stay((int) row.whole("from_day"), (int) row.whole("stay_days"), row.whole("people_total"));
        }
    }

    /** The active days of a stretch, from which the people in windows of any length up to the longest can be told. */
    public static final class ActiveDays {
        private final LocalDate first;
        private final LocalDate last;
        private final int longestWindow;
        private final List<Stay> stays;

        private ActiveDays(LocalDate first, LocalDate last, int longestWindow, List<Stay> stays) {
            this.first = first;
            this.last = last;
            this.longestWindow = longestWindow;
            this.stays = stays;
        }

        /**
         * The number of people for each day from the first to the last.
         *
         * <p>A person's active day counts for itself and the days after it, until the window is over or the next active
         * day takes over; so nobody counts twice on a day.
         */
        public long[] people(int windowDays) {
            if (windowDays > longestWindow) {
                throw new IllegalArgumentException("a window of " + windowDays + " days was not asked for");
            }
            int days = (int) (last.toEpochDay() - first.toEpochDay()) + 1;
            var changes = new long[days + 1];
            for (var stay : stays) {
                long start = stay.from() - first.toEpochDay();
                long from = Math.max(start, 0);
                long until = Math.min(start + Math.min(stay.days(), windowDays), days);
                if (until > from) {
                    changes[(int) from] += stay.people();
                    changes[(int) until] -= stay.people();
                }
            }
            Arrays.parallelPrefix(changes, Long::sum);
            return Arrays.copyOf(changes, days);
        }
    }

    /** The active days from the first to the last, for windows of at most that many days. */
    public static ActiveDays of(
            ToolCall call,
            ProjectScope scope,
            LocalDate first,
            LocalDate last,
            int longestWindow,
            People people,
            Filters filters)
            throws BadValue, QueryFailure {
        var dialect = call.dialect();
        var read = TimeRange.ofDays(first.minusDays(longestWindow - 1L), last, scope.zone());
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
                  select active_day as from_day,
                         lead(active_day) over (partition by person order by active_day) - active_day as gap_days
                  from active
                )
                select from_day, least({window}, coalesce(gap_days, {window})) as stay_days, count(*) as people_total
                from stays
                group by from_day, stay_days""")
                .put("day", day)
                .put("events", dialect.events(scope))
                .put("range", read.holds(Sql.of("created_at")))
                .put("people", people.condition())
                .put("conditions", filters.onEvents(scope, dialect))
                .bind("window", longestWindow)
                .sql();
        return new ActiveDays(first, last, longestWindow, call.query(scope, sql, Stay::read));
    }

    /** The time of the project's first event. */
    static Optional<Instant> firstEvent(ToolCall call, ProjectScope scope) throws QueryFailure {
        var sql = Sql.template("select min(created_at) as first_at from {events}")
                .put("events", call.dialect().events(scope))
                .sql();
        return call.one(scope, sql, row -> row.instant("first_at"));
    }
}
