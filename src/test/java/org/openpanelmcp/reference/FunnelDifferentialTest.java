package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Funnels against every way that there is. */
class FunnelDifferentialTest extends Differential {
    private static final List<String> NAMES =
            List.of("screen_view", "screen_view", "session_start", "session_end", "revenue", "click", "it's");
    private static final List<String> DIMENSIONS = List.of(
            "country",
            "path",
            "city",
            "properties.plan",
            "utm_source",
            "properties.it's \"odd\" {key}?",
            "entry_path",
            "profile.first_name",
            "profile.properties.plan",
            "group.id",
            "group.id",
            "group.name",
            "group.properties.plan");

    @TestFactory
    Stream<DynamicTest> stepsAndComparison() {
        return each(4, FunnelDifferentialTest::askSteps);
    }

    @TestFactory
    Stream<DynamicTest> breakdowns() {
        return each(3, FunnelDifferentialTest::askBreakdown);
    }

    @TestFactory
    Stream<DynamicTest> courseOverTime() {
        return each(2, FunnelDifferentialTest::askSeries);
    }

    private static void askSteps(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var earlier = earlier(random, project, range.span());
        var funnel = AskedFunnel.random(random, project, NAMES, arguments(range, List.of(), earlier));
        var sample = new SampleFunnel(project, funnel.asked());
        var answer = store().ask(project, "get_funnel", funnel.arguments());
        var expected = sample.steps(range.span(), earlierSpan(project, earlier));
        compare(project, funnel.arguments(), answer.get("steps"), expected);
    }

    private static void askBreakdown(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var funnel = AskedFunnel.random(random, project, NAMES, arguments(range, List.of(), null));
        var dimension = one(random, DIMENSIONS);
        int limit = 1 + random.nextInt(4);
        funnel.arguments().put("breakdown", dimension).put("limit", limit);
        var sample = new SampleFunnel(project, funnel.asked());
        var answer = store().ask(project, "get_funnel", funnel.arguments());
        var expected = sample.parts(range.span(), dimension, limit);
        compare(project, funnel.arguments(), answer.get("breakdown"), expected);
        assertThat(answer.get("breakdownValues").intValue()).isEqualTo(sample.values(range.span(), dimension));
    }

    private static void askSeries(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var funnel = AskedFunnel.random(random, project, NAMES, arguments(range, List.of(), null));
        var width = one(random, List.of(Width.DAY, Width.WEEK, Width.MONTH));
        funnel.arguments().put("interval", width.name().toLowerCase(java.util.Locale.ROOT));
        var answer = store().ask(project, "get_funnel", funnel.arguments());
        var expected = new SampleFunnel(project, funnel.asked()).series(range.span(), width);
        compare(project, funnel.arguments(), answer.get("series"), expected);
    }
}
