package org.openpanelmcp.analytics.conversion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Which pages are seen before people convert. */
public final class GetPageConversions implements PeopleBehind<GetPageConversions.Input, GetPageConversions.Result> {
    /** The numbers of a row: whether they count only those who converted. */
    private static final Map<String, Boolean> FIGURES = figures();

    private static Map<String, Boolean> figures() {
        var figures = new LinkedHashMap<String, Boolean>();
        figures.put("unique_converters", true);
        figures.put("total_visitors", false);
        return figures;
    }

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param("Event that is the goal, such as sign_up")
            String conversionEvent,

            @Param(
                    value = "Most hours from the page view to the conversion; views before the range count",
                    min = 1,
                    max = 720,
                    orElse = "24")
            int windowHours,

            @Param(value = "What is counted on both sides of the rate", orElse = "people")
            PageConversionsQuery.Unit unit,

            @Param(
                    value =
                            "Which page views within the window before a conversion get it: any of them, the first or the last",
                    orElse = "any")
            PageConversionsQuery.Attribution attribution,

            @Param(value = "What to rank by, greatest first", orElse = "unique_converters")
            PageConversionsQuery.Measure sortBy,

            @Param(
                    value = "Leave out pages with fewer visitors than this; rates of few say little",
                    min = 0,
                    max = 1_000_000,
                    orElse = "0")
            int minVisitors,

            @Param("Only page views that match") Filters filters,

            @Param(value = "Most pages", min = 1, max = 500, orElse = "50")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            String conversion_event,
            int window_hours,
            PageConversionsQuery.Unit unit,
            PageConversionsQuery.Attribution attribution,
            @Doc("Pages with a conversion, in all") long total_pages,
            List<PageRow> pages,
            Meta meta) {}

    /** One page. */
    public record PageRow(
            String path,
            @Doc("null: not set") @Nullable String origin,

            @Doc("People (or sessions) that saw the page and converted")
            long unique_converters,

            @Doc("People (or sessions) that saw the page") long total_visitors,
            @Doc("Percent") double conversion_rate) {
        static PageRow of(PageConversionsQuery.Counted page) {
            return new PageRow(
                    page.path(),
                    page.origin().isEmpty() ? null : page.origin(),
                    page.converters(),
                    page.visitors(),
                    Rounding.percent(page.converters(), page.visitors()));
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_page_conversions", "Page conversions", Input.class, Result.class)
                .what("Pages that were seen before a goal was reached: how many of those who saw each page converted"
                        + " within a window.")
                .useWhen("asked which pages or articles lead to sign-ups, purchases or another event")
                .example(
                        "the blog posts that readers saw last before they signed up",
                        "{\"conversionEvent\":\"sign_up\",\"attribution\":\"last\",\"windowHours\":168,"
                                + "\"filters\":{\"path\":\"/blog/*\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        checkEvent(input);
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var question = question(input, page.range());
        var counted = PageConversionsQuery.in(call, scope, question, input.limit(), page.offset());
        var meta = call.meta(scope, definition(input)).range(page.range()).people();
        long total = counted.isEmpty() ? 0 : counted.getFirst().pagesInAll();
        Paging.describe(meta, page, counted.size(), total);
        if (counted.isEmpty()) {
            meta.warn(warnings(call, scope, page.range(), input));
        }
        return new Result(
                input.conversionEvent(),
                input.windowHours(),
                input.unit(),
                input.attribution(),
                total,
                counted.stream().map(PageRow::of).toList(),
                meta.build());
    }

    private static void checkEvent(Input input) throws BadValue {
        if (input.conversionEvent().isEmpty()) {
            throw new BadValue(
                    "conversionEvent", "conversionEvent is empty. Name an event; list_event_names gives all names.");
        }
    }

    private static PageConversionsQuery.Question question(Input input, TimeRange range) {
        return new PageConversionsQuery.Question(
                range,
                input.conversionEvent(),
                Duration.ofHours(input.windowHours()),
                input.unit(),
                input.attribution(),
                input.filters(),
                input.minVisitors(),
                input.sortBy());
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        checkEvent(input);
        var tool = spec().name();
        choice.takes(tool, List.of("row", "figure"));
        boolean converted = choice.figure(tool, FIGURES);
        var row = choice.row(tool, List.of("origin", "path"), "{\"origin\":\"https://x.test\",\"path\":\"/\"}");
        var scope = call.project(input.project());
        var question = question(input, call.range(scope, input.dates()));
        var units =
                PageConversionsQuery.units(call, scope, question, row.value("origin"), row.value("path"), converted);
        boolean people = input.unit() == PageConversionsQuery.Unit.PEOPLE;
        return new Behind(
                scope,
                people ? asPeople(units) : Behind.ofSessions(units, scope, call),
                (people ? "People who" : "People on record for the sessions (one person may have several) that")
                        + (converted ? " saw the page and converted" : " saw the page") + ", row "
                        + Quoted.shortened(row.toString()) + " of "
                        + tool,
                question.range(),
                () -> mustExist(call, scope, question, row));
    }

    private static Sql asPeople(Sql units) {
        return Sql.template("select unit_id as person_id from ({units}) as units")
                .put("units", units)
                .sql();
    }

    private static void mustExist(
            ToolCall call, ProjectScope scope, PageConversionsQuery.Question question, RowName row)
            throws BadValue, QueryFailure {
        var known = PageConversionsQuery.in(call, scope, question, PeopleChoice.MOST_ROWS, 0);
        boolean listed = known.stream()
                .anyMatch(page ->
                        page.origin().equals(row.value("origin")) && page.path().equals(row.value("path")));
        if (!listed) {
            throw PeopleChoice.noSuchRow(
                    row,
                    known.stream()
                            .map(page -> RowName.of("origin", page.origin(), "path", page.path()))
                            .toList());
        }
    }

    private static String definition(Input input) {
        var units = input.unit().name().toLowerCase(Locale.ROOT);
        var who = input.unit() == PageConversionsQuery.Unit.PEOPLE
                ? "People are profile ids (device ids while anonymous)"
                : "View and conversion belong to the same session";
        var before = "the " + input.windowHours() + " hours before a conversion in the range";
        var converters = switch (input.attribution()) {
            case ANY -> units + " that saw the page in " + before;
            case FIRST -> units + " whose first page view in " + before + " was of the page";
            case LAST -> units + " whose last page view in " + before + " was of the page";
        };
        return "unique_converters: " + converters + ", strictly before it, be it before the range."
                + " total_visitors: " + units + " that saw the page in the range, and all converters. " + who
                + "; empty ids are left out.";
    }

    private static List<String> warnings(ToolCall call, ProjectScope scope, TimeRange range, Input input)
            throws QueryFailure {
        var warnings = new ArrayList<>(EventNames.warnings(call, scope, range, List.of(input.conversionEvent())));
        warnings.addAll(FilterAdvice.ofEmptyAnswer(call, scope, range, input.filters()));
        return warnings;
    }
}
