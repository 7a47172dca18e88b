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

/** Sessions, pages, sources, devices, active people and properties on the reference fixture. */
class FixtureTrafficTest {
    private static final String[] FIGURES = {"name", "sessions", "visitors", "pageviews", "revenue", "bounce_rate"};

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

    @Test
    void sessionsNewestFirst() {
        var answer = server.ask("query_sessions", "{}");
        assertThat(table(answer.at("/rows"), "id", "profile_id", "duration", "is_bounce", "entry_path", "exit_path"))
                .containsExactly(
                        "s4 u1 1200000 false / /pricing",
                        "s3 u3 600000 false / /pricing",
                        "s2 d2 0 true /blog /blog",
                        "s1 u1 180000 false / /app");
        assertThat(answer.at("/rows/1/country").isNull()).isTrue();
        assertThat(answer.at("/rows/3/created_at").stringValue()).isEqualTo("2024-03-04T10:00:00Z");
        var filtered = server.ask("query_sessions", "{\"referrerName\":\"Google\",\"filters\":{\"name\":\"sign_up\"}}");
        assertThat(table(filtered.at("/rows"), "id")).containsExactly("s1");
    }

    @Test
    void entryAndExitPages() {
        var entry = server.ask("get_entry_exit_pages", "{\"mode\":\"entry\"}");
        assertThat(table(entry.at("/rows"), "path", "sessions", "visitors", "pageviews", "revenue", "bounce_rate"))
                .containsExactly("/ 3 2 7 2500 0.0", "/blog 1 1 1 0 100.0");
        var exit = server.ask("get_entry_exit_pages", "{\"mode\":\"exit\"}");
        assertThat(table(exit.at("/rows"), "path", "sessions", "pageviews", "revenue"))
                .containsExactly("/pricing 2 4 0", "/app 1 3 2500", "/blog 1 1 0");
    }

    @Test
    void sourcesAndDevices() {
        assertThat(table(server.ask("get_top_referrers", "{}").at("/rows"), FIGURES))
                .containsExactly("null 2 2 3 0 50.0", "Google 2 1 5 2500 0.0");
        assertThat(table(
                        server.ask("get_top_referrers", "{\"breakdown\":\"utm_source\"}")
                                .at("/rows"),
                        FIGURES))
                .containsExactly("null 3 3 5 0 33.33", "news 1 1 3 2500 0.0");
        assertThat(table(server.ask("get_device_breakdown", "{}").at("/rows"), FIGURES))
                .containsExactly("desktop 3 2 7 2500 0.0", "mobile 1 1 1 0 100.0");
    }

    @Test
    void pagesAreLookedAtUntilTheNextViewOrTheEndOfTheVisit() {
        // Q32: the last view of a visit lasts until its end, and counts only when something followed it.
        var answer = server.ask("get_page_performance", "{}");
        assertThat(table(answer.at("/pages"), "path", "sessions", "pageviews", "avg_duration", "bounce_rate", "title"))
                .containsExactly(
                        "/ 3 3 10.22 0.0 Home",
                        "/pricing 3 3 1.83 0.0 null",
                        "/app 1 1 0.5 0.0 null",
                        "/blog 1 1 null 100.0 null");
        assertThat(answer.at("/total_pages").intValue()).isEqualTo(4);
        assertThat(answer.at("/pages/0/seo_signals").toString())
                .isEqualTo("{\"high_bounce\":false,\"low_engagement\":false,\"good_landing_page\":true}");
        assertThat(answer.at("/pages/3/seo_signals").toString())
                .isEqualTo("{\"high_bounce\":true,\"low_engagement\":false,\"good_landing_page\":false}");
        var found = server.ask("get_page_performance", "{\"search\":\"HOME\"}");
        assertThat(table(found.at("/pages"), "path")).containsExactly("/");
        assertThat(server.ask("get_page_performance", "{\"search\":\"%\"}").at("/pages"))
                .isEmpty();
    }

    @Test
    void activePeoplePerDay() {
        var daily = server.ask("get_rolling_active_users", "{\"days\":1}");
        assertThat(table(daily.at("/series"), "date", "users"))
                .containsExactly("2024-03-04 1", "2024-03-05 1", "2024-03-06 1", "2024-03-07 2", "2024-03-08 1");
        assertThat(daily.at("/label").stringValue()).isEqualTo("DAU");
        // Q27: in the order of days, none in the future, and windows without all their days are marked.
        var rolling = server.ask("get_rolling_active_users", "{\"days\":3}");
        assertThat(table(rolling.at("/series"), "date", "users", "partial"))
                .containsExactly(
                        "2024-03-04 1 true",
                        "2024-03-05 2 true",
                        "2024-03-06 3 false",
                        "2024-03-07 4 false",
                        "2024-03-08 3 true");
        var identified = server.ask("get_rolling_active_users", "{\"days\":3,\"people\":\"identified\"}");
        assertThat(table(identified.at("/series"), "users")).containsExactly("1", "1", "2", "3", "3");
    }

    @Test
    void propertiesAndTheirValues() {
        var properties = server.ask("list_event_properties", "{\"internal\":true}");
        assertThat(properties.at("/columns")).hasSize(22);
        assertThat(table(properties.at("/properties"), "property_key", "event_name", "count"))
                .contains("plan sign_up 3", "__title screen_view 1");
        // Q19: what the tracker sets for itself is shown on request only.
        assertThat(table(server.ask("list_event_properties", "{}").at("/properties"), "property_key"))
                .containsExactly("plan");
        // Q18: each value once, with its number.
        var values = server.ask("get_event_property_values", "{\"eventName\":\"sign_up\",\"propertyKey\":\"plan\"}");
        assertThat(table(values.at("/rows"), "value", "count", "last_seen"))
                .containsExactly("pro 2 2024-03-07T12:00:00Z", "free 1 2024-03-06T09:00:00Z");
        assertThat(values.at("/values").toString()).isEqualTo("[\"pro\",\"free\"]");
        var countries = server.ask("get_event_property_values", "{\"propertyKey\":\"country\"}");
        assertThat(table(countries.at("/rows"), "value")).containsExactly("SE", "US");
        assertThat(countries.at("/meta/definition").stringValue()).contains("the column country");
    }

    @Test
    void unknownPropertiesAndEventsAreAnsweredWithTheNearest() {
        var key = server.ask("get_event_property_values", "{\"eventName\":\"sign_up\",\"propertyKey\":\"plam\"}");
        assertThat(key.at("/rows")).isEmpty();
        assertThat(warnings(key)).anyMatch(text -> text.contains("Did you mean \"plan\"?"));
        var event = server.ask("get_event_property_values", "{\"eventName\":\"signup\",\"propertyKey\":\"plan\"}");
        assertThat(warnings(event)).anyMatch(text -> text.contains("Did you mean \"sign_up\"?"));
        var names = server.ask("list_event_properties", "{\"eventName\":\"signup\"}");
        assertThat(warnings(names)).anyMatch(text -> text.contains("Did you mean \"sign_up\"?"));
    }

    @Test
    void aDimensionGivenTwiceIsRefused() {
        var answer = server.call(Who.READ, "query_sessions", "{\"country\":\"SE\",\"filters\":{\"country\":\"US\"}}");
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo("filters.country");
    }

    @Test
    void aRangeOfTooManyDaysIsRefused() {
        var answer = server.call(
                Who.READ,
                "get_rolling_active_users",
                "{\"days\":7,\"startDate\":\"2020-01-01\",\"endDate\":\"2024-01-01\"}");
        assertThat(answer.at("/error/problems/0/message").stringValue()).contains("at most 800");
    }
}
