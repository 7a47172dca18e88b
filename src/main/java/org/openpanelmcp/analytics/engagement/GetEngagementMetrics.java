package org.openpanelmcp.analytics.engagement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.CalendarInterval;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Comparison;
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

/** How much people do with a site or an app, how often they come, and how many of them are new. */
public final class GetEngagementMetrics implements Tool<GetEngagementMetrics.Input, GetEngagementMetrics.Result> {
    private static final String DEFINITION = "Sessions that started in the range, and the distinct profile ids of these"
            + " (device ids while anonymous). Engaged: more than one page view, any other event, or longer than 10"
            + " seconds; session_start and session_end are no events. New: the first session ever started in the"
            + " period. Rates in percent, times in seconds. Stickiness: people by their events, over whole days";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(value = "Width of a bucket of the series; weeks begin on Monday", orElse = "day")
            CalendarInterval interval,

            @Param("Only sessions that match, or that hold an event that matches")
            Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare) {}

    /** The answer. */
    public record Result(
            Summary summary,

            @Doc("How often people come; null when no day of the range is over") @Nullable
            Stickiness stickiness,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Stickiness previous_stickiness,

            @JsonInclude(JsonInclude.Include.NON_NULL) Stickiness.@Nullable Changes stickiness_change,

            @Doc("One entry per bucket, without gaps; people who come in several count in each")
            List<Bucket> series,

            CalendarInterval interval,
            Meta meta) {}

    /** The whole range. */
    public record Summary(
            @JsonUnwrapped EngagementFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EngagementFigures previous,

            @Doc("(now - previous) / previous; null when there was nothing before")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            EngagementFigures.@Nullable Changes change) {}

    /** One bucket. */
    public record Bucket(
            @Doc("Its first moment in the project's zone") OffsetDateTime date,

            @Doc("Whether a part of it lies outside the range or in the future")
            boolean partial,

            @JsonUnwrapped EngagementFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EngagementFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) EngagementFigures.@Nullable Changes change) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_engagement_metrics", "Engagement", Input.class, Result.class)
                .what("How engaged people are: active, new and returning people, sessions per person, share of engaged"
                        + " sessions, time, pages and events per session, stickiness (DAU/WAU, DAU/MAU); for the range"
                        + " and per day, week or month.")
                .useWhen("asked how much or how often people use a product, or whether they are new")
                .hint(
                        "Bounce rate and revenue are in get_analytics_overview; whether people come back in get_retention_cohort.")
                .example(
                        "this month against the month before, by week",
                        "{\"startDate\":\"this_month\",\"interval\":\"week\",\"compare\":\"previous_period\"}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var range = LongestRange.checked(call.range(scope, input.dates()));
        var buckets = Buckets.of(range, input.interval().width());
        var dialect = call.dialect();
        var course = EngagementQuery.of(
                call, scope, range, at -> buckets.key(dialect.epochMillis(at), dialect), input.filters());
        var earlier = earlier(input, call, scope, range, buckets);
        var ranges = earlier == null ? List.of(range) : List.of(range, earlier.range());
        var stickiness = Stickiness.of(call, scope, ranges, input.filters());
        var now = stickiness.getFirst();
        var before = earlier == null ? Optional.<Stickiness>empty() : stickiness.getLast();
        var meta = call.meta(scope, definition(input.filters())).range(range);
        if (earlier != null) {
            meta.comparedWith(earlier.range());
        }
        meta.warn(FilterAdvice.ofExclusionsBySession(input.filters()));
        if (course.whole().sessions() == 0) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, input.filters()));
        }
        meta.warn(shortHistory(call, scope, range));
        return new Result(
                summary(course, earlier),
                now.orElse(null),
                before.orElse(null),
                now.flatMap(one -> before.map(one::since)).orElse(null),
                series(buckets, course, earlier, range, call),
                input.interval(),
                meta.build());
    }

    private static String definition(Filters filters) {
        return filters.isEmpty()
                ? DEFINITION + "."
                : DEFINITION + ". Filtered: sessions that match, and for stickiness events that match.";
    }

    private record Earlier(TimeRange range, EngagementQuery.Course course) {}

    private static @Nullable Earlier earlier(
            Input input, ToolCall call, ProjectScope scope, TimeRange range, Buckets buckets) throws QueryFailure {
        var comparison = input.compare();
        if (comparison == null) {
            return null;
        }
        var dialect = call.dialect();
        var earlier = comparison.of(range, call.now());
        var course = EngagementQuery.of(
                call,
                scope,
                earlier,
                at -> buckets.keyOfEarlier(dialect.epochMillis(at), earlier, comparison, dialect),
                input.filters());
        return new Earlier(earlier, course);
    }

    /** A month that began before the first event has fewer people than later ones. */
    private static List<String> shortHistory(ToolCall call, ProjectScope scope, TimeRange range) throws QueryFailure {
        var begun = RollingActiveQuery.firstEvent(call, scope).map(at -> LocalDate.ofInstant(at, scope.zone()));
        var days = Stickiness.wholeDays(range, call.now());
        if (begun.isEmpty() || days.isEmpty()) {
            return List.of();
        }
        var full = begun.get().plusDays(StickinessQuery.MONTH - 1L);
        return days.getFirst().isBefore(full)
                ? List.of("The first event stored is of " + begun.get() + ": before " + full
                        + " a window of 30 days is not full, so that average_mau is too low and dau_mau too high.")
                : List.of();
    }

    private static Summary summary(EngagementQuery.Course course, @Nullable Earlier earlier) {
        var now = course.whole();
        if (earlier == null) {
            return new Summary(now, null, null);
        }
        var before = earlier.course().whole();
        return new Summary(now, before, now.since(before));
    }

    private static List<Bucket> series(
            Buckets buckets, EngagementQuery.Course course, @Nullable Earlier earlier, TimeRange range, ToolCall call) {
        var series = new ArrayList<Bucket>();
        for (var bucket : buckets.begun(call.now(), course.buckets()::containsKey)) {
            var now = course.bucket(bucket.key());
            boolean partial = bucket.partial(range, call.now());
            if (earlier == null) {
                series.add(new Bucket(bucket.start(), partial, now, null, null));
            } else {
                var before = earlier.course().bucket(bucket.key());
                series.add(new Bucket(bucket.start(), partial, now, before, now.since(before)));
            }
        }
        return series;
    }
}
