package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.Project;

/**
 * The six tools on the reference fixture, whose figures were observed on OpenPanel. Where a figure differs, the test names
 * the listed fault (Q) of the original that is mended.
 */
class FixtureTest {
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
    void theLastDayOfARangeBelongsToIt() {
        // Q1: a date as end includes its day, so the view at 00:20 of the last day is the 19th row. Q13: newest first.
        var answer = server.ask("query_events", "{\"limit\":100}");
        assertThat(answer.at("/meta/total").intValue()).isEqualTo(19);
        assertThat(answer.at("/rows")).hasSize(19);
        assertThat(answer.at("/rows/0/created_at").stringValue()).isEqualTo("2024-03-08T00:20:00Z");
        assertThat(answer.at("/rows/18/created_at").stringValue()).isEqualTo("2024-03-04T09:59:59.9Z");
    }

    @Test
    void rawEventsOfEqualTimeStandInTheOrderOfTheirIds() {
        var answer = server.ask(
                "query_events",
                "{\"startDate\":\"2024-03-06T09:00:00\",\"endDate\":\"2024-03-06T09:00:00\",\"columns\":[\"id\",\"name\"]}");
        assertThat(table(answer.at("/rows"), "id", "name"))
                .containsExactly(
                        "00000001-0000-4000-8000-00000000000c screen_view",
                        "00000001-0000-4000-8000-00000000000d sign_up");
    }

    @Test
    void aRawEventHasItsColumnsAndNullForWhatIsNotSet() {
        var event = server.ask("query_events", "{\"eventNames\":[\"sign_up\"],\"profileId\":\"u3\"}")
                .at("/rows/0");
        assertThat(event.propertyNames()).hasSize(31);
        assertThat(event.at("/properties").toString()).isEqualTo("{\"plan\":\"free\"}");
        // Q16: an unknown country is null and no text of NUL characters.
        assertThat(event.at("/country").isNull()).isTrue();
        assertThat(event.at("/referrer_name").isNull()).isTrue();
        assertThat(event.at("/project_id").stringValue()).isEqualTo("p1");
    }

    @Test
    void eventsByNameAndProperty() {
        var answer = server.ask("query_events", "{\"eventNames\":[\"sign_up\"],\"properties\":{\"plan\":\"pro\"}}");
        assertThat(table(answer.at("/rows"), "profile_id")).containsExactly("u4", "u1");
    }

    @Test
    void eventNamesAreRankedByTheirEvents() {
        // Q17: by number of events and not of insert blocks.
        var answer = server.ask(Who.READ, "list_event_names", "{}");
        assertThat(table(answer.at("/rows"), "name", "count"))
                .containsExactly("screen_view 8", "session_start 4", "session_end 3", "sign_up 3", "revenue 1");
        assertThat(answer.at("/event_names").toString())
                .isEqualTo("[\"screen_view\",\"session_start\",\"session_end\",\"sign_up\",\"revenue\"]");
        assertThat(answer.at("/rows/3/first_seen").stringValue()).isEqualTo("2024-03-04T10:02:00Z");
        assertThat(answer.at("/rows/3/last_seen").stringValue()).isEqualTo("2024-03-07T12:00:00Z");
        assertThat(answer.at("/meta/total").intValue()).isEqualTo(5);
    }

    @Test
    void eventNamesOfARange() {
        var answer = server.ask("list_event_names", "{\"startDate\":\"2024-03-07\",\"endDate\":\"2024-03-07\"}");
        assertThat(table(answer.at("/rows"), "name", "count")).containsExactly("session_start 1", "sign_up 1");
    }

    @Test
    void summaryOfTheOverview() {
        var summary = server.ask("get_analytics_overview", "{}").at("/summary");
        assertThat(summary.toString())
                .isEqualTo("{\"bounce_rate\":25.0,\"unique_visitors\":3,\"total_sessions\":4,"
                        + "\"avg_session_duration\":660.0,\"total_screen_views\":8,\"views_per_session\":2.0,"
                        + "\"total_revenue\":2500}");
    }

    @Test
    void seriesByDayWithoutGaps() {
        // Q9: the last bucket is filled like the others. Q6: labels carry the offset of the zone. Q10: no helper field.
        var answer = server.ask("get_analytics_overview", "{}");
        assertThat(table(
                        answer.at("/series"),
                        "date",
                        "total_sessions",
                        "bounce_rate",
                        "avg_session_duration",
                        "total_revenue",
                        "partial"))
                .containsExactly(
                        "2024-03-04T00:00:00Z 1 0.0 180.0 2500 false",
                        "2024-03-05T00:00:00Z 1 100.0 0.0 0 false",
                        "2024-03-06T00:00:00Z 1 0.0 600.0 0 false",
                        "2024-03-07T00:00:00Z 0 0.0 0.0 0 false",
                        "2024-03-08T00:00:00Z 1 0.0 1200.0 0 true");
        assertThat(answer.at("/interval").stringValue()).isEqualTo("day");
        assertThat(answer.at("/startDate").stringValue()).isEqualTo("2024-03-04T00:00:00Z");
        assertThat(answer.at("/endDate").stringValue()).isEqualTo("2024-03-08T23:59:59.999Z");
    }

