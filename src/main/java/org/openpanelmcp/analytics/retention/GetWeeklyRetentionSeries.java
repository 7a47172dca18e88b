package org.openpanelmcp.analytics.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.CalendarInterval;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Week by week, how many of the people come back in the next one. */
public final class GetWeeklyRetentionSeries
        implements Tool<GetWeeklyRetentionSeries.Input, GetWeeklyRetentionSeries.Result> {
    private static final int WEEKS_BEFORE = 12;
    private static final int MOST_WEEKS = 260;

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(
                    value = "identified: only profiles that the site identified; all: everybody, the anonymous ones by"
                            + " device",
                    orElse = "identified")
            People people,

            @Param("Only activity that matches, in both weeks")
            Filters filters) {}

    /** The answer. */
    public record Result(
            @Doc("One entry per week, without gaps") List<Week> rows, Meta meta) {}

    /** One week. */
    public record Week(
            @Doc("Its Monday") LocalDate date,

            @Doc("People with at least one event in the week")
            long active_users,

            @Doc("Those of them with an event in the week after, too; null while that one is not over") @Nullable
            Long retained_users,

            @Doc("Percent of active_users; null like retained_users") @Nullable
            Double retention,

            @Doc("The week itself is not over: active_users still grows")
            boolean partial,

            @Doc("The week after it is over, so that retained_users is final")
            boolean complete) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_weekly_retention_series", "Weekly retention", Input.class, Result.class)
                .what("For each week, how many people were active and how many of these came back in the week after"
                        + " (Monday to Sunday).")
                .useWhen("asked whether people come back, and whether that gets better")
                .hint("Without dates: the last 12 whole weeks and the current one. For people by the week in which they"
                        + " began take get_retention_cohort.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var range = WholeIntervals.touched(call, scope, input.dates(), CalendarInterval.WEEK, WEEKS_BEFORE);
        // One week more than is shown: whoever was active in it came back from the last one.
        var longer = WholeIntervals.longer(range, CalendarInterval.WEEK, 1);
        var weeks = Buckets.of(longer, Interval.WEEK);
        refuseTooMany(weeks.list().size() - 1);
        var meta = call.meta(scope, definition(input.people())).range(range);
        if (range.start().isAfter(call.now())) {
            meta.warn("The range lies in the future: no week of it has begun.");
            return new Result(List.of(), meta.build());
        }
        var key = weeks.key(call.dialect().epochMillis(Sql.of("created_at")), call.dialect());
        var read = WholeIntervals.untilNow(longer, call.now());
        var counted = WeeklyRetentionQuery.of(call, scope, read, key, input.people(), input.filters());
        if (counted.isEmpty()) {
            meta.warn(Nobody.found(call, scope, range, input.people(), input.filters()));
        }
        return new Result(series(weeks.list(), counted, call.now()), meta.build());
    }

    private static void refuseTooMany(int weeks) throws BadValue {
        if (weeks > MOST_WEEKS) {
            throw new BadValue(
                    "startDate",
                    "The range has " + weeks + " weeks; at most " + MOST_WEEKS + " are allowed. Ask for a shorter"
                            + " range, or for several.");
        }
    }

    private static List<Week> series(
            List<Buckets.Bucket> weeks, Map<Long, WeeklyRetentionQuery.Week> counted, Instant now) {
        var series = new ArrayList<Week>();
        for (int i = 0; i + 1 < weeks.size(); i++) {
            var week = weeks.get(i);
            if (week.start().toInstant().isAfter(now)) {
                break;
            }
            var people = counted.getOrDefault(week.key(), WeeklyRetentionQuery.Week.NONE);
            boolean complete = !weeks.get(i + 1).next().toInstant().isAfter(now);
            series.add(new Week(
                    week.start().toLocalDate(),
                    people.active(),
                    complete ? people.retained() : null,
                    complete ? Rounding.percent(people.retained(), people.active()) : null,
                    week.next().toInstant().isAfter(now),
                    complete));
        }
        return series;
    }

    private static String definition(People people) {
        return people.described() + " with at least one event up to now, by week (Monday to Sunday) in the project's"
                + " time zone. retention is the percentage of a week's people who were active in the week after, too;"
                + " null while that week is not over.";
    }
}
