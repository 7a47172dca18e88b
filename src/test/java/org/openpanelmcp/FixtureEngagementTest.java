package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Engagement on the small fixture, by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixtureEngagementTest {
    private FixtureServer server;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        server = FixtureServer.start(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theWholeRange() {
        var answer = server.ask("get_engagement_metrics", "{}");
        assertThat(answer.at("/summary").toString())
                .isEqualTo("{\"active_users\":3,\"new_users\":3,\"returning_users\":0,\"sessions\":4,"
                        + "\"sessions_per_user\":1.33,\"engaged_sessions\":3,\"engagement_rate\":75.0,"
                        + "\"avg_engagement_time\":660.0,\"median_engagement_time\":600.0,\"pages_per_session\":2.0,"
                        + "\"events_per_session\":2.75}");
        // The 8th is not over. The person without a session counts here: active users are told by events.
        assertThat(answer.at("/stickiness").toString())
                .isEqualTo("{\"average_dau\":1.25,\"average_wau\":2.5,\"average_mau\":2.5,\"dau_wau\":50.0,"
                        + "\"dau_mau\":50.0}");
        assertThat(warnings(answer)).anyMatch(text -> text.contains("a window of 30 days is not full"));
    }

    @Test
    void dayByDay() {
        var days = server.ask("get_engagement_metrics", "{}").at("/series");
        assertThat(table(days, "active_users", "new_users", "returning_users", "engaged_sessions", "partial"))
                .containsExactly("1 1 0 1 false", "1 1 0 0 false", "1 1 0 1 false", "0 0 0 0 false", "1 0 1 1 true");
    }

    @Test
    void filteredAndCompared() {
        var filtered = server.ask("get_engagement_metrics", "{\"filters\":{\"path\":\"/app\"}}");
        assertThat(filtered.at("/summary/sessions").longValue()).isEqualTo(1);
        assertThat(filtered.at("/stickiness/average_dau").doubleValue()).isEqualTo(0.25);
        // u1 is not new on the 8th, whatever the filter leaves of the days before.
        var late = server.ask(
                "get_engagement_metrics",
                "{\"startDate\":\"2024-03-08\",\"interval\":\"week\",\"compare\":\"previous_period\"}");
        assertThat(late.at("/summary/returning_users").longValue()).isEqualTo(1);
        assertThat(late.at("/summary/previous/sessions").longValue()).isZero();
        assertThat(late.at("/summary/change/sessions").isNull()).isTrue();
        assertThat(late.at("/stickiness").isNull()).isTrue();
        assertThat(table(late.at("/series"), "sessions", "partial")).containsExactly("1 true");
    }

    @Test
    void anHourAndTooManyDaysAreRefused() {
        var hour = server.call(Who.READ, "get_engagement_metrics", "{\"interval\":\"hour\"}");
        assertThat(hour.at("/error/problems/0/message").stringValue()).contains("day, week, month");
        var years = server.call(
                Who.READ,
                "get_engagement_metrics",
                "{\"startDate\":\"2020-01-01\",\"endDate\":\"2024-01-01\",\"interval\":\"month\"}");
        assertThat(years.at("/error/problems/0/message").stringValue()).contains("at most 800");
    }
}