    @Test
    void seriesByWeekAndMonth() {
        // Q7: the week begins on Monday the 4th and not on Sunday the 3rd.
        assertThat(table(
                        server.ask("get_analytics_overview", "{\"interval\":\"week\"}")
                                .at("/series"),
                        "date",
                        "partial",
                        "total_sessions",
                        "unique_visitors"))
                .containsExactly("2024-03-04T00:00:00Z true 4 3");
        assertThat(table(
                        server.ask("get_analytics_overview", "{\"interval\":\"month\"}")
                                .at("/series"),
                        "date",
                        "partial",
                        "total_sessions",
                        "unique_visitors"))
                .containsExactly("2024-03-01T00:00:00Z true 4 3");
    }

    @Test
    void seriesByHourEndsWithTheHourThatHasBegun() {
        var series = server.ask(
                        "get_analytics_overview",
                        "{\"interval\":\"hour\",\"startDate\":\"2024-03-08\",\"endDate\":\"2024-03-08\"}")
                .at("/series");
        assertThat(series).hasSize(13);
        assertThat(table(series, "date", "total_sessions", "partial"))
                .startsWith("2024-03-08T00:00:00Z 1 false", "2024-03-08T01:00:00Z 0 false")
                .endsWith("2024-03-08T12:00:00Z 0 true");
    }

    @Test
    void anEmptyRangeHasAllItsBuckets() {
        // Q8 and Q9: neither the first nor the last bucket of an empty range is lost.
        var answer = server.ask("get_analytics_overview", "{\"startDate\":\"2024-02-01\",\"endDate\":\"2024-02-04\"}");
        assertThat(table(answer.at("/series"), "date", "total_sessions"))
                .containsExactly(
                        "2024-02-01T00:00:00Z 0",
                        "2024-02-02T00:00:00Z 0",
                        "2024-02-03T00:00:00Z 0",
                        "2024-02-04T00:00:00Z 0");
        assertThat(answer.at("/summary/total_sessions").intValue()).isZero();
    }

    @Test
    void topPages() {
        // Q1: /pricing has the view of the last day too. Q31: revenue is that of the sessions which viewed the page.
        var answer = server.ask("get_top_pages", "{}");
        assertThat(table(answer.at("/rows"), "origin", "path", "sessions", "visitors", "pageviews", "revenue"))
                .containsExactly(
                        "https://x.test / 3 2 3 2500",
                        "https://x.test /pricing 3 2 3 2500",
                        "https://x.test /app 1 1 1 2500",
                        "https://x.test /blog 1 1 1 0");
    }

    @Test
    void countries() {
        // Q16: the unknown country is null.
        var answer = server.ask("get_country_breakdown", "{}");
        assertThat(answer.at("/rows/1/name").isNull()).isTrue();
        assertThat(table(answer.at("/rows"), "name", "sessions", "visitors", "pageviews", "revenue"))
                .containsExactly("SE 2 1 5 2500", "null 1 1 2 0", "US 1 1 1 0");
    }

    @Test
    void citiesStandUnderTheirCountry() {
        var answer = server.ask(
                Who.ROOT,
                "get_country_breakdown",
                "{\"projectId\":\"till\",\"breakdown\":\"city\",\"startDate\":\"2024-03-04\",\"endDate\":\"2024-03-08\"}");
        assertThat(table(answer.at("/rows"), "prefix", "name", "sessions", "revenue"))
                .containsExactly("SE Lund 3 1750");
    }

    @Test
    void projectsAreListedByTheirSize() {
        var own = server.ask(Who.READ, "list_projects", "{}");
        assertThat(own.at("/clientType").stringValue()).isEqualTo("read");
        assertThat(table(own.at("/projects"), "id", "eventsCount", "timezone", "lastEventAt"))
                .containsExactly("p1 19 UTC 2024-03-08T00:20:00Z");
        // Q73: the deleted project is not listed.
        var all = server.ask(Who.ROOT, "list_projects", "{}");
        assertThat(all.at("/clientType").stringValue()).isEqualTo("root");
        assertThat(table(all.at("/projects"), "id", "eventsCount"))
                .containsExactly("p1 19", "till 6", "heron 5", "bare 0");
        assertThat(all.at("/projects/3/lastEventAt").isNull()).isTrue();
    }

