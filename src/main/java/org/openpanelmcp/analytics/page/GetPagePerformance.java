package org.openpanelmcp.analytics.page;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** How long pages are looked at, and how often a visit ends on them alone. */
public final class GetPagePerformance implements Tool<GetPagePerformance.Input, GetPagePerformance.Result> {
    private static final String DEFINITION = "Page views (screen_view events with a path) in the range; sessions and"
            + " visitors are those that viewed the page. avg_duration is the mean time in minutes from a view to the next"
            + " one of the same session, for the last one to the session's end; views that nothing followed have no known"
            + " duration and are left out. bounce_rate is the percentage of those sessions that had at most one page view.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param("Only pages with this text in their path, origin or title, whatever the case of its letters")
            @Nullable
            String search,

            @Param(value = "What to sort by", orElse = "sessions")
            PagePerformanceQuery.Measure sortBy,

            @Param(value = "Greatest or least first", orElse = "desc")
            SortOrder sortOrder,

            @Param(
                    value = "Leave out pages with fewer sessions than this; rates of few sessions say little",
                    min = 0,
                    max = 1_000_000,
                    orElse = "0")
            int minSessions,

            @Param("Only page views that match") Filters filters,

            @Param(value = "Most pages", min = 1, max = 500, orElse = "50")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("Pages that match, in all") long total_pages,
            @Doc("Pages in this answer") int shown,
            List<PageRow> pages,
            Meta meta) {}

    /** One page. */
    public record PageRow(
            @Doc("null: not set") @Nullable String origin,
            String path,

            @Doc("Title of the latest view in the range; null: not sent") @Nullable
            String title,

            long sessions,

            @Doc("Distinct people, by profile id (device id while anonymous)")
            long visitors,

            long pageviews,

            @Doc("Minutes; null: nothing followed any view") @Nullable
            Double avg_duration,

            @Doc("Percent; 0 without sessions") double bounce_rate,
            Signals seo_signals) {
        static PageRow of(PagePerformanceQuery.Counted page) {
            var duration = minutes(page.stayMillis());
            double bounceRate = Rounding.percent(page.bounces(), page.sessions());
            return new PageRow(
                    page.origin().isEmpty() ? null : page.origin(),
                    page.path(),
                    page.title().isEmpty() ? null : page.title(),
                    page.sessions(),
                    page.visitors(),
                    page.views(),
                    duration,
                    bounceRate,
                    Signals.of(duration, bounceRate));
        }

        private static @Nullable Double minutes(OptionalDouble millis) {
            return millis.isEmpty() ? null : Rounding.round(millis.getAsDouble() / 60_000, 2);
        }
    }

    /** OpenPanel's thresholds. */
    public record Signals(
            @Doc("Bounce rate above 70 percent") boolean high_bounce,
            @Doc("Looked at for less than a minute") boolean low_engagement,

            @Doc("Bounce rate below 40 percent and looked at for more than two minutes")
            boolean good_landing_page) {
        static Signals of(@Nullable Double minutes, double bounceRate) {
            return new Signals(
                    bounceRate > 70, minutes != null && minutes < 1, minutes != null && bounceRate < 40 && minutes > 2);
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_page_performance", "Page performance", Input.class, Result.class)
                .what(
                        "Per page: sessions, visitors, page views, mean time on the page, bounce rate, title, and signals of"
                                + " what to look at.")
                .useWhen("asked which pages hold or lose their readers")
                .example(
                        "the blog posts that are left soonest, if enough people read them",
                        "{\"filters\":{\"path\":\"/blog/*\"},\"sortBy\":\"avg_duration\",\"sortOrder\":\"asc\","
                                + "\"minSessions\":50}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var search = input.search();
        var question = new PagePerformanceQuery.Question(
                page.range(),
                input.filters(),
                search == null ? "" : search,
                input.minSessions(),
                input.sortBy(),
                input.sortOrder());
        var counted = PagePerformanceQuery.in(call, scope, question, input.limit(), page.offset());
        var meta = call.meta(scope, DEFINITION).range(page.range());
        long total = counted.isEmpty() ? 0 : counted.getFirst().pagesInAll();
        Paging.describe(meta, page, counted.size(), total);
        if (counted.isEmpty()) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), input.filters()));
        }
        return new Result(
                total, counted.size(), counted.stream().map(PageRow::of).toList(), meta.build());
    }
}
