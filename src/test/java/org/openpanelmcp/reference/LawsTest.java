package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must hold between answers, whatever the data: sums, negations, and that other rows change nothing. */
class LawsTest extends Differential {
    private static final List<String> ADDITIVE = List.of("total_sessions", "total_screen_views", "total_revenue");
    private static final List<Asked> BREAKDOWNS = List.of(
            new Asked("get_country_breakdown", "breakdown", "country"),
            new Asked("get_country_breakdown", "breakdown", "region"),
            new Asked("get_country_breakdown", "breakdown", "city"),
            new Asked("get_device_breakdown", "breakdown", "browser_version"),
            new Asked("get_top_referrers", "breakdown", "referrer_type"),
            new Asked("get_top_referrers", "breakdown", "utm_content"),
            new Asked("get_entry_exit_pages", "mode", "entry"),
            new Asked("get_entry_exit_pages", "mode", "exit"));

    @TestFactory
    Stream<DynamicTest> theTwoPartsOfARangeAddUpToIt() {
        return each((project, random) -> {
            var days = days(random, project);
            var time = new CivilTime(project.zone());
            var middle = days.first().plusDays(random.nextInt(days.count()));
            var whole = summary(
                    project, AskedRange.ofDays(time, days.first(), days.last().plusDays(1)));
            var before = summary(project, AskedRange.ofDays(time, days.first(), middle));
            var after = summary(
                    project,
                    AskedRange.ofDays(time, middle.plusDays(1), days.last().plusDays(1)));
            for (var figure : ADDITIVE) {
                assertThat(before.get(figure).longValue() + after.get(figure).longValue())
                        .as("%s of %s, split after %s", figure, days, middle)
                        .isEqualTo(whole.get(figure).longValue());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> bucketsAddUpToTheWhole() {
        return each((project, random) -> {
            for (var interval : List.of("hour", "day", "week", "month")) {
                var arguments = arguments(project, days(random, project));
                arguments.put("interval", interval);
                var answer = store().ask(project, "get_analytics_overview", arguments);
                for (var figure : ADDITIVE) {
                    assertThat(sum(answer.get("series"), figure))
                            .as("%s by %s, %s", figure, interval, arguments)
                            .isEqualTo(answer.at("/summary/" + figure).longValue());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> breakdownsAddUpToTheOverview() {
        return each((project, random) -> {
            var arguments = arguments(project, days(random, project));
            var filters = new AskedFilters(random).some(project);
            AskedFilters.write(filters, arguments);
            var summary =
                    store().ask(project, "get_analytics_overview", arguments).get("summary");
            for (var breakdown : BREAKDOWNS) {
                var asked = arguments.deepCopy().put(breakdown.argument(), breakdown.value());
                var rows = rows(project, breakdown.tool(), "rows", asked);
                assertThat(sum(rows, "sessions"))
                        .isEqualTo(summary.get("total_sessions").longValue());
                assertThat(sum(rows, "pageviews"))
                        .isEqualTo(summary.get("total_screen_views").longValue());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> pagesAddUpToThePageViews() {
        return each((project, random) -> {
            var days = days(random, project);
            var arguments = arguments(project, days).put("limit", 500);
            var views = total(project, days, Map.of("name", "screen_view"))
                    - total(project, days, Map.of("name", "screen_view", "path", ""));
            var top = store().ask(project, "get_top_pages", arguments).get("rows");
            var performance =
                    store().ask(project, "get_page_performance", arguments).get("pages");
            assertThat(sum(top, "pageviews")).isEqualTo(views);
            assertThat(sum(performance, "pageviews")).isEqualTo(views);
            assertThat(figures(performance, "sessions", "visitors"))
                    .containsExactlyInAnyOrderElementsOf(figures(top, "sessions", "visitors"));
        });
    }

    @TestFactory
    Stream<DynamicTest> propertiesAndTheirValuesAgreeWithTheEvents() {
        return each((project, random) -> {
            var range = arguments(project, days(random, project));
            var names =
                    store().ask(project, "list_event_names", range.deepCopy().put("limit", 500));
            for (var named : names.get("rows")) {
                var name = named.get("name").stringValue();
                var asked = range.deepCopy().put("eventName", name).put("limit", 500);
                for (var property :
                        store().ask(project, "list_event_properties", asked).get("properties")) {
                    var values = store().ask(
                                    project,
                                    "get_event_property_values",
                                    asked.deepCopy()
                                            .put(
                                                    "propertyKey",
                                                    property.get("property_key").stringValue()));
                    assertThat(sum(values.get("rows"), "count"))
                            .isLessThanOrEqualTo(property.get("count").longValue());
                    assertThat(property.get("count").longValue())
                            .isLessThanOrEqualTo(named.get("count").longValue());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aLongerWindowHoldsNoFewerPeople() {
        return each((project, random) -> {
            var range = arguments(project, days(random, project));
            var filters = new AskedFilters(random).some(project);
            AskedFilters.write(filters, range);
            var shorter = store().ask(
                            project,
                            "get_rolling_active_users",
                            range.deepCopy().put("days", 2));
            var longer = store().ask(
                            project,
                            "get_rolling_active_users",
                            range.deepCopy().put("days", 9));
            var identified = store().ask(
                            project,
                            "get_rolling_active_users",
                            range.deepCopy().put("days", 9).put("people", "identified"));
            for (int i = 0; i < shorter.get("series").size(); i++) {
                assertThat(users(longer, i)).isGreaterThanOrEqualTo(users(shorter, i));
                assertThat(users(longer, i)).isGreaterThanOrEqualTo(users(identified, i));
            }
        });
    }

    private static long users(JsonNode answer, int day) {
        return answer.get("series").get(day).get("users").longValue();
    }

    private static List<String> figures(JsonNode rows, String... names) {
        return rows.valueStream()
                .map(row ->
                        Stream.of(names).map(name -> row.get(name).toString()).collect(Collectors.joining(" ")))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> aFilterAndItsNegationShareOutAllRows() {
        return each((project, random) -> {
            var days = days(random, project);
            var country = AskedFilters.plain(
                    project.events().isEmpty()
                            ? "SE"
                            : project.events().getFirst().text("country"));
            for (var value : List.of(country, "S*", "*", "*E")) {
                long all = total(project, days, Map.of());
                long matching = total(project, days, Map.of("country", value));
                long others = total(project, days, Map.of("country", "!" + value));
                assertThat(matching + others).as("country %s, %s", value, days).isEqualTo(all);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> ratesStayWithinTheirBounds() {
        return each((project, random) -> {
            var answer = store().ask(project, "get_analytics_overview", arguments(project, days(random, project)));
            var all = new ArrayList<JsonNode>(List.of(answer.get("summary")));
            answer.get("series").forEach(all::add);
            for (var figures : all) {
                assertThat(figures.get("bounce_rate").doubleValue()).isBetween(0.0, 100.0);
                assertThat(figures.get("unique_visitors").longValue())
                        .isLessThanOrEqualTo(figures.get("total_sessions").longValue());
            }
        });
    }

    @Test
    void rowsOutsideTheRangeAndOfOtherProjectsChangeNothing(@TempDir Path other) throws IOException {
        var project = sets().projects().getFirst();
        var days = days(new Random(1), project);
        var time = new CivilTime(project.zone());
        long outside = time.firstMoment(days.last().plusDays(3));
        var events = new ArrayList<>(project.events());
        var columns =
                Map.of("name", "screen_view", "path", "/a", "session_id", "s1", "device_id", "d1", "country", "SE");
        events.add(new SampleEvent(new UUID(7777, 7777), outside, columns, Map.of(), 0, 0));
        var sessions = new ArrayList<>(project.sessions());
        sessions.add(new SampleSession("later", outside, 5, false, 3, 100, Map.of("country", "SE")));
        var changed = new SampleProject(
                project.seed(),
                project.organizationId(),
                project.id(),
                project.zone(),
                project.now(),
                events,
                sessions,
                project.people());
        try (var alone = AskedStore.load(Files.createDirectory(other.resolve("data")), List.of(changed))) {
            for (var tool :
                    List.of("get_analytics_overview", "get_top_pages", "get_country_breakdown", "query_events")) {
                var arguments = arguments(project, days);
                assertThat(withoutWhatIsOfTheMoment(alone.ask(changed, tool, arguments)))
                        .as(tool)
                        .isEqualTo(withoutWhatIsOfTheMoment(store().ask(project, tool, arguments)));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> foreignProjectsAreNotFound() {
        return each((project, random) -> {
            var projects = sets().projects();
            var foreign = projects.get((projects.indexOf(project) + 1) % projects.size());
            var arguments = AskedStore.arguments().put("projectId", foreign.id());
            var answer = store().answer(project, false, "get_analytics_overview", arguments);
            var content = answer.structured();
            assertThat(answer.isError()).isTrue();
            assertThat(content == null ? "" : content.at("/error/code").asString())
                    .isEqualTo("not_found");
        });
    }

    private static String withoutWhatIsOfTheMoment(ObjectNode answer) {
        ((ObjectNode) answer.get("meta")).remove(List.of("freshness", "handle"));
        return Canonical.text(answer);
    }

    private record Asked(String tool, String argument, String value) {}

    private record Days(LocalDate first, LocalDate last) {
        int count() {
            return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
        }
    }

    /** At most 80 days, so that there are not too many hours. */
    private static Days days(Random random, SampleProject project) {
        var time = new CivilTime(project.zone());
        var first = time.dayOf(AskedRange.moment(random, project)).minusDays(random.nextInt(3));
        // A day that the zone left out is no range of its own.
        var existing = time.exists(first) ? first : first.minusDays(1);
        return new Days(existing, existing.plusDays(1 + random.nextInt(79)));
    }

    private static ObjectNode arguments(SampleProject project, Days days) {
        var arguments = AskedStore.arguments();
        AskedRange.ofDays(new CivilTime(project.zone()), days.first(), days.last())
                .writeTo(arguments);
        return arguments;
    }

    private static JsonNode summary(SampleProject project, AskedRange range) {
        var arguments = AskedStore.arguments();
        range.writeTo(arguments);
        return store().ask(project, "get_analytics_overview", arguments).get("summary");
    }

    private static long total(SampleProject project, Days days, Map<String, String> filter) {
        var arguments = arguments(project, days);
        var filters = arguments.putObject("filters");
        filter.forEach(filters::put);
        return store().ask(project, "query_events", arguments.put("limit", 1))
                .at("/meta/total")
                .longValue();
    }

    private static long sum(JsonNode rows, String figure) {
        long sum = 0;
        for (var row : rows) {
            sum += row.get(figure).longValue();
        }
        return sum;
    }

    /** Laws ask more than comparisons do: a quarter of the sets. */
    private static Stream<DynamicTest> each(BiConsumer<SampleProject, Random> law) {
        var all = sets().projects();
        return sets().each(
                        all.subList(0, Math.max(1, all.size() / 4)),
                        project -> law.accept(project, new Random(project.seed())));
    }
}
