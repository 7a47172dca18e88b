package org.openpanelmcp.analytics.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Currencies;
import org.openpanelmcp.analytics.FilterAdvice;
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
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The headline figures of a project and their course over time. */
public final class GetAnalyticsOverview implements Tool<GetAnalyticsOverview.Input, GetAnalyticsOverview.Result> {
    private static final String DEFINITION = "Sessions that started in the range. Visitors are distinct profile ids of"
            + " these sessions (device ids while anonymous). Rates in percent, durations in seconds. Revenue: revenue"
            + " events in the range, in the smallest currency unit";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(value = "Width of a bucket of the series; weeks begin on Monday", orElse = "day")
            Interval interval,

            @Param("Only sessions that match, or that hold an event that matches")
            Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare) {}

    /** The answer. */
    public record Result(
            Summary summary,
            @Doc("One entry per bucket, without gaps") List<Bucket> series,
            Interval interval,
            OffsetDateTime startDate,
            OffsetDateTime endDate,
            Meta meta) {}

    /** The whole range. */
    public record Summary(
            @JsonUnwrapped OverviewFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OverviewFigures previous,

            @Doc("(now - previous) / previous; null when there was nothing before")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            OverviewFigures.@Nullable Changes change) {}

    /** One bucket. */
    public record Bucket(
            @Doc("Its first moment in the project's zone") OffsetDateTime date,

            @Doc("Whether a part of it lies outside the range or in the future")
            boolean partial,

            @JsonUnwrapped OverviewFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OverviewFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) OverviewFigures.@Nullable Changes change) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_analytics_overview", "Analytics overview", Input.class, Result.class)
                .what("Visitors, sessions, page views, bounce rate, session duration and revenue of a project: for the"
                        + " whole range and per hour, day, week or month.")
                .useWhen("asked how a site or app is doing, or how that changes over time")
                .hint("For single pages, sources or countries take their own tools.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var range = call.range(scope, input.dates());
        var buckets = Buckets.of(range, input.interval());
        var millis = call.dialect().epochMillis(Sql.of("created_at"));
        var course = OverviewQuery.of(call, scope, range, buckets.key(millis, call.dialect()), input.filters());
        var earlier = earlier(input, call, scope, range, buckets);
        var meta = call.meta(scope, definition(input.filters())).range(range);
        if (earlier != null) {
            meta.comparedWith(earlier.range());
        }
        meta.warn(FilterAdvice.ofExclusionsBySession(input.filters()));
        if (course.whole().total_sessions() == 0) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, input.filters()));
        }
        if (course.whole().total_revenue() > 0) {
            meta.warn(Currencies.warnings(call, scope, range));
        }
        return new Result(
                summary(course, earlier),
                series(buckets, course, earlier, range, call),
                input.interval(),
                range.startHere(),
                range.endHere(),
                meta.build());
    }

    private static String definition(Filters filters) {
        return filters.isEmpty()
                ? DEFINITION + ", those without a session included."
                : DEFINITION + ". Filtered: sessions that match, and the revenue of matching sessions.";
    }

    private record Earlier(TimeRange range, OverviewQuery.Course course) {}

    private static @Nullable Earlier earlier(
            Input input, ToolCall call, ProjectScope scope, TimeRange range, Buckets buckets) throws QueryFailure {
        var comparison = input.compare();
        if (comparison == null) {
            return null;
        }
        var earlier = comparison.of(range, call.now());
        var millis = call.dialect().epochMillis(Sql.of("created_at"));
        var key = buckets.keyOfEarlier(millis, earlier, comparison, call.dialect());
        return new Earlier(earlier, OverviewQuery.of(call, scope, earlier, key, input.filters()));
    }

    private static Summary summary(OverviewQuery.Course course, @Nullable Earlier earlier) {
        var now = course.whole();
        return earlier == null
                ? new Summary(now, null, null)
                : new Summary(
                        now,
                        earlier.course().whole(),
                        now.since(earlier.course().whole()));
    }

    private static List<Bucket> series(
            Buckets buckets, OverviewQuery.Course course, @Nullable Earlier earlier, TimeRange range, ToolCall call) {
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
