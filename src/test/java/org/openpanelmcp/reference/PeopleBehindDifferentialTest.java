package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who is behind each number, against plain Java; the list is as long as the number wherever that counts people. */
class PeopleBehindDifferentialTest extends Differential {
    @TestFactory
    Stream<DynamicTest> cellsOfCohorts() {
        return each(2, PeopleBehindDifferentialTest::askCohorts);
    }

    @TestFactory
    Stream<DynamicTest> lastSeen() {
        return each(1, PeopleBehindDifferentialTest::askLastSeen);
    }

    @TestFactory
    Stream<DynamicTest> pagesBeforeConversions() {
        return each(2, PeopleBehindDifferentialTest::askConversions);
    }

    @TestFactory
    Stream<DynamicTest> rowsOfBreakdowns() {
        return each(2, PeopleBehindDifferentialTest::askBreakdown);
    }

    @TestFactory
    Stream<DynamicTest> viewersOfPages() {
        return each(1, PeopleBehindDifferentialTest::askPages);
    }

    /** The arguments that choose a number, by the handle of the answer or by the arguments themselves. */
    static ObjectNode choice(Random random, String tool, ObjectNode arguments, JsonNode answer) {
        var choice = AskedStore.arguments();
        if (random.nextBoolean()) {
            return choice.put("handle", answer.at("/meta/handle").stringValue());
        }
        choice.put("tool", tool).set("arguments", arguments);
        return choice;
    }

    static void check(SampleProject project, ObjectNode choice, Set<String> people, Random random) {
        comparePages(project, "list_people", choice, new SampleBehind(project).rows(people), random);
    }

