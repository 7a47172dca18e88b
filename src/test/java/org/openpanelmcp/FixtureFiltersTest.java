package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters of every form, on sessions and on events. */
class FixtureFiltersTest {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"country": "SE"}                          | 2
            {"country": "se"}                          | 0
            {"country": ["SE", "US"]}                  | 3
            {"country": "!SE"}                         | 2
            {"country": ["!SE", "!US"]}                | 1
            {"country": ["SE", "US", "!US"]}           | 2
            {"country": null}                          | 1
            {"country": ["US", null]}                  | 2
            {"country": "!"}                           | 3
            {"entry_path": "/"}                        | 3
            {"entry_path": "/*"}                       | 4
            {"exit_path": "*ric*"}                     | 2
            {"device": "mob*"}                         | 1
            {"device": "!mob*"}                        | 3
            {"utm_source": "news"}                     | 1
            {"utm_source": null}                       | 3
            {"profile_id": "u1"}                       | 2
            {"path": "/pric*"}                         | 3
            {"path": ["/app", "/blog"]}                | 2
            {"path": "\\\\*"}                          | 0
            {"name": "sign_up"}                        | 2
            {"name": "sign_up", "path": "/pricing"}    | 1
            {"name": "sign_up", "path": "/app"}        | 0
            {"properties.plan": "pro"}                 | 1
            {"properties.plan": "*re*"}                | 1
            {"properties.plan": "!free", "name": "sign_up"} | 1
            {"properties.nothing": null, "name": "revenue"} | 1
            {"referrer_name": "Google", "name": "sign_up"}  | 1
            """)
    void sessionsThatMatch(String filters, int sessions) {
        var answer = server.ask("get_analytics_overview", "{\"filters\":" + filters + "}");
        assertThat(answer.at("/summary/total_sessions").intValue()).isEqualTo(sessions);
        var ofCountries = server.ask("get_country_breakdown", "{\"filters\":" + filters + "}");
        assertThat(ofCountries
                        .at("/rows")
                        .valueStream()
                        .mapToInt(row -> row.get("sessions").intValue())
                        .sum())
                .isEqualTo(sessions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"entry_path": "/blog"}       | 3
            {"utm_source": "news"}        | 7
            {"name": "s*"}                | 18
            {"name": ["*_up", "!s*"]}     | 0
            {"path": null}                | 1
            {"path": "!"}                 | 18
            {"properties.plan": "!free"}  | 18
            {"properties.plan": null}     | 16
            {"session_id": ["s1", "s2"]}  | 10
            {"origin": "https://x.*"}     | 18
            {"country": ["!SE"]}          | 9
            """)
    void eventsThatMatch(String filters, int events) {
        var answer = server.ask("query_events", "{\"columns\":[\"name\"],\"limit\":1,\"filters\":" + filters + "}");
        assertThat(answer.at("/meta/total").intValue()).isEqualTo(events);
    }

    @Test
    void aColumnOfSessionsFiltersPageViewsByTheirSession() {
        var answer = server.ask("get_top_pages", "{\"filters\":{\"exit_path\":\"/app\"}}");
        assertThat(table(answer.at("/rows"), "path", "pageviews")).containsExactly("/ 1", "/app 1", "/pricing 1");
    }

    @Test
    void revenueFollowsTheSessionsThatMatch() {
        var swedish = server.ask("get_analytics_overview", "{\"filters\":{\"country\":\"SE\"}}");
        assertThat(swedish.at("/summary/total_revenue").intValue()).isEqualTo(2500);
        var american = server.ask("get_analytics_overview", "{\"filters\":{\"country\":\"US\"}}");
        assertThat(american.at("/summary/total_revenue").intValue()).isZero();
    }

    @Test
    void anExclusionByEventIsExplainedOnSessions() {
        var answer = server.ask("get_analytics_overview", "{\"filters\":{\"path\":\"!/blog\"}}");
        assertThat(answer.at("/summary/total_sessions").intValue()).isEqualTo(3);
        assertThat(warnings(answer)).anyMatch(text -> text.contains("does not remove the sessions"));
    }

    @Test
    void whatMatchesNothingIsNamedWithTheNearestValue() {
        var answer = server.ask("get_top_pages", "{\"filters\":{\"path\":\"/pricng\"}}");
        assertThat(answer.at("/rows")).isEmpty();
        assertThat(warnings(answer))
                .anyMatch(text -> text.contains("path \"/pricng\"") && text.contains("Did you mean \"/pricing\"?"));
        var sessions = server.ask("get_analytics_overview", "{\"filters\":{\"country\":\"SV\"}}");
        assertThat(warnings(sessions)).anyMatch(text -> text.contains("Did you mean \"SE\"?"));
    }

    @Test
    void anUnknownEventIsNamedWithTheNearestOne() {
        var unknown = server.ask("query_events", "{\"eventNames\":[\"signup\"]}");
        assertThat(warnings(unknown))
                .anyMatch(text ->
                        text.contains("\"signup\" never happened") && text.contains("Did you mean \"sign_up\"?"));
        var elsewhere = server.ask(
                "query_events",
                "{\"eventNames\":[\"revenue\"],\"startDate\":\"2024-03-05\",\"endDate\":\"2024-03-05\"}");
        assertThat(warnings(elsewhere)).anyMatch(text -> text.contains("\"revenue\" did not happen in this range"));
    }
}
