package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How engaged people are, against plain Java; and what must hold between the figures. */
class EngagementDifferentialTest extends Differential {
    private static final int MOST_DAYS = 800;

    @TestFactory
    Stream<DynamicTest> engagement() {
        return each(4, EngagementDifferentialTest::askEngagement);
    }

    @TestFactory
    Stream<DynamicTest> newPeopleOfTheBucketsAreThoseOfTheRange() {
        return eachLaw(2, EngagementDifferentialTest::checkNewPeople);
    }

    private static void askEngagement(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var earlier = earlier(random, project, range.span());
        var width = one(random, List.of(Width.DAY, Width.WEEK, Width.MONTH));
        var arguments = arguments(range, filters, earlier);
        arguments.put("interval", width.name().toLowerCase(Locale.ROOT));
        if (tooLong(project, range.span())) {
            return;
        }
        var expected = new SampleEngagement(project, range.span(), filters);
        var answer = store().ask(project, "get_engagement_metrics", arguments);
        var period = earlier == null ? null : earlier.period();
        compare(project, arguments, answer.get("summary"), expected.summary(period));
        compare(project, arguments, answer.get("series"), expected.series(width, period));
        var before = earlierSpan(project, earlier);
        var now = expected.stickiness(range.span());
        compareStickiness(project, arguments, answer, now, before == null ? null : expected.stickiness(before));
    }

    private static boolean tooLong(SampleProject project, Span span) {
        var time = new CivilTime(project.zone());
        return time.dayOf(span.end()).toEpochDay() - time.dayOf(span.start()).toEpochDay() >= MOST_DAYS;
    }

    private static void compareStickiness(
            SampleProject project,
            ObjectNode arguments,
            ObjectNode answer,
            @Nullable Figures now,
            @Nullable Figures before) {
        var expected = JsonNodeFactory.instance.objectNode();
        if (now != null) {
            now.writeTo(expected, before);
        } else if (before != null) {
            before.writeTo(expected.putObject("previous"), null);
        }
        var actual = JsonNodeFactory.instance.objectNode();
        if (answer.get("stickiness") instanceof ObjectNode figures) {
            actual.setAll(figures);
        }
        copy(answer, "previous_stickiness", actual, "previous");
        copy(answer, "stickiness_change", actual, "change");
        compare(project, arguments, actual, expected);
    }

    private static void copy(ObjectNode from, String field, ObjectNode to, String name) {
        var value = from.get(field);
        if (value != null) {
            to.set(name, value);
        }
    }

    private static void checkNewPeople(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        if (tooLong(project, range.span())) {
            return;
        }
        var arguments = arguments(range, List.of(), null).put("interval", one(random, List.of("day", "week", "month")));
        var answer = store().ask(project, "get_engagement_metrics", arguments);
        long sum = 0;
        for (var bucket : answer.get("series")) {
            sum += bucket.get("new_users").longValue();
            checkParts(bucket);
        }
        checkParts(answer.get("summary"));
        assertThat(sum).isEqualTo(answer.at("/summary/new_users").longValue());
        var overview = AskedStore.arguments();
        range.writeTo(overview);
        var visitors = store().ask(project, "get_analytics_overview", overview).at("/summary/unique_visitors");
        assertThat(answer.at("/summary/active_users")).isEqualTo(visitors);
    }

    private static void checkParts(JsonNode figures) {
        long returning = figures.get("returning_users").longValue();
        assertThat(returning).isNotNegative();
        assertThat(figures.get("new_users").longValue() + returning)
                .isEqualTo(figures.get("active_users").longValue());
        assertThat(figures.get("engaged_sessions").longValue())
                .isLessThanOrEqualTo(figures.get("sessions").longValue());
    }
}
