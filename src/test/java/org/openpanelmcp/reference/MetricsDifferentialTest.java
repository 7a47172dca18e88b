package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Any measures by any dimensions, against plain Java. */
class MetricsDifferentialTest extends Differential {
    @TestFactory
    Stream<DynamicTest> metrics() {
        return each(6, MetricsDifferentialTest::askMetrics);
    }

    @TestFactory
    Stream<DynamicTest> people() {
        return each(3, MetricsDifferentialTest::askPeople);
    }

    /** Who is behind a row: exactly those whom plain Java counts there. */
    private static void askPeople(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var asked = AskedMetrics.asked(project, random);
        var arguments = AskedMetrics.arguments(range, asked, null);
        if (asked.groupBy().contains("hour") || sessionsAfterEvents(project)) {
            return;
        }
        var answer = store().ask(project, "query_metrics", arguments);
        var rows = answer.get("rows");
        if (rows.isEmpty()) {
            return;
        }
        var row = rows.get(random.nextInt(rows.size()));
        for (var measure : asked.measures()) {
            var choice = PeopleBehindDifferentialTest.choice(random, "query_metrics", arguments, answer);
            choice.put("figure", measure).put("limit", 1);
            if (!asked.groupBy().isEmpty()) {
                choice.set("row", row.get("group"));
            }
            long people = store().ask(project, "list_people", choice)
                    .at("/meta/total")
                    .longValue();
            if (measure.equals("visitors") || measure.startsWith("people")) {
                assertThat(people)
                        .as("%s, %s", project.title(), choice)
                        .isEqualTo(row.get("values").get(measure).longValue());
            }
        }
    }

    /** Imports never hold such sessions; an unfinished range is frozen at the newest event. */
    private static boolean sessionsAfterEvents(SampleProject project) {
        long newest = project.events().stream().mapToLong(SampleEvent::at).max().orElse(Long.MIN_VALUE);
        return project.sessions().stream().anyMatch(session -> session.at() > newest);
    }

    private static void askMetrics(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var asked = AskedMetrics.asked(project, random);
        var earlier = earlier(random, project, range.span());
        if (asked.groupBy().contains("hour")
                && range.span().end() - range.span().start() > 60L * 86_400_000) {
            return;
        }
        var arguments = AskedMetrics.arguments(range, asked, earlier);
        var order = AskedMetrics.order(asked, random);
        order.writeTo(arguments);
        var answer = store().ask(project, "query_metrics", arguments);
        var expected = new SampleMetricsAnswer(project, asked, range.span(), earlier == null ? null : earlier.period());
        compare(project, arguments, answer.get("rows"), expected.rows(order));
        compareSums(project, arguments, answer.get("other"), expected.other(order));
        compareSums(project, arguments, answer.get("totals"), asked.groupBy().isEmpty() ? null : expected.totals());
    }

    private static void compareSums(
            SampleProject project, ObjectNode arguments, @Nullable JsonNode actual, @Nullable JsonNode expected) {
        JsonNode nothing = JsonNodeFactory.instance.nullNode();
        compare(project, arguments, actual == null ? nothing : actual, expected == null ? nothing : expected);
    }
}
