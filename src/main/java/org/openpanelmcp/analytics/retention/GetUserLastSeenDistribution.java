package org.openpanelmcp.analytics.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** How long ago people were last seen: who is still there, who is drifting off, who left. */
public final class GetUserLastSeenDistribution
        implements Tool<GetUserLastSeenDistribution.Input, GetUserLastSeenDistribution.Result> {
    private static final int CHURNED = 60;

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param(
                    value = "The distribution tells days apart up to so many days ago; people last seen earlier are"
                            + " counted in older_users",
                    min = 0,
                    max = 730,
                    orElse = "90")
            int maxDays,

            @Param(
                    value = "identified: only profiles that the site identified; all: everybody, the anonymous ones by"
                            + " device",
                    orElse = "identified")
            People people,

            @Param("Only events that match: when people last had such an event")
            Filters filters) {}

    /** The answer. */
    public record Result(
            Summary summary,

            @Doc("By days since the last event, days without people left out")
            List<Day> distribution,

            @Doc("People last seen more than maxDays days ago")
            long older_users,

            Meta meta) {}

    /** Everybody, by how many calendar days ago the last event was. */
    public record Summary(
            @Doc("Everybody counted, the sum of the following")
            long total_identified_users,

            @Doc("0 to 7 days ago") long active_last_7_days,
            @Doc("8 to 14 days ago") long active_8_to_14_days,
            @Doc("15 to 30 days ago") long active_15_to_30_days,
            @Doc("31 to 60 days ago") long inactive_31_to_60_days,
            @Doc("More than 60 days ago") long churned_60_plus_days) {}

    /** One distance. */
    public record Day(
            @Doc("Calendar days between the last event and today")
            long days,

            @Doc("People last seen then") long users) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_user_last_seen_distribution", "Last seen", Input.class, Result.class)
                .what(
                        "How many people were last seen how many days ago, in segments (active, drifting off, churned) and"
                                + " day by day.")
                .useWhen("the question is who is still active, at risk of leaving, or gone")
                .example("who stopped buying", "{\"filters\":{\"name\":\"revenue\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var today = LocalDate.ofInstant(call.now(), scope.zone());
        var toldApart = TimeRange.ofDays(today.minusDays(Math.max(input.maxDays(), CHURNED)), today, scope.zone());
        var key =
                Buckets.of(toldApart, Interval.DAY).key(call.dialect().epochMillis(Sql.of("last_at")), call.dialect());
        var lastDays = LastSeenQuery.of(call, scope, key, toldApart.start(), input.people(), input.filters());
        var meta = call.meta(scope, definition(input.people()));
        if (lastDays.isEmpty()) {
            var everything = TimeRange.ofDays(LocalDate.EPOCH, today, scope.zone());
            meta.warn(Nobody.found(call, scope, everything, input.people(), input.filters()));
        }
        var ago = new ArrayList<Day>();
        for (var day : lastDays) {
            ago.add(new Day(today.toEpochDay() - day.key(), day.people()));
        }
        ago.sort(Comparator.comparingLong(Day::days));
        return new Result(
                summary(ago),
                ago.stream().filter(day -> day.days() <= input.maxDays()).toList(),
                people(ago, days -> days > input.maxDays()),
                meta.build());
    }

    private static Summary summary(List<Day> ago) {
        return new Summary(
                people(ago, days -> true),
                people(ago, days -> days <= 7),
                people(ago, days -> days > 7 && days <= 14),
                people(ago, days -> days > 14 && days <= 30),
                people(ago, days -> days > 30 && days <= CHURNED),
                people(ago, days -> days > CHURNED));
    }

    private static long people(List<Day> ago, LongPredicate wanted) {
        return ago.stream()
                .filter(day -> wanted.test(day.days()))
                .mapToLong(Day::users)
                .sum();
    }

    private static String definition(People people) {
        return people.described() + " by the calendar days, in the project's time zone, between their last event and"
                + " today. Events from the future are left out.";
    }
}
