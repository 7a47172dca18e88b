package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools against plain Java on random data: every set is a project of one store, and each is asked random questions.
 * {@code -Ddifferential.sets=N} says how many sets.
 */
class DifferentialTest {
    private static final List<String> MEASURES = List.of("sessions", "visitors", "pageviews", "revenue");
    private static final int MOST_BUCKETS = 2_000;

    @TempDir
    static Path folder;

    private static List<SampleProject> projects = List.of();
    private static @Nullable AskedStore opened;

    @BeforeAll
    static void load() throws IOException {
        projects = LongStream.range(0, Integer.getInteger("differential.sets", 50))
                .mapToObj(seed -> new ProjectGenerator(seed).generate())
                .toList();
        opened = AskedStore.load(folder, projects);
    }

    @AfterAll
    static void close() {
        store().close();
    }

    private static AskedStore store() {
        var store = opened;
        if (store == null) {
            throw new IllegalStateException("not loaded");
        }
        return store;
    }

    @TestFactory
    Stream<DynamicTest> overview() {
        return each(3, DifferentialTest::askOverview);
    }

    @TestFactory
    Stream<DynamicTest> topPages() {
        return each(2, DifferentialTest::askPages);
    }

    @TestFactory
    Stream<DynamicTest> places() {
        return each(2, DifferentialTest::askPlaces);
    }

    @TestFactory
    Stream<DynamicTest> eventNames() {
        return each(1, DifferentialTest::askNames);
    }

    @TestFactory
    Stream<DynamicTest> rawEvents() {
        return each(2, DifferentialTest::askEvents);
    }

    @FunctionalInterface
    private interface Question {
        void ask(SampleProject project, Random random);
    }

    private static Stream<DynamicTest> each(int times, Question question) {
        return projects.stream()
                .map(project -> DynamicTest.dynamicTest(project.title(), () -> {
                    var random = new Random(project.seed());
                    for (int i = 0; i < times; i++) {
                        question.ask(project, random);
                    }
                }));
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

    private static void askPlaces(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var earlier = earlier(random, project, range.span());
        var arguments = arguments(range, filters, earlier);
        var sortBy = one(random, MEASURES);
        var column = one(random, List.of("country", "region", "city"));
        arguments.put("sortBy", sortBy).put("breakdown", column);
        var expected =
                new SampleRanking(project, filters).places(range.span(), earlierSpan(project, earlier), column, sortBy);
        comparePages(project, "get_country_breakdown", arguments, expected, random);
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

    /** The whole list in one page or page by page, and its length. */
    private static void comparePages(
            SampleProject project, String tool, ObjectNode arguments, ArrayNode expected, Random random) {
        var all = JsonNodeFactory.instance.arrayNode();
        boolean wholePages = random.nextBoolean();
        @Nullable String cursor = null;
        do {
            var asked = arguments.deepCopy();
            asked.put("limit", wholePages ? 100 : 1 + random.nextInt(40));
            if (cursor != null) {
                asked.put("cursor", cursor);
            }
            var answer = store().ask(project, tool, asked);
            answer.get("rows").forEach(all::add);
            assertThat(answer.at("/meta/total").longValue())
                    .as("total: %s, %s", project.title(), asked)
                    .isEqualTo(expected.size());
            cursor = answer.at("/meta/nextCursor").asString(null);
            assertThat(answer.at("/meta/truncated").booleanValue()).isEqualTo(cursor != null);
        } while (cursor != null && all.size() <= expected.size());
        compare(project, arguments, all, expected);
    }

    private static void compare(SampleProject project, ObjectNode arguments, JsonNode actual, JsonNode expected) {
        assertThat(Canonical.text(actual))
                .as("%s, %s", project.title(), arguments)
                .isEqualTo(Canonical.text(expected));
    }

    private static ObjectNode arguments(
            AskedRange range, List<SampleFilter> filters, @Nullable AskedComparison earlier) {
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        AskedFilters.write(filters, arguments);
        if (earlier != null) {
            arguments.put("compare", earlier.name());
        }
        return arguments;
    }

    private record AskedComparison(String name, EarlierPeriod period) {}

    private static @Nullable AskedComparison earlier(Random random, SampleProject project, Span span) {
        boolean yearly = random.nextBoolean();
        var period = new EarlierPeriod(new CivilTime(project.zone()), span, yearly);
        return random.nextBoolean() || period.meetsDayThatNeverWas(project.now().toEpochMilli())
                ? null
                : new AskedComparison(yearly ? "previous_year" : "previous_period", period);
    }

    private static @Nullable Span earlierSpan(SampleProject project, @Nullable AskedComparison earlier) {
        return earlier == null ? null : earlier.period().span(project.now().toEpochMilli());
    }

    private static Width width(Random random, SampleProject project, Span span) {
        var width = one(random, List.of(Width.values()));
        return new CivilTime(project.zone()).bucketStarts(width, span).size() > MOST_BUCKETS ? Width.DAY : width;
    }

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
