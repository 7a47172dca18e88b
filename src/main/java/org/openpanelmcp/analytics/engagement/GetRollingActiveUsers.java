package org.openpanelmcp.analytics.engagement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Daily, weekly or monthly active users, day by day. */
public final class GetRollingActiveUsers implements Tool<GetRollingActiveUsers.Input, GetRollingActiveUsers.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param(value = "Length of the window in days: 1 for DAU, 7 for WAU, 30 for MAU", min = 1, max = 90)
            int days,

            Dates dates,

            @Param(
                    value =
                            "all: everybody, the anonymous ones by device; identified: only profiles that the site identified",
                    orElse = "all")
            People people,

            @Param("Only activity that matches: who had at least one such event in the window")
            Filters filters) {}

    /** The answer. */
    public record Result(
            int window_days,
            @Doc("DAU, WAU, MAU or the like") String label,
            List<Day> series,
            Meta meta) {}

    /** One day. */
    public record Day(
            LocalDate date,

            @Doc("People active in the window that ends with this day")
            long users,

            @Doc("The day is not over yet, or the window reaches back before the first event stored")
            boolean partial) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_rolling_active_users", "Active users", Input.class, Result.class)
                .what("How many different people were active in the last N days, for each day of the range (DAU, WAU,"
                        + " MAU).")
                .useWhen("asked how many people use a product, or whether their number grows")
                .hint("Windows of different length are separate calls; DAU / MAU is the stickiness.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var range = wholeDays(call.range(scope, input.dates()));
        var today = LocalDate.ofInstant(call.now(), scope.zone());
        var first = LocalDate.ofInstant(range.start(), scope.zone());
        var end = LocalDate.ofInstant(range.end(), scope.zone());
        var last = end.isAfter(today) ? today : end;
        var meta = call.meta(scope, definition(input)).range(range);
        if (first.isAfter(last)) {
            meta.warn("The range lies in the future: no day of it has begun.");
            return new Result(input.days(), label(input.days()), List.of(), meta.build());
        }
        var users = RollingActiveQuery.of(call, scope, first, last, input.days(), input.people(), input.filters())
                .people(input.days());
        if (Arrays.stream(users).allMatch(count -> count == 0)) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, input.filters()));
        }
        return new Result(
                input.days(),
                label(input.days()),
                series(call, scope, first, today, input.days(), users),
                meta.build());
    }

    private static TimeRange wholeDays(TimeRange range) throws BadValue {
        var whole = TimeRange.ofDays(
                TimeRange.dayOf(range.start(), range.zone()), TimeRange.dayOf(range.end(), range.zone()), range.zone());
        return LongestRange.checked(whole);
    }

    private static List<Day> series(
            ToolCall call, ProjectScope scope, LocalDate first, LocalDate today, int window, long[] users)
            throws QueryFailure {
        var begun = RollingActiveQuery.firstEvent(call, scope)
                .map(at -> LocalDate.ofInstant(at, scope.zone()))
                .orElse(LocalDate.MAX);
        var series = new ArrayList<Day>();
        for (int i = 0; i < users.length; i++) {
            var day = first.plusDays(i);
            if (!exists(day, scope)) {
                continue;
            }
            boolean partial = !day.isBefore(today) || day.minusDays(window - 1L).isBefore(begun);
            series.add(new Day(day, users[i], partial));
        }
        return series;
    }

    /** Zones leave out a day now and then: Samoa had no 30 December 2011. */
    private static boolean exists(LocalDate day, ProjectScope scope) {
        return day.atStartOfDay(scope.zone()).toLocalDate().equals(day);
    }

    private static String label(int days) {
        return switch (days) {
            case 1 -> "DAU";
            case 7 -> "WAU";
            case 30 -> "MAU";
            default -> days + "d active";
        };
    }

    private static String definition(Input input) {
        return input.people().described() + " with at least one event in the " + input.days()
                + " days that end with each day, both" + " included, in the project's time zone.";
    }
}
