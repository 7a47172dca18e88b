package org.openpanelmcp.analytics.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** How long ago people were last seen: who is still there, who is drifting off, who left. */
public final class GetUserLastSeenDistribution
        implements PeopleBehind<GetUserLastSeenDistribution.Input, GetUserLastSeenDistribution.Result> {
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
                .useWhen("asked who is still active, at risk of leaving, or gone")
                .example("who stopped buying", "{\"filters\":{\"name\":\"revenue\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var today = LocalDate.ofInstant(call.now(), scope.zone());
        var toldApart = toldApart(input, today, scope);
        var lastDays = LastSeenQuery.of(
                call, scope, dayKey(toldApart, call), toldApart.start(), input.people(), input.filters());
        var meta = call.meta(scope, definition(input.people())).people();
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

    private static TimeRange toldApart(Input input, LocalDate today, ProjectScope scope) {
        return TimeRange.ofDays(today.minusDays(Math.max(input.maxDays(), CHURNED)), today, scope.zone());
    }

    private static Sql dayKey(TimeRange toldApart, ToolCall call) throws BadValue {
        return Buckets.of(toldApart, Interval.DAY).key(call.dialect().epochMillis(Sql.of("last_at")), call.dialect());
    }

    /** From so many days ago to so many. */
    private record Ago(long least, long most) {}

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        var tool = spec().name();
        choice.takes(tool, List.of("figure", "row"));
        if ((choice.row() == null) == (choice.figure() == null)) {
            throw new BadValue(
                    "figure",
                    "Choose either a figure of the summary or older_users, such as active_last_7_days, or a row of the"
                            + " distribution, such as {\"days\":3}.");
        }
        var ago = choice.row() == null
                ? choice.figure(tool, figures(input.maxDays()))
                : ofDay(choice.row(tool, List.of("days"), "{\"days\":3}"), input.maxDays());
        var scope = call.project(input.project());
        var today = LocalDate.ofInstant(call.now(), scope.zone());
        var toldApart = toldApart(input, today, scope);
        var lastDays = LastSeenQuery.lastDays(
                call, scope, dayKey(toldApart, call), toldApart.start(), input.people(), input.filters());
        long earliest = ago.most() == Long.MAX_VALUE ? Long.MIN_VALUE : today.toEpochDay() - ago.most();
        return new Behind(
                scope,
                LastSeenQuery.people(lastDays, earliest, today.toEpochDay() - ago.least()),
                input.people().described() + " last seen "
                        + (choice.row() == null ? "as " + choice.figure() + " says" : ago.least() + " days ago"),
                null,
                Behind.NONE);
    }

    private static Map<String, Ago> figures(int maxDays) {
        var figures = new LinkedHashMap<String, Ago>();
        figures.put("total_identified_users", new Ago(0, Long.MAX_VALUE));
        figures.put("active_last_7_days", new Ago(0, 7));
        figures.put("active_8_to_14_days", new Ago(8, 14));
        figures.put("active_15_to_30_days", new Ago(15, 30));
        figures.put("inactive_31_to_60_days", new Ago(31, CHURNED));
        figures.put("churned_60_plus_days", new Ago(CHURNED + 1L, Long.MAX_VALUE));
        figures.put("older_users", new Ago(maxDays + 1L, Long.MAX_VALUE));
        return figures;
    }

    private static Ago ofDay(RowName row, int maxDays) throws BadValue {
        var days = row.value("days");
        if (!days.matches("\\d{1,3}") || Integer.parseInt(days) > maxDays) {
            throw new BadValue(
                    "row.days",
                    "days must be a whole number from 0 to " + maxDays + ", not " + Quoted.of(days)
                            + ". Who was last seen earlier is counted in older_users.");
        }
        return new Ago(Integer.parseInt(days), Integer.parseInt(days));
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
