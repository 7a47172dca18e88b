package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who comes back and who stays away, against plain Java; and what must hold between the answers. */
class RetentionDifferentialTest extends Differential {
    private static final int MOST_WEEKS = 260;
    private static final int MOST_CELLS = 5_000;
    private static final List<@Nullable String> NAMES =
            Arrays.asList(null, null, "screen_view", "revenue", "it's", "session_start", "nothing");

    private static final List<@Nullable String> DIMENSIONS = Arrays.asList(
            null,
            null,
            "country",
            "properties.plan",
            "entry_path",
            "profile.properties.plan",
            "group.id",
            "group.type");

    @TestFactory
    Stream<DynamicTest> weeklyRetention() {
        return each(4, RetentionDifferentialTest::askWeekly);
    }

    @TestFactory
    Stream<DynamicTest> cohorts() {
        return each(6, RetentionDifferentialTest::askCohorts);
    }

    @TestFactory
    Stream<DynamicTest> lastSeen() {
        return each(3, RetentionDifferentialTest::askLastSeen);
    }

    @TestFactory
    Stream<DynamicTest> cellsStayWithinTheirCohortAndOnWithinOnOrAfter() {
        return eachLaw(3, RetentionDifferentialTest::checkCells);
    }

    private static ObjectNode arguments(Random random, boolean identified) {
        var arguments = AskedStore.arguments();
        if (!identified || random.nextBoolean()) {
            arguments.put("people", identified ? "identified" : "all");
        }
        return arguments;
    }

    private static void askWeekly(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        boolean identified = random.nextBoolean();
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(random, identified);
        range.writeTo(arguments);
        AskedFilters.write(filters, arguments);
        var sample = new SampleRetention(project, identified);
        var span = sample.whole(range, Width.WEEK, 12);
        if (new CivilTime(project.zone()).bucketStarts(Width.WEEK, span).size() > MOST_WEEKS) {
            return;
        }
        var answer = store().ask(project, "get_weekly_retention_series", arguments);
        compare(project, arguments, answer.get("rows"), sample.weekly(span, filters));
    }

    private static void askCohorts(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        boolean identified = random.nextBoolean();
        var arguments = arguments(random, identified);
        range.writeTo(arguments);
        var asked = cohorts(project, random);
        write(asked, arguments);
        var sample = new SampleRetention(project, identified);
        var span = sample.whole(range, asked.width(), asked.periods());
        if (tooMany(project, span, asked)) {
            return;
        }
        var dimension = one(random, DIMENSIONS);
        int most = 1 + random.nextInt(4);
        if (dimension != null) {
            arguments.put("breakdown", dimension).put("limit", most);
        }
        var answer = store().ask(project, "get_retention_cohort", arguments);
        compare(project, arguments, answer.get("rows"), sample.cohorts(span, asked));
        if (dimension != null) {
            compare(project, arguments, answer.get("breakdown"), sample.parts(span, asked, dimension, most));
        }
    }

    static boolean tooMany(SampleProject project, Span span, SampleRetention.Cohorts asked) {
        int cohorts =
                new CivilTime(project.zone()).bucketStarts(asked.width(), span).size();
        return cohorts * (asked.periods() + 1) > MOST_CELLS;
    }

    static SampleRetention.Cohorts cohorts(SampleProject project, Random random) {
        return new SampleRetention.Cohorts(
                one(random, List.of(Width.DAY, Width.WEEK, Width.WEEK, Width.MONTH)),
                1 + random.nextInt(14),
                event(project, random),
                event(project, random),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static SampleRetention.Event event(SampleProject project, Random random) {
        return new SampleRetention.Event(
                NAMES.get(random.nextInt(NAMES.size())),
                random.nextBoolean() ? List.of() : new AskedFilters(random).some(project));
    }

    static void write(SampleRetention.Cohorts asked, ObjectNode arguments) {
        arguments.put("interval", asked.width().name().toLowerCase(Locale.ROOT));
        arguments.put("periods", asked.periods());
        arguments.put("startEvent", asked.start().name());
        arguments.put("returnEvent", asked.back().name());
        arguments.put("criterion", asked.exactly() ? "on" : "on_or_after");
        arguments.put("firstSeen", asked.ever() ? "ever" : "in_range");
        AskedFilters.write(asked.start().filters(), arguments);
        var returning = arguments.putObject("returnFilters");
        asked.back().filters().forEach(filter -> filter.writeTo(returning));
    }

    private static void askLastSeen(SampleProject project, Random random) {
        boolean identified = random.nextBoolean();
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(random, identified);
        AskedFilters.write(filters, arguments);
        int days = one(random, List.of(0, 5, 60, 61, 90, 500));
        var expected = new SampleRetention(project, identified).lastSeen(days, filters);
        var answer = store().ask(project, "get_user_last_seen_distribution", arguments.put("maxDays", days));
        for (var field : expected.propertyNames()) {
            compare(project, arguments, answer.get(field), expected.get(field));
        }
    }

    private static void checkCells(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var asked = cohorts(project, random);
        var sample = new SampleRetention(project, true);
        if (tooMany(project, sample.whole(range, asked.width(), asked.periods()), asked)) {
            return;
        }
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        write(asked, arguments);
        var exactly = store().ask(project, "get_retention_cohort", arguments.put("criterion", "on"));
        var orLater = store().ask(project, "get_retention_cohort", arguments.put("criterion", "on_or_after"));
        assertThat(orLater.get("rows")).hasSameSizeAs(exactly.get("rows"));
        for (int i = 1; i < exactly.get("rows").size(); i++) {
            var strict = exactly.get("rows").get(i);
            var loose = orLater.get("rows").get(i);
            assertThat(loose.get("sum")).isEqualTo(strict.get("sum"));
            for (int k = 0; k < strict.get("values").size(); k++) {
                checkCell(strict.at("/values/" + k), loose.at("/values/" + k), loose.get("sum"));
            }
        }
    }

    private static void checkCell(JsonNode strict, JsonNode loose, JsonNode size) {
        assertThat(loose.isNull()).isEqualTo(strict.isNull());
        assertThat(strict.asLong(0)).isLessThanOrEqualTo(loose.asLong(0));
        assertThat(loose.asLong(0)).isLessThanOrEqualTo(size.longValue());
    }
}
