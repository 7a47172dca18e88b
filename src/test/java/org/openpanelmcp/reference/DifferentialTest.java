package org.openpanelmcp.reference;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools against plain Java on random data: every set is a project of one store, and each is asked random questions.
 * {@code -Ddifferential.sets=N} says how many sets.
 */
class DifferentialTest extends Differential {
    private static final List<String> MEASURES = List.of("sessions", "visitors", "pageviews", "revenue");
    static final List<AskedBreakdown> BREAKDOWNS = List.of(
            AskedBreakdown.of("get_country_breakdown", "country", ""),
            AskedBreakdown.of("get_country_breakdown", "region", "country"),
            AskedBreakdown.of("get_country_breakdown", "city", "country"),
            AskedBreakdown.of("get_device_breakdown", "browser", ""),
            AskedBreakdown.of("get_device_breakdown", "os", ""),
            AskedBreakdown.of("get_device_breakdown", "browser_version", "browser"),
            AskedBreakdown.of("get_device_breakdown", "model", "brand"),
            AskedBreakdown.of("get_top_referrers", "referrer_name", ""),
            AskedBreakdown.of("get_top_referrers", "referrer", ""),
            AskedBreakdown.of("get_top_referrers", "utm_source", ""),
            AskedBreakdown.of("get_top_referrers", "utm_term", ""),
            AskedBreakdown.ofPages("entry"),
            AskedBreakdown.ofPages("exit"));
    private static final int MOST_BUCKETS = 2_000;

    @TestFactory
    Stream<DynamicTest> overview() {
        return each(3, DifferentialTest::askOverview);
    }

    @TestFactory
    Stream<DynamicTest> topPages() {
        return each(2, DifferentialTest::askPages);
    }

    @TestFactory
    Stream<DynamicTest> sessionsByColumn() {
        return each(4, DifferentialTest::askBreakdown);
    }

    @TestFactory
    Stream<DynamicTest> eventNames() {
        return each(1, DifferentialTest::askNames);
    }

    @TestFactory
    Stream<DynamicTest> rawEvents() {
        return each(2, DifferentialTest::askEvents);
    }

    private static void askOverview(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var width = width(random, project, range.span());
        var earlier = earlier(random, project, range.span());
        var arguments = arguments(range, filters, earlier);
        arguments.put("interval", width.name().toLowerCase(Locale.ROOT));
        var expected = new SampleOverview(project, range.span(), filters);

        var answer = store().ask(project, "get_analytics_overview", arguments);

        var period = earlier == null ? null : earlier.period();
        compare(project, arguments, answer.get("summary"), expected.summary(period));
        compare(project, arguments, answer.get("series"), expected.series(width, period));
        var time = new CivilTime(project.zone());
        compare(project, arguments, answer.at("/meta/range"), shown(time, range.span()));
        if (period != null) {
            var span = period.span(project.now().toEpochMilli());
            compare(project, arguments, answer.at("/meta/comparedWith"), shown(time, span));
        }
    }

    private static ObjectNode shown(CivilTime time, Span span) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("start", time.shown(span.start()))
                .put("startIncluded", true)
                .put("end", time.shown(span.end()))
                .put("endIncluded", true);
    }

    private static void askPages(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var earlier = earlier(random, project, range.span());
        var arguments = arguments(range, filters, earlier);
        var sortBy = one(random, MEASURES);
        arguments.put("sortBy", sortBy);
        var expected = new SampleRanking(project, filters).pages(range.span(), earlierSpan(project, earlier), sortBy);
        comparePages(project, "get_top_pages", arguments, expected, random);
    }

    private static void askBreakdown(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var earlier = earlier(random, project, range.span());
        var arguments = arguments(range, filters, earlier);
        var sortBy = one(random, MEASURES);
        var asked = one(random, BREAKDOWNS);
        arguments.put("sortBy", sortBy).put(asked.argument(), asked.value());
        var expected = new SampleRanking(project, filters)
                .sessions(range.span(), earlierSpan(project, earlier), asked.by(), sortBy);
        comparePages(project, asked.tool(), arguments, expected, random);
    }

    /** A question about sessions by a column. */
    record AskedBreakdown(String tool, String argument, String value, SampleRanking.By by) {
        static AskedBreakdown of(String tool, String column, String prefix) {
            return new AskedBreakdown(
                    tool, "breakdown", column, new SampleRanking.By(prefix, column, "prefix", "name"));
        }

        static AskedBreakdown ofPages(String mode) {
            var by = new SampleRanking.By(mode + "_origin", mode + "_path", "origin", "path");
            return new AskedBreakdown("get_entry_exit_pages", "mode", mode, by);
        }
    }

    private static void askNames(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        boolean everything = range.startDate() == null && range.endDate() == null;
        var span = everything ? new Span(0, Long.MAX_VALUE) : range.span();
        comparePages(project, "list_event_names", arguments, new SampleEvents(project).names(span), random);
    }

    private static void askEvents(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        var columns = arguments.putArray("columns");
        SampleEvents.COLUMNS.forEach(columns::add);
        var expected = new SampleEvents(project).newestFirst(range.span(), filters);
        comparePages(project, "query_events", arguments, expected, random);
    }

    private static Width width(Random random, SampleProject project, Span span) {
        var width = one(random, List.of(Width.values()));
        return new CivilTime(project.zone()).bucketStarts(width, span).size() > MOST_BUCKETS ? Width.DAY : width;
    }
}
