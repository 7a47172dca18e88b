package org.openpanelmcp.analytics.funnel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.EntryParts;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** How many get from one event to the next. */
public final class GetFunnel implements PeopleBehind<GetFunnel.Input, GetFunnel.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(
                    value =
                            "Events in their order: names, or objects where a step has conditions or a label of its own",
                    min = Funnel.FEWEST_STEPS,
                    max = Funnel.MOST_STEPS)
            List<Funnel.Step> steps,

            @Param(value = "Most hours from the entry to any later step", min = 1, max = 720, orElse = "24")
            int windowHours,

            @Param(value = "Who goes through the funnel: sessions, or people across sessions", orElse = "session_id")
            Funnel.Unit groupBy,

            @Param(
                    value = "ordered: events of the same millisecond count in the order of the steps; strict_increase:"
                            + " each step must be at least a millisecond later",
                    orElse = "ordered")
            Funnel.Order order,

            @Param(
                    value =
                            "Events that end a way when one lies between its entry and a step; filters do not apply to them",
                    max = 10)
            List<String> exclude,

            @Param("Also one funnel per value of the entry event in any dimension of filters") @Nullable
            String breakdown,

            @Param(value = "Most values of the breakdown; all others are one entry", min = 1, max = 50, orElse = "10")
            int limit,

            @Param("Also a series by the time of entry: how many entered and completed") @Nullable
            Interval interval,

            @Param(
                    "Only events that match, at every step; entry_ and exit_ columns are looked up in the event's session")
            Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare) {}

    /** The answer. */
    public record Result(
            List<StepRow> steps,
            @Doc("Sessions or people that entered") long totalUsers,
            @Doc("That reached the last step") long completedUsers,
            @Doc("Percent") double overallConversionRate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Totals previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Changes change,

            @Doc("Most entries first, the others last") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Part> breakdown,

            @Doc("How many values the breakdown has in all") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long breakdownValues,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<BucketRow> series,

            Funnel.Unit groupBy,
            Funnel.Order order,
            int windowHours,
            Meta meta) {}

    /** The funnel as a whole in the period that is compared with. */
    public record Totals(long totalUsers, long completedUsers, double overallConversionRate) {}

    /** (now - previous) / previous; null when there was nothing before. */
    public record Changes(
            @Nullable Double totalUsers,
            @Nullable Double completedUsers,
            @Nullable Double overallConversionRate) {}

    /** The funnel of those who entered with one value. */
    public record Part(
            @Doc("null: not set, or the others") @Nullable String value,

            @Doc("Whether these are all values that are not listed")
            boolean other,

            long totalUsers,
            long completedUsers,
            double overallConversionRate,
            List<StepRow> steps) {}

    /** Those who entered in one bucket. */
    public record BucketRow(
            @Doc("Its first moment in the project's zone") OffsetDateTime date,

            @Doc("Whether a part of it lies outside the range or in the future")
            boolean partial,

            long entered,

            @Doc("Of those who entered then, whenever they completed")
            long completed,

            @Doc("Percent") double conversionRate) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_funnel", "Funnel", Input.class, Result.class)
                .what("How many sessions or people go through 2 to 10 events in order: per step their number, rates,"
                        + " drop-off and time; on request per value of the entry event, over time, and compared.")
                .useWhen("asked where people get lost on the way to a goal, or how many convert")
                .hint("Sessions are counted unless groupBy is profile_id.")
                .example(
                        "where buyers from abroad get lost, by device",
                        "{\"steps\":[{\"name\":\"screen_view\",\"filters\":{\"path\":\"/product/*\"}},"
                                + "\"add_to_cart\",\"purchase\"],\"filters\":{\"country\":\"!SE\"},"
                                + "\"breakdown\":\"device\"}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var funnel = FunnelReader.funnel(input);
        var parts = FunnelReader.parts(input);
        var range = call.range(scope, input.dates());
        var interval = input.interval();
        var buckets = interval == null ? null : Buckets.of(range, interval);
        var bucketKey = buckets == null ? null : buckets.key(Sql.of("entry_at"), call.dialect());
        var course = FunnelQuery.of(call, scope, range, funnel, new FunnelQuery.Detail(parts, bucketKey));
        var meta = call.meta(scope, definition(funnel, parts)).range(range).people();
        meta.warn(warnings(call, scope, range, funnel, course));
        if (parts != null) {
            meta.warn(parts.warnings(
                    course.parts().stream().map(FunnelQuery.Part::value).toList()));
        }
        var earlier = earlier(input, call, scope, range, funnel, meta);
        var now = totals(course.whole());
        var before = earlier == null ? null : totals(earlier);
        return new Result(
                StepRow.rows(funnel, course.whole(), earlier),
                now.totalUsers(),
                now.completedUsers(),
                now.overallConversionRate(),
                before,
                before == null ? null : changes(now, before),
                parts == null ? null : parts(funnel, course),
                parts == null ? null : course.values(),
                buckets == null ? null : series(buckets, course, range, call),
                funnel.unit(),
                funnel.order(),
                input.windowHours(),
                meta.build());
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue, QueryFailure {
        return FunnelPeople.behind(input, choice, call, spec().name());
    }

    private static String definition(Funnel funnel, @Nullable EntryParts parts) {
        return funnel.unit().plural() + " whose events in the range match the steps one after the other ("
                + (funnel.order() == Funnel.Order.ORDERED
                        ? "order ordered: events of the same millisecond count in the order of the steps"
                        : "order strict_increase: each step at least a millisecond later")
                + "), all within " + funnel.window().toHours() + " hours of the entry event"
                + (funnel.excluded().isEmpty() ? "" : ", without an excluded event between the entry and the step")
                + ". An event is one step only; empty ids are left out. Times: the first time that a step is reached,"
                + " from the latest entry that leads to it. series goes by the first entry event."
                + (parts == null ? "" : parts.described());
    }

    private static List<String> warnings(
            ToolCall call, ProjectScope scope, TimeRange range, Funnel funnel, FunnelQuery.Course course)
            throws QueryFailure {
        var warnings = new ArrayList<String>();
        boolean nobodyCompletes = course.whole().getLast().users() == 0;
        if (nobodyCompletes || !funnel.excluded().isEmpty()) {
            var names = new ArrayList<>(
                    funnel.steps().stream().map(Funnel.Step::name).toList());
            names.addAll(funnel.excluded());
            warnings.addAll(EventNames.warnings(
                    call, scope, range, names.stream().distinct().toList()));
        }
        if (course.whole().getFirst().users() == 0) {
            warnings.addAll(FilterAdvice.ofEmptyAnswer(call, scope, range, funnel.filters()));
            warnings.addAll(FilterAdvice.ofEmptyAnswer(
                    call, scope, range, funnel.steps().getFirst().filters()));
        }
        return warnings;
    }

    private static @Nullable List<FunnelQuery.Reached> earlier(
            Input input, ToolCall call, ProjectScope scope, TimeRange range, Funnel funnel, ToolCall.MetaBuilder meta)
            throws QueryFailure {
        var comparison = input.compare();
        if (comparison == null) {
            return null;
        }
        var earlier = comparison.of(range, call.now());
        meta.comparedWith(earlier);
        return FunnelQuery.of(call, scope, earlier, funnel, FunnelQuery.Detail.NONE)
                .whole();
    }

    private static Totals totals(List<FunnelQuery.Reached> steps) {
        return new Totals(
                steps.getFirst().users(), steps.getLast().users(), StepRow.fromStart(steps, steps.size() - 1));
    }

    private static Changes changes(Totals now, Totals before) {
        return new Changes(
                Change.of(now.totalUsers(), before.totalUsers()),
                Change.of(now.completedUsers(), before.completedUsers()),
                Change.of(now.overallConversionRate(), before.overallConversionRate()));
    }

    private static List<Part> parts(Funnel funnel, FunnelQuery.Course course) {
        var parts = new ArrayList<Part>();
        for (var part : course.parts()) {
            var totals = totals(part.steps());
            parts.add(new Part(
                    part.value().isEmpty() ? null : part.value(),
                    part.others(),
                    totals.totalUsers(),
                    totals.completedUsers(),
                    totals.overallConversionRate(),
                    StepRow.rows(funnel, part.steps(), null)));
        }
        return parts;
    }

    private static List<BucketRow> series(Buckets buckets, FunnelQuery.Course course, TimeRange range, ToolCall call) {
        var series = new ArrayList<BucketRow>();
        for (var bucket : buckets.begun(call.now(), course.buckets()::containsKey)) {
            var steps = course.buckets().get(bucket.key());
            var totals = steps == null ? new Totals(0, 0, 0) : totals(steps);
            series.add(new BucketRow(
                    bucket.start(),
                    bucket.partial(range, call.now()),
                    totals.totalUsers(),
                    totals.completedUsers(),
                    totals.overallConversionRate()));
        }
        return series;
    }
}
