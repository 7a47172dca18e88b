package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pages before conversions on the reference fixture. */
class FixturePageConversionsTest {
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

    private static McpCaller.Answer ask(String arguments) {
        return server.ask("get_page_conversions", "{" + arguments + "}");
    }

    private static List<String> pages(McpCaller.Answer answer) {
        return table(answer.at("/pages"), "path", "unique_converters", "total_visitors", "conversion_rate");
    }

    @Test
    void peopleOnBothSides() {
        // Q33: u1 saw / in two sessions and is one of two people, where the reference counts three sessions.
        var answer = ask("\"conversionEvent\":\"sign_up\"");
        assertThat(pages(answer)).containsExactly("/ 1 2 50.0", "/pricing 1 2 50.0");
        assertThat(answer.at("/conversion_event").stringValue()).isEqualTo("sign_up");
        assertThat(answer.at("/window_hours").intValue()).isEqualTo(24);
        assertThat(answer.at("/total_pages").intValue()).isEqualTo(2);
        assertThat(pages(ask("\"conversionEvent\":\"revenue\",\"windowHours\":1")))
                .containsExactly("/ 1 2 50.0", "/app 1 1 100.0", "/pricing 1 2 50.0");
    }

    @Test
    void sessionsOnBothSides() {
        assertThat(pages(ask("\"conversionEvent\":\"sign_up\",\"unit\":\"sessions\"")))
                .containsExactly("/ 1 3 33.33", "/pricing 1 3 33.33");
    }

    @Test
    void theFirstOrTheLastViewGetsTheConversion() {
        assertThat(pages(ask("\"conversionEvent\":\"revenue\",\"attribution\":\"first\"")))
                .containsExactly("/ 1 2 50.0");
        assertThat(pages(ask("\"conversionEvent\":\"revenue\",\"attribution\":\"last\"")))
                .containsExactly("/app 1 1 100.0");
        assertThat(pages(ask(
                        "\"conversionEvent\":\"revenue\",\"attribution\":\"last\",\"filters\":{\"path\":\"!/app\"}")))
                .containsExactly("/pricing 1 2 50.0");
    }

    @Test
    void viewsBeforeTheRangeCount() {
        // Q33: the sign-up is in the range, what was seen before it is not.
        var answer = ask("\"conversionEvent\":\"sign_up\",\"startDate\":\"2024-03-04T10:01:00\","
                + "\"endDate\":\"2024-03-04T10:02:00\"");
        assertThat(pages(answer)).containsExactly("/ 1 1 100.0", "/pricing 1 1 100.0");
    }

    @Test
    void pagesComeInStretches() {
        var arguments = "\"conversionEvent\":\"revenue\",\"sortBy\":\"conversion_rate\",\"limit\":2";
        var first = ask(arguments);
        assertThat(pages(first)).containsExactly("/app 1 1 100.0", "/ 1 2 50.0");
        assertThat(first.at("/meta/total").intValue()).isEqualTo(3);
        JsonNode cursor = first.at("/meta/nextCursor");
        assertThat(pages(ask(arguments + ",\"cursor\":" + cursor))).containsExactly("/pricing 1 2 50.0");
        assertThat(pages(ask("\"conversionEvent\":\"revenue\",\"minVisitors\":2")))
                .containsExactly("/ 1 2 50.0", "/pricing 1 2 50.0");
    }

    @Test
    void unknownEventsAreAnsweredWithTheNearest() {
        var answer = ask("\"conversionEvent\":\"signup\"");
        assertThat(answer.at("/pages")).isEmpty();
        assertThat(warnings(answer)).anyMatch(text -> text.contains("Did you mean \"sign_up\"?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's \\\"odd\\\" {place} ? $1", "2024-03-04 10:00:00", "a->b\\\\", "'; drop table events; --"})
    void namesAreOnlyNames(String name) {
        assertThat(ask("\"conversionEvent\":\"" + name + "\"").at("/pages")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    "limit":5 ; conversionEvent ; is missing
                    "conversionEvent":"" ; conversionEvent ; list_event_names
                    "conversionEvent":"a","windowHours":0 ; windowHours ; from 1 to 720
                    "conversionEvent":"a","limit":2.5 ; limit ; whole number
                    "conversionEvent":"a","unit":"person" ; unit ; people
                    "conversionEvent":"a","attribution":"linear" ; attribution ; first
                    """)
    void whatIsWrongIsNamed(String arguments, String field, String message) {
        var answer = server.call(Who.READ, "get_page_conversions", "{" + arguments + "}");
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo(field);
        assertThat(answer.at("/error/problems/0/message").stringValue()).contains(message);
    }
}