    private static void askCohorts(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        boolean identified = random.nextBoolean();
        var arguments = AskedStore.arguments().put("people", identified ? "identified" : "all");
        range.writeTo(arguments);
        var asked = RetentionDifferentialTest.cohorts(project, random);
        RetentionDifferentialTest.write(asked, arguments);
        var sample = new SampleRetention(project, identified);
        var span = sample.whole(range, asked.width(), asked.periods());
        if (RetentionDifferentialTest.tooMany(project, span, asked)) {
            return;
        }
        var rows = store().ask(project, "get_retention_cohort", arguments);
        var time = new CivilTime(project.zone());
        for (var row : rows.get("rows")) {
            var name = row.get("cohort_interval").stringValue();
            int complete = row.get("complete_periods").intValue();
            if (!name.equals("Weighted Average")) {
                var choice = choice(random, "get_retention_cohort", arguments, rows);
                choice.putObject("row").put("cohort_interval", name);
                var period = complete == 0 || random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(complete));
                choice.put("period", period);
                long bucket = time.bucketStarts(asked.width(), span).stream()
                        .filter(start -> time.dayOf(start).toString().equals(name))
                        .findFirst()
                        .orElseThrow();
                var people = sample.members(span, asked, bucket, period);
                assertThat(people)
                        .as("%s, %s", project.title(), choice)
                        .hasSize((period == null
                                        ? row.get("sum")
                                        : row.get("values").get(period))
                                .intValue());
                check(project, choice, people, random);
            }
        }
    }

    private static void askLastSeen(SampleProject project, Random random) {
        boolean identified = random.nextBoolean();
        var filters = new AskedFilters(random).some(project);
        int most = one(random, List.of(0, 5, 60, 61, 90, 500));
        var arguments = AskedStore.arguments()
                .put("people", identified ? "identified" : "all")
                .put("maxDays", most);
        AskedFilters.write(filters, arguments);
        var answer = store().ask(project, "get_user_last_seen_distribution", arguments);
        var daysAgo = new SampleRetention(project, identified).daysAgo(filters);
        for (var day : answer.get("distribution")) {
            long days = day.get("days").longValue();
            var choice = choice(random, "get_user_last_seen_distribution", arguments, answer);
            choice.putObject("row").put("days", days);
            checkLastSeen(project, choice, ago(daysAgo, days, days), day.get("users"), random);
        }
        Map.of(
                        "total_identified_users", new Span(0, Long.MAX_VALUE),
                        "active_last_7_days", new Span(0, 7),
                        "active_8_to_14_days", new Span(8, 14),
                        "active_15_to_30_days", new Span(15, 30),
                        "inactive_31_to_60_days", new Span(31, 60),
                        "churned_60_plus_days", new Span(61, Long.MAX_VALUE))
                .forEach((figure, span) -> checkLastSeen(
                        project,
                        choice(random, "get_user_last_seen_distribution", arguments, answer)
                                .put("figure", figure),
                        ago(daysAgo, span.start(), span.end()),
                        answer.at("/summary/" + figure),
                        random));
        checkLastSeen(
                project,
                choice(random, "get_user_last_seen_distribution", arguments, answer)
                        .put("figure", "older_users"),
                ago(daysAgo, most + 1L, Long.MAX_VALUE),
                answer.get("older_users"),
                random);
    }

    private static Set<String> ago(Map<String, Long> daysAgo, long least, long most) {
        return daysAgo.entrySet().stream()
                .filter(person -> person.getValue() >= least && person.getValue() <= most)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void checkLastSeen(
            SampleProject project, ObjectNode choice, Set<String> people, JsonNode number, Random random) {
        assertThat(people).as("%s, %s", project.title(), choice).hasSize(number.intValue());
        check(project, choice, people, random);
    }

    private static void askConversions(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        boolean people = random.nextBoolean();
        int hours = one(random, List.of(1, 24, 720));
        var asked = new SamplePageConversions.Asked(
                one(random, List.of("revenue", "click", "it's")),
                hours * 3_600_000L,
                people ? "profile_id" : "session_id",
                one(random, List.of("any", "first", "last")),
                filters,
                0,
                "unique_converters");
        arguments.put("conversionEvent", asked.event()).put("windowHours", hours);
        arguments.put("unit", people ? "people" : "sessions").put("attribution", asked.attribution());
        var answer = store().ask(project, "get_page_conversions", arguments);
        var behind = new SampleBehind(project);
        var sample = new SamplePageConversions(project, asked);
        for (var page : answer.get("pages")) {
            var figure = one(random, List.of("unique_converters", "total_visitors"));
            var choice =
                    choice(random, "get_page_conversions", arguments, answer).put("figure", figure);
            var row = choice.putObject("row");
            row.set("origin", page.get("origin"));
            row.set("path", page.get("path"));
            var units = sample.units(
                    behind.cut(range.span()),
                    page.get("origin").asString(""),
                    page.get("path").stringValue(),
                    figure.equals("unique_converters"));
            assertThat(units)
                    .as("%s, %s", project.title(), choice)
                    .hasSize(page.get(figure).intValue());
            check(project, choice, people ? units : behind.ofSessions(units), random);
        }
    }

    private static void askBreakdown(SampleProject project, Random random) {
        var asked = one(random, DifferentialTest.BREAKDOWNS);
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null).put(asked.argument(), asked.value());
        var answer = store().ask(project, asked.tool(), arguments);
        var span = new SampleBehind(project).cut(range.span());
        boolean cutOff = project.sessions().stream()
                .anyMatch(session -> range.span().holds(session.at()) && !span.holds(session.at()));
        int rows = 0;
        for (var row : answer.get("rows")) {
            if (rows++ == 5) {
                break;
            }
            var by = asked.by();
            var key = new SampleRanking.Key(
                    row.path(by.prefixLabel()).asString(""), row.get(by.label()).asString(""));
            var people = new SampleBehind(project).ofRow(span, filters, by, key);
            var choice = choice(random, asked.tool(), arguments, answer);
            copy(row, choice.putObject("row"), by.prefixLabel(), by.label());
            if (cutOff) {
                // Rows of sessions that begin after the newest event: nothing that is ever stored.
                continue;
            }
            assertThat(people)
                    .as("%s, %s", project.title(), choice)
                    .hasSize(row.get("visitors").intValue());
            check(project, choice, people, random);
        }
    }

    private static void askPages(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var filters = new AskedFilters(random).some(project);
        var arguments = arguments(range, filters, null);
        var answer = store().ask(project, "get_top_pages", arguments);
        var behind = new SampleBehind(project);
        int rows = 0;
        for (var row : answer.get("rows")) {
            if (rows++ < 4) {
                var choice = choice(random, "get_top_pages", arguments, answer);
                copy(row, choice.putObject("row"), "origin", "path");
                var key = new SampleRanking.Key(
                        row.get("origin").asString(""), row.get("path").stringValue());
                var people = behind.ofPage(behind.cut(range.span()), filters, key);
                assertThat(people)
                        .as("%s, %s", project.title(), choice)
                        .hasSize(row.get("visitors").intValue());
                check(project, choice, people, random);
            }
        }
    }

    private static void copy(JsonNode row, ObjectNode name, String... fields) {
        for (var field : fields) {
            name.set(field, row.get(field));
        }
    }
}
