package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** However much is asked for, an answer has room in a model's context, says what it leaves out, and how to get it. */
class LongAnswersTest {
    private static final int MOST_TOKENS = 25_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Encoding REAL = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final String DAYS = "\"startDate\":\"2024-01-01\",\"endDate\":\"2024-03-08\"";
    private static final String FUNNEL = "{\"steps\":[" + "\"screen_view\",".repeat(9) + "\"screen_view\"],"
            + "\"breakdown\":\"browser\",\"interval\":\"hour\"," + DAYS + "}";

    /** What makes the answers of tools longest, beside the greatest numbers. */
    private static final Map<String, String> LONGEST = Map.ofEntries(
            Map.entry("get_funnel", FUNNEL),
            Map.entry("get_retention_cohort", "{\"interval\":\"day\",\"periods\":68," + DAYS + "}"),
            Map.entry("find_profiles", "{\"performedEvent\":\"screen_view\"," + DAYS + "}"),
            Map.entry("get_profile", "{\"profileId\":\"" + LongProject.BUSY + "\"}"),
            Map.entry("get_profile_sessions", "{\"profileId\":\"" + LongProject.BUSY + "\"}"),
            Map.entry("get_profile_metrics", "{\"profileId\":\"" + LongProject.BUSY + "\"}"),
            Map.entry("get_group", "{\"groupId\":\"" + LongProject.GROUP + "\"," + DAYS + "}"),
            Map.entry("get_country_breakdown", "{\"breakdown\":\"city\",\"compare\":\"previous_period\"," + DAYS + "}"),
            Map.entry("get_device_breakdown", "{\"breakdown\":\"browser\"," + DAYS + "}"),
            Map.entry("get_top_referrers", "{\"breakdown\":\"referrer\"," + DAYS + "}"));

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        LongProject.write(folder);
        server = FixtureServer.start(data, Map.of(), folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static McpCaller.Answer ask(String tool, String arguments) {
        var answer = server.ask(Who.BARE_READ, tool, arguments);
        assertThat(REAL.countTokensOrdinary(answer.content().toString()))
                .as("tokens of %s %s", tool, arguments)
                .isLessThan(MOST_TOKENS);
        return answer;
    }

    static List<String> tools() {
        return AllTools.sets().tools().stream().map(tool -> tool.spec().name()).toList();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyToolStaysShortWhateverItIsAskedFor(String tool) {
        var arguments = LeastArguments.of(tool);
        var schema = definition(tool).at("/inputSchema/properties");
        for (var property : schema.properties()) {
            var longest = longest(property.getKey(), property.getValue());
            if (longest != null) {
                arguments.set(property.getKey(), longest);
            }
        }
        arguments.setAll((ObjectNode) JSON.readTree(LONGEST.getOrDefault(tool, "{}")));
        ask(tool, arguments.toString());
    }

    private static JsonNode definition(String tool) {
        return server.tools(Who.BARE_READ).stream()
                .filter(each -> each.get("name").stringValue().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable JsonNode longest(String name, JsonNode schema) {
        return switch (name) {
            case "limit", "memberLimit", "eventLimit", "top", "steps" -> schema.get("maximum");
            case "startDate" -> JSON.stringNode("2024-01-01");
            case "endDate" -> JSON.stringNode("2024-03-08");
            case "interval" -> schema.get("enum").get(0);
            default -> null;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "query_events, rows, id, 100",
        "query_sessions, rows, id, 100",
        "get_top_pages, rows, path, 500",
        "get_page_performance, pages, path, 500",
        "list_event_names, rows, name, 500",
        "find_profiles, rows, id, 100",
        "find_groups, rows, id, 100",
        "list_group_types, rows, type, 500",
        "get_device_breakdown, rows, name, 500"
    })
    void aCutListGoesOnWithTheNextRow(String tool, String list, String key, int limit) {
        var asked = LeastArguments.of(tool);
        if (LONGEST.containsKey(tool)) {
            asked.setAll((ObjectNode) JSON.readTree(LONGEST.get(tool)));
        }
        if (definition(tool).at("/inputSchema/properties").has("startDate")) {
            asked.put("startDate", "2024-01-01").put("endDate", "2024-03-08");
        }
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        long total;
        do {
            var page = asked.deepCopy().put("limit", limit);
            if (cursor != null) {
                page.put("cursor", cursor);
            }
            var answer = ask(tool, page.toString());
            answer.at("/" + list).forEach(row -> seen.add(row.path(key).toString() + row.path("origin")));
            cursor = answer.at("/meta/nextCursor").asString(null);
            total = answer.at("/meta/total").longValue();
            assertThat(answer.at("/meta/truncated").booleanValue()).isEqualTo(cursor != null);
        } while (cursor != null);
        assertThat(seen).hasSize((int) total);
        assertThat(new HashSet<>(seen)).hasSize(seen.size());
    }

    @Test
    void whatWasCutIsSaid() {
        var events = ask("query_events", "{\"limit\":100,\"endDate\":\"2024-03-01\"}");
        int shown = events.at("/rows").size();
        assertThat(shown).isBetween(10, 99);
        assertThat(FixtureServer.warnings(events))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("first " + shown + " of 100 rows", "nextCursor goes on", "Fewer columns"));
        var pages = ask("get_page_performance", "{\"limit\":500," + DAYS + "}");
        assertThat(pages.at("/shown").intValue()).isEqualTo(pages.at("/pages").size());
        assertThat(pages.at("/total_pages").intValue())
                .isGreaterThan(pages.at("/shown").intValue());
        var hours = ask("get_analytics_overview", "{\"interval\":\"hour\"," + DAYS + "}");
        assertThat(FixtureServer.warnings(hours))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("series holds the first", "Ask for less with startDate, endDate, interval."));
        var names = ask("list_event_names", "{\"limit\":500}");
        assertThat(names.at("/event_names")).hasSameSizeAs(names.at("/rows"));
        assertThat(names.at("/rows").size()).isLessThan(LongProject.SESSIONS);
    }

    @Test
    void oneRowThatIsTooLongIsShortened() {
        var giant = ask("query_events", "{\"eventNames\":[\"giant event\"]," + DAYS + "}");
        assertThat(giant.at("/rows")).hasSize(1);
        assertThat(giant.at("/rows/0/properties")).hasSize(50);
        assertThat(giant.at("/rows/0/properties/" + LongProject.GIANT + "0").stringValue())
                .hasSizeLessThan(110)
                .endsWith("… (cut)");
        assertThat(FixtureServer.warnings(giant))
                .anySatisfy(warning -> assertThat(warning).contains("more than 100 characters", "Fewer columns"));
        var narrow =
                ask("query_events", "{\"eventNames\":[\"giant event\"],\"columns\":[\"id\",\"path\"]," + DAYS + "}");
        assertThat(FixtureServer.warnings(narrow)).noneMatch(warning -> warning.contains("characters"));
    }
}
