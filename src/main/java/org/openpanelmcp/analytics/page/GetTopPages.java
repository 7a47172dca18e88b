package org.openpanelmcp.analytics.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Currencies;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.analytics.TrafficFigures;
import org.openpanelmcp.analytics.TrafficMeasure;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The pages that were viewed most. */
public final class GetTopPages implements PeopleBehind<GetTopPages.Input, GetTopPages.Result> {
    private static final String DEFINITION = "Page views (screen_view events with a path) in the range. sessions and"
            + " visitors are those that viewed the page; revenue is the whole revenue of the sessions that viewed it, in"
            + " the smallest currency unit, so one session's revenue counts for each page it viewed.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(value = "What to rank by, greatest first", orElse = "sessions")
            TrafficMeasure sortBy,

            @Param("Only page views that match") Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare,

            @Param(value = "Most pages", min = 1, max = 500, orElse = "50")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(List<PageRow> rows, Meta meta) {}

    /** One page. */
    public record PageRow(
            @Nullable String origin,
            String path,
            @JsonUnwrapped TrafficFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TrafficFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) TrafficFigures.@Nullable Changes change) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_top_pages", "Top pages", Input.class, Result.class)
                .what("Pages of a project with sessions, visitors, page views and the revenue of their sessions, ranked"
                        + " by one of these.")
                .useWhen("asked which pages or screens are seen most, or how single pages do")
                .example(
                        "the ten blog posts with most visitors last month",
                        "{\"startDate\":\"last_month\",\"filters\":{\"path\":\"/blog/*\"},\"sortBy\":\"visitors\","
                                + "\"limit\":10}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var counted = TopPagesQuery.in(
                call, scope, page.range(), input.filters(), input.sortBy(), input.limit(), page.offset());
        var meta = call.meta(scope, DEFINITION).range(page.range()).people();
        long total = counted.isEmpty() ? 0 : counted.getFirst().pagesInAll();
        Paging.describe(meta, page, counted.size(), total);
        if (counted.isEmpty()) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), input.filters()));
        }
        if (counted.stream().anyMatch(one -> one.figures().revenue() > 0)) {
            meta.warn(Currencies.warnings(call, scope, page.range()));
        }
        var comparison = input.compare();
        if (comparison == null) {
            return new Result(counted.stream().map(GetTopPages::row).toList(), meta.build());
        }
        var earlier = comparison.of(page.range(), call.now());
        meta.comparedWith(earlier);
        var before = before(call, scope, earlier, input.filters(), counted);
        return new Result(counted.stream().map(one -> row(one, before)).toList(), meta.build());
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        var tool = spec().name();
        choice.takes(tool, List.of("row"));
        var row = choice.row(tool, List.of("origin", "path"), "{\"origin\":\"https://x.test\",\"path\":\"/\"}");
        var scope = call.project(input.project());
        var range = call.range(scope, input.dates());
        var page = new TopPagesQuery.Page(row.value("origin"), row.value("path"));
        return new Behind(
                scope,
                TopPagesQuery.people(call, scope, range, input.filters(), page),
                "People who viewed the page of row " + Quoted.shortened(row.toString()) + " of " + tool
                        + " (its visitors)",
                range,
                () -> mustExist(call, scope, range, input, page));
    }

    private static void mustExist(
            ToolCall call, ProjectScope scope, TimeRange range, Input input, TopPagesQuery.Page page)
            throws BadValue, QueryFailure {
        var known = TopPagesQuery.in(call, scope, range, input.filters(), input.sortBy(), PeopleChoice.MOST_ROWS, 0);
        if (known.stream().noneMatch(one -> one.page().equals(page))) {
            throw PeopleChoice.noSuchRow(
                    named(page), known.stream().map(one -> named(one.page())).toList());
        }
    }

    private static RowName named(TopPagesQuery.Page page) {
        return RowName.of("origin", page.origin(), "path", page.path());
    }

    private static Map<TopPagesQuery.Page, TrafficFigures> before(
            ToolCall call, ProjectScope scope, TimeRange earlier, Filters filters, List<TopPagesQuery.Counted> counted)
            throws QueryFailure {
        return TopPagesQuery.of(call, scope, earlier, filters, counted).stream()
                .collect(Collectors.toMap(TopPagesQuery.Counted::page, TopPagesQuery.Counted::figures));
    }

    private static PageRow row(TopPagesQuery.Counted counted) {
        return new PageRow(origin(counted), counted.page().path(), counted.figures(), null, null);
    }

    private static PageRow row(TopPagesQuery.Counted counted, Map<TopPagesQuery.Page, TrafficFigures> before) {
        var previous = before.getOrDefault(counted.page(), TrafficFigures.NONE);
        return new PageRow(
                origin(counted),
                counted.page().path(),
                counted.figures(),
                previous,
                counted.figures().since(previous));
    }

    private static @Nullable String origin(TopPagesQuery.Counted counted) {
        return counted.page().origin().isEmpty() ? null : counted.page().origin();
    }
}