    @Test
    void anotherZoneMovesTheSessionAtMidnightToTheDayBefore(@TempDir Path moved) throws IOException {
        try (var newYork = FixtureServer.start(moved);
                var metadata = newYork.metadataOfAnotherProcess()) {
            var one = metadata.projects().find("p1").orElseThrow();
            metadata.projects()
                    .save(new Project(
                            one.id(),
                            one.organizationId(),
                            one.name(),
                            one.domain(),
                            one.types(),
                            ZoneId.of("America/New_York"),
                            Instant.EPOCH,
                            null));
            var answer = newYork.ask("get_analytics_overview", "{}");
            assertThat(answer.at("/summary/total_sessions").intValue()).isEqualTo(4);
            assertThat(answer.at("/meta/timezone").stringValue()).isEqualTo("America/New_York");
            assertThat(table(answer.at("/series"), "date", "total_sessions"))
                    .containsExactly(
                            "2024-03-04T00:00:00-05:00 1",
                            "2024-03-05T00:00:00-05:00 1",
                            "2024-03-06T00:00:00-05:00 1",
                            "2024-03-07T00:00:00-05:00 1",
                            "2024-03-08T00:00:00-05:00 0");
        }
    }

    @Test
    void anUnfinishedRangeIsComparedWithAnEquallyLongPartOfTheEarlierOne() {
        // Now is noon of the 8th, so the period before ends at noon of the 5th and the visit of that evening stays out.
        var answer =
                server.ask("get_analytics_overview", "{\"startDate\":\"2024-03-06\",\"compare\":\"previous_period\"}");
        assertThat(answer.at("/meta/comparedWith/start").stringValue()).isEqualTo("2024-03-03T00:00:00Z");
        assertThat(answer.at("/meta/comparedWith/end").stringValue()).isEqualTo("2024-03-05T12:00:00Z");
        assertThat(answer.at("/summary/total_sessions").intValue()).isEqualTo(2);
        assertThat(answer.at("/summary/previous").toString())
                .isEqualTo("{\"bounce_rate\":0.0,\"unique_visitors\":1,\"total_sessions\":1,"
                        + "\"avg_session_duration\":180.0,\"total_screen_views\":3,\"views_per_session\":3.0,"
                        + "\"total_revenue\":2500}");
        assertThat(answer.at("/summary/change").toString())
                .isEqualTo("{\"bounce_rate\":null,\"unique_visitors\":1.0,\"total_sessions\":1.0,"
                        + "\"avg_session_duration\":4.0,\"total_screen_views\":0.3333,\"views_per_session\":-0.3333,"
                        + "\"total_revenue\":-1.0}");
    }

    @Test
    void aFinishedRangeIsComparedWithWholeDays() {
        var answer = server.ask(
                "get_analytics_overview",
                "{\"startDate\":\"2024-03-06\",\"endDate\":\"2024-03-07\",\"compare\":\"previous_period\"}");
        assertThat(answer.at("/meta/comparedWith/end").stringValue()).isEqualTo("2024-03-05T23:59:59.999Z");
        assertThat(answer.at("/summary/previous/total_sessions").intValue()).isEqualTo(2);
        assertThat(table(answer.at("/series"), "date", "total_sessions")).hasSize(2);
        assertThat(answer.at("/series/0/previous/total_revenue").intValue()).isEqualTo(2500);
        assertThat(answer.at("/series/1/previous/bounce_rate").doubleValue()).isEqualTo(100);
        assertThat(warnings(answer)).isEmpty();
    }

    @Test
    void listsAreComparedRowByRow() {
        var arguments = "{\"startDate\":\"2024-03-06\",\"endDate\":\"2024-03-07\",\"compare\":\"previous_period\"}";
        var pages = server.ask("get_top_pages", arguments).at("/rows");
        assertThat(table(pages, "path", "sessions")).containsExactly("/ 1", "/pricing 1");
        assertThat(pages.at("/1/previous/sessions").intValue()).isEqualTo(1);
        assertThat(pages.at("/1/change/sessions").doubleValue()).isZero();
        assertThat(pages.at("/1/change/revenue").doubleValue()).isEqualTo(-1);
        var countries = server.ask("get_country_breakdown", arguments).at("/rows");
        assertThat(table(countries, "name", "sessions")).containsExactly("null 1");
        assertThat(countries.at("/0/previous/sessions").intValue()).isZero();
        assertThat(countries.at("/0/change/sessions").isNull()).isTrue();
    }

    @Test
    void lastYearIsEmpty() {
        var answer = server.ask("get_analytics_overview", "{\"compare\":\"previous_year\"}");
        assertThat(answer.at("/meta/comparedWith/start").stringValue()).isEqualTo("2023-03-04T00:00:00Z");
        assertThat(answer.at("/summary/previous/total_sessions").intValue()).isZero();
        assertThat(answer.at("/summary/change/total_sessions").isNull()).isTrue();
    }
}
