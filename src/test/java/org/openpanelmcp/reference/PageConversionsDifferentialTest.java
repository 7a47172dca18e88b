package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pages before a conversion, against every pair of view and conversion, and what must hold between such answers. */
class PageConversionsDifferentialTest extends Differential {
    private static final long HOUR = 3_600_000;
    private static final List<String> EVENTS = List.of("revenue", "click", "it's", "screen_view", "nothing");

    @TestFactory
    Stream<DynamicTest> pages() {
        return each(4, PageConversionsDifferentialTest::ask);
    }

    @TestFactory
    Stream<DynamicTest> noTouchIsLostInAWiderWindowAndAnyHoldsFirstAndLast() {
        return eachLaw(2, PageConversionsDifferentialTest::compareAnswers);
    }

    private static void ask(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        boolean people = random.nextBoolean();
        int hours = one(random, List.of(1, 2, 24, 720));
        var asked = new SamplePageConversions.Asked(
                one(random, EVENTS),
                hours * HOUR,
                people ? "profile_id" : "session_id",
                one(random, List.of("any", "first", "last")),
                filters,
                random.nextInt(3),
                one(random, List.of("unique_converters", "total_visitors", "conversion_rate")));
        arguments.put("conversionEvent", asked.event()).put("windowHours", hours);
        arguments.put("unit", people ? "people" : "sessions").put("attribution", asked.attribution());
        arguments.put("minVisitors", asked.fewest()).put("sortBy", asked.sortBy());
        var expected = new SamplePageConversions(project, asked).pages(range.span());
        comparePages(project, "get_page_conversions", "pages", arguments, expected, random);
    }

    private static void compareAnswers(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var arguments = arguments(range, List.of(), null).put("limit", 500);
        arguments.put("conversionEvent", "revenue").put("windowHours", 2);
        var any = converters(project, arguments);
        var wider = converters(project, arguments.deepCopy().put("windowHours", 48));
        any.forEach((page, count) -> assertThat(wider.getOrDefault(page, 0L))
                .as("%s, %s", page, arguments)
                .isGreaterThanOrEqualTo(count));
        for (var attribution : List.of("first", "last")) {
            converters(project, arguments.deepCopy().put("attribution", attribution))
                    .forEach((page, count) ->
                            assertThat(count).isPositive().isLessThanOrEqualTo(any.getOrDefault(page, 0L)));
        }
    }

    private static Map<String, Long> converters(SampleProject project, ObjectNode arguments) {
        var converters = new HashMap<String, Long>();
        for (var page : store().ask(project, "get_page_conversions", arguments).get("pages")) {
            long count = page.get("unique_converters").longValue();
            assertThat(count).isLessThanOrEqualTo(page.get("total_visitors").longValue());
            converters.put(page.get("origin") + " " + page.get("path"), count);
        }
        return converters;
    }
}
