package org.openpanelmcp.reference;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Properties, their values, raw sessions, active people and how pages hold their readers, against plain Java. */
class DiscoveryDifferentialTest extends Differential {
    private static final List<String> KEYS =
            List.of("plan", "currency", "__title", "it's \"odd\" {key}?", "nothing", "country", "path");

    @TestFactory
    Stream<DynamicTest> properties() {
        return each(2, DiscoveryDifferentialTest::askProperties);
    }

    @TestFactory
    Stream<DynamicTest> propertyValues() {
        return each(3, DiscoveryDifferentialTest::askValues);
    }

    @TestFactory
    Stream<DynamicTest> rawSessions() {
        return each(2, DiscoveryDifferentialTest::askSessions);
    }

    @TestFactory
    Stream<DynamicTest> activePeople() {
        return each(3, DiscoveryDifferentialTest::askActivePeople);
    }

    @TestFactory
    Stream<DynamicTest> pagePerformance() {
        return each(3, DiscoveryDifferentialTest::askPerformance);
    }

    private static Span span(AskedRange range) {
        boolean everything = range.startDate() == null && range.endDate() == null;
        return everything ? new Span(0, Long.MAX_VALUE) : range.span();
    }

    private static void askProperties(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        var event = random.nextBoolean() ? "" : one(random, List.of("screen_view", "it's", "nothing"));
        boolean internal = random.nextBoolean();
        arguments.put("eventName", event).put("internal", internal);
        var expected = new SampleProperties(project).pairs(span(range), event, internal);
        comparePages(project, "list_event_properties", "properties", arguments, expected, random);
    }

    private static void askValues(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random)
                .some(project).stream()
                        .filter(filter -> !filter.dimension().equals("name"))
                        .toList();
        var arguments = arguments(range, filters, null);
        var event = random.nextBoolean() ? "" : one(random, List.of("screen_view", "click", "it's"));
        var key = one(random, KEYS);
        boolean newest = random.nextBoolean();
        arguments.put("eventName", event).put("propertyKey", key).put("sortBy", newest ? "last_seen" : "count");
        var expected = new SampleProperties(project).values(span(range), event, key, filters, newest);
        comparePages(project, "get_event_property_values", arguments, expected, random);
    }

    private static void askSessions(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        var columns = arguments.putArray("columns");
        SampleSessions.COLUMNS.forEach(columns::add);
        var expected = new SampleSessions(project).newestFirst(range.span(), filters);
        comparePages(project, "query_sessions", arguments, expected, random);
    }

    private static void askActivePeople(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        int days = one(random, List.of(1, 2, 7, 30, 90));
        boolean identified = random.nextBoolean();
        arguments.put("days", days).put("people", identified ? "identified" : "all");
        var time = new CivilTime(project.zone());
        if (time.dayOf(range.span().end()).toEpochDay()
                        - time.dayOf(range.span().start()).toEpochDay()
                >= 800) {
            return;
        }
        var expected = new SampleActivity(project).perDay(range.span(), days, identified, filters);
        ObjectNode answer = store().ask(project, "get_rolling_active_users", arguments);
        compare(project, arguments, answer.get("series"), expected);
    }

    private static void askPerformance(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        var sortBy = one(random, List.of("sessions", "visitors", "pageviews", "bounce_rate", "avg_duration"));
        boolean ascending = random.nextBoolean();
        var search = one(random, List.of("", "", "/a", "B_", "å", "%", "it's"));
        int fewest = random.nextInt(3);
        arguments.put("sortBy", sortBy).put("sortOrder", ascending ? "asc" : "desc");
        arguments.put("search", search).put("minSessions", fewest);
        var expected = new SamplePerformance(project, filters).pages(range.span(), search, fewest, sortBy, ascending);
        comparePages(project, "get_page_performance", "pages", arguments, expected, random);
    }
}
