package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What all answers share: the range as it was read, pages, freshness, warnings. */
class FixtureAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path data;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        server = FixtureServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Now is Friday, 8 March 2024, at noon. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                      | 2024-02-08T00:00:00Z | 2024-03-08T23:59:59.999Z
            {"endDate":"2024-03-05"}                                | 2024-02-05T00:00:00Z | 2024-03-05T23:59:59.999Z
            {"startDate":"2024-03-04"}                              | 2024-03-04T00:00:00Z | 2024-03-08T23:59:59.999Z
            {"startDate":"today"}                                   | 2024-03-08T00:00:00Z | 2024-03-08T23:59:59.999Z
            {"startDate":"yesterday"}                               | 2024-03-07T00:00:00Z | 2024-03-07T23:59:59.999Z
            {"startDate":"5d"}                                      | 2024-03-04T00:00:00Z | 2024-03-08T23:59:59.999Z
            {"startDate":"this_week"}                               | 2024-03-04T00:00:00Z | 2024-03-10T23:59:59.999Z
            {"startDate":"last_week"}                               | 2024-02-26T00:00:00Z | 2024-03-03T23:59:59.999Z
            {"startDate":"last_month"}                              | 2024-02-01T00:00:00Z | 2024-02-29T23:59:59.999Z
            {"startDate":"2024-03-04T10:00","endDate":"2024-03-04T11:00+01:00"} | 2024-03-04T10:00:00Z | 2024-03-04T10:00:00Z
            """)
    void theRangeIsToldAsItWasRead(String arguments, String start, String end) {
        // Q2: a given end without a start means the 30 days up to it.
        var range = server.ask(Who.READ, "get_top_pages", arguments).at("/meta/range");
        assertThat(range.at("/start").stringValue()).isEqualTo(start);
        assertThat(range.at("/end").stringValue()).isEqualTo(end);
        assertThat(range.at("/startIncluded").booleanValue()).isTrue();
        assertThat(range.at("/endIncluded").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            query_events          | {"columns":["id"]}                       | 7 | 19
            query_events          | {"columns":["id"],"eventNames":["screen_view"]} | 3 | 8
            list_event_names      | {}                                       | 2 | 5
            get_top_pages         | {"sortBy":"pageviews"}                   | 1 | 4
            get_top_pages         | {"compare":"previous_period"}            | 3 | 4
            get_country_breakdown | {"breakdown":"country"}                  | 1 | 3
            """)
    void w39_pagesTogetherAreTheWholeList(String tool, String arguments, int limit, int total) {
        var given = (ObjectNode) JSON.readTree(arguments);
        var whole = server.ask(tool, given.deepCopy().put("limit", 100).toString());
        assertThat(whole.at("/meta/truncated").booleanValue()).isFalse();
        var rows = new ArrayList<String>();
        given.put("limit", limit);
        McpCaller.Answer page;
        do {
            page = server.ask(tool, given.toString());
            assertThat(page.at("/meta/total").intValue()).isEqualTo(total);
            assertThat(page.at("/meta/range")).isEqualTo(whole.at("/meta/range"));
            page.at("/rows").forEach(row -> rows.add(row.toString()));
            given.put("cursor", page.at("/meta/nextCursor").asString(""));
            assertThat(page.at("/meta/truncated").booleanValue()).isEqualTo(rows.size() < total);
        } while (page.at("/meta/truncated").booleanValue());
        assertThat(page.at("/meta/nextCursor").isMissingNode()).isTrue();
        assertThat(rows)
                .isEqualTo(whole.at("/rows").valueStream().map(Object::toString).toList());
    }

    @Test
    void aCursorIsGoodForTheSameArgumentsHoweverTheyAreWritten() {
        var first = server.ask(
                Who.READ, "query_events", "{\"limit\":2,\"country\":\"SE\",\"eventNames\":[\"screen_view\"]}");
        var cursor = first.at("/meta/nextCursor").stringValue();
        var next = server.ask(
                Who.READ,
                "query_events",
                "{\"cursor\":\"" + cursor
                        + "\",\"eventNames\":[\"screen_view\"],\"path\":null,\"country\":\"SE\",\"limit\":9}");
        assertThat(next.at("/rows")).hasSize(3);
    }

    @Test
    void unfinishedRangesAndBucketsSaySo() {
        var unfinished = server.ask("get_analytics_overview", "{}");
        assertThat(warnings(unfinished)).containsExactly("The range is not over yet: its figures still grow.");
        assertThat(table(unfinished.at("/series"), "partial"))
                .containsExactly("false", "false", "false", "false", "true");
        var finished = server.ask("get_analytics_overview", "{\"endDate\":\"2024-03-07\"}");
        assertThat(warnings(finished)).isEmpty();
        assertThat(table(finished.at("/series"), "partial")).containsOnly("false");
        var cut = server.ask(
                "get_analytics_overview", "{\"startDate\":\"2024-03-04T12:00\",\"endDate\":\"2024-03-05T12:00\"}");
        assertThat(table(cut.at("/series"), "date", "partial"))
                .containsExactly("2024-03-04T00:00:00Z true", "2024-03-05T00:00:00Z true");
    }

    @Test
    void freshnessIsTheTimeOfTheNewestEvent() {
        for (var tool : List.of("query_events", "list_event_names", "get_top_pages", "get_country_breakdown")) {
            var meta = server.ask(tool, "{}").at("/meta");
            assertThat(meta.at("/freshness").stringValue()).isEqualTo("2024-03-08T00:20:00Z");
            assertThat(meta.at("/project").stringValue()).isEqualTo("p1");
            assertThat(meta.at("/timezone").stringValue()).isEqualTo("UTC");
            assertThat(meta.at("/definition").stringValue()).isNotBlank();
        }
    }

    @Test
    void severalCurrenciesAreNamedWithTheirSums() {
        for (var tool : List.of("get_analytics_overview", "get_top_pages", "get_country_breakdown")) {
            var arguments = "{\"projectId\":\"till\",\"startDate\":\"2024-03-04\",\"endDate\":\"2024-03-07\"}";
            var answer = server.ask(Who.ROOT, tool, arguments);
            assertThat(warnings(answer))
                    .as(tool)
                    .containsExactly("Revenue adds up amounts of several currencies."
                            + " All revenue events of the range: SEK 1000, EUR 750.");
        }
        var single = server.ask(
                Who.ROOT,
                "get_analytics_overview",
                "{\"projectId\":\"till\",\"startDate\":\"2024-03-05\",\"endDate\":\"2024-03-07\"}");
        assertThat(single.at("/summary/total_revenue").intValue()).isEqualTo(750);
        assertThat(warnings(single)).isEmpty();
    }

    @Test
    void aProjectWithoutEventsHasZerosAndNoFreshness() {
        var names = server.ask(Who.BARE_READ, "list_event_names", "{}");
        assertThat(names.at("/rows")).isEmpty();
        assertThat(names.at("/meta/total").intValue()).isZero();
        assertThat(names.at("/meta/freshness").isMissingNode()).isTrue();
        for (var tool : List.of("query_events", "get_top_pages", "get_country_breakdown")) {
            var answer = server.ask(Who.BARE_READ, tool, "{}");
            assertThat(answer.at("/rows")).isEmpty();
            assertThat(answer.at("/meta/total").intValue()).isZero();
            assertThat(answer.at("/meta/truncated").booleanValue()).isFalse();
        }
        var overview = server.ask(
                Who.BARE_READ, "get_analytics_overview", "{\"compare\":\"previous_year\",\"interval\":\"week\"}");
        assertThat(overview.at("/summary/total_sessions").intValue()).isZero();
        assertThat(overview.at("/series")).hasSize(5);
    }
}
