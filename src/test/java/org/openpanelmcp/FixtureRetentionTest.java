package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Four people whose visits were observed in the original (ages in days), and the small fixture long before them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixtureRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Map<String, List<Integer>> AGES = Map.of(
            "v1", List.of(80, 73, 60, 10, 1),
            "v2", List.of(80, 40),
            "v3", List.of(20, 13),
            "v5", List.of(100, 5),
            "early", List.of(-3));

    private FixtureServer server;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path more) throws IOException {
        var lines = new ArrayList<String>();
        AGES.forEach((person, ages) -> ages.forEach(age -> lines.add("""
                {"id":"%s","project_id":"p1","name":"visit","profile_id":"%s","device_id":"of-%s","created_at":"%s"}""".formatted(
                        UUID.nameUUIDFromBytes((person + age).getBytes(StandardCharsets.UTF_8)),
                        person,
                        person,
                        NOW.minus(age, ChronoUnit.DAYS)))));
        Files.write(more.resolve("events.jsonl"), lines);
        server = FixtureServer.start(data, Map.of("now", NOW.toString()), more);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private McpCaller.Answer ask(String tool, String arguments) {
        return server.ask(Who.READ, tool, arguments);
    }

    @Test
    void cohortsOfTheLastWeeks() {
        var answer = ask("get_retention_cohort", "{}");
        // Q29: v5 began before; the week of 16 November and those after it are not over, and null instead of 0.
        assertThat(table(answer.at("/rows"), "cohort_interval", "sum", "complete_periods", "partial"))
                .containsExactly("Weighted Average 2 11 false", "2026-08-31 2 11 false", "2026-11-02 1 2 false");
        assertThat(answer.at("/rows/1/values").toString()).isEqualTo("[2,2,2,2,2,2,2,1,1,1,1,null,null]");
        assertThat(answer.at("/rows/2/values").toString())
                .isEqualTo("[1,1,null,null,null,null,null,null,null,null,null,null,null]");
        assertThat(answer.at("/rows/0/percentages").toString())
                .isEqualTo("[1.0,1.0,1.0,1.0,1.0,1.0,1.0,0.5,0.5,0.5,0.5,null,null]");
        assertThat(answer.at("/rows/0/values").toString()).isEqualTo("[2,2,2,2,2,2,2,1,1,1,1,null,null]");
        assertThat(answer.at("/meta/range/start").stringValue()).isEqualTo("2026-08-24T00:00:00Z");
    }

    @Test
    void exactWeeksAndTheFirstVisitInTheRange() {
        var exactly = ask("get_retention_cohort", "{\"criterion\":\"on\"}");
        assertThat(exactly.at("/rows/1/values").toString()).isEqualTo("[2,1,0,1,0,0,1,0,0,0,1,null,null]");
        var inRange = ask("get_retention_cohort", "{\"firstSeen\":\"in_range\"}");
        assertThat(table(inRange.at("/rows"), "cohort_interval", "sum", "partial"))
                .contains("2026-11-16 1 true");
        var monthly =
                ask("get_retention_cohort", "{\"interval\":\"month\",\"periods\":3,\"startDate\":\"2026-08-01\"}");
        assertThat(table(monthly.at("/rows"), "cohort_interval", "sum"))
                .containsExactly("Weighted Average 2", "2026-08-01 1", "2026-09-01 2", "2026-11-01 1");
        assertThat(monthly.at("/rows/2/values").toString()).isEqualTo("[2,2,null,null]");
    }

    @Test
    void theSmallFixtureByEvent() {
        var range = "\"startDate\":\"2024-03-04\",\"endDate\":\"2024-03-08\"";
        var anybody =
                ask("get_retention_cohort", "{\"interval\":\"day\",\"periods\":4,\"criterion\":\"on\"," + range + "}");
        assertThat(table(anybody.at("/rows"), "cohort_interval", "sum"))
                .containsExactly("Weighted Average 1", "2024-03-04 1", "2024-03-06 1", "2024-03-07 1");
        assertThat(anybody.at("/rows/1/values").toString()).isEqualTo("[1,0,0,1,1]");
        // u1 signed up before buying, on the same day; u3 and u4 never bought.
        var bought = ask(
                "get_retention_cohort",
                "{\"startEvent\":\"sign_up\",\"returnEvent\":\"revenue\",\"periods\":1," + range + "}");
        assertThat(bought.at("/rows/1/values").toString()).isEqualTo("[1,0]");
        assertThat(bought.at("/rows/1/percentages").toString()).isEqualTo("[0.33,0.0]");
        var reversed = ask(
                "get_retention_cohort",
                "{\"startEvent\":\"revenue\",\"returnEvent\":\"sign_up\",\"periods\":1," + range + "}");
        assertThat(reversed.at("/rows/1/values").toString()).isEqualTo("[0,0]");
        var unknown = ask("get_retention_cohort", "{\"startEvent\":\"signup\"," + range + "}");
        assertThat(unknown.at("/rows")).isEmpty();
        assertThat(warnings(unknown)).anyMatch(text -> text.contains("Did you mean \"sign_up\"?"));
    }

    @Test
    void weeksOfTheSmallFixture() {
        var weeks = ask("get_weekly_retention_series", "{\"startDate\":\"2024-02-28\",\"endDate\":\"2024-03-13\"}");
        assertThat(table(
                        weeks.at("/rows"),
                        "date",
                        "active_users",
                        "retained_users",
                        "retention",
                        "partial",
                        "complete"))
                .containsExactly(
                        "2024-02-26 0 0 0.0 false true",
                        "2024-03-04 3 0 0.0 false true",
                        "2024-03-11 0 0 0.0 false true");
    }

    @Test
    void theLastWeeksMarkWhatIsNotOver() {
        var weeks = ask("get_weekly_retention_series", "{}").at("/rows");
        assertThat(weeks).hasSize(13);
        // Q28: the last whole week has no follower yet, the current one is not over itself.
        assertThat(table(weeks, "date", "active_users", "retained_users", "retention", "partial", "complete"))
                .startsWith("2026-08-24 0 0 0.0 false true", "2026-08-31 2 1 50.0 false true")
                .endsWith(
                        "2026-11-02 1 1 100.0 false true",
                        "2026-11-09 2 null null false false",
                        "2026-11-16 2 null null true false");
    }

    @Test
    void lastSeen() {
        var answer = ask("get_user_last_seen_distribution", "{\"maxDays\":13}");
        assertThat(answer.at("/summary").toString())
                .isEqualTo("{\"total_identified_users\":7,\"active_last_7_days\":2,\"active_8_to_14_days\":1,"
                        + "\"active_15_to_30_days\":0,\"inactive_31_to_60_days\":1,\"churned_60_plus_days\":3}");
        assertThat(table(answer.at("/distribution"), "days", "users")).containsExactly("1 1", "5 1", "13 1");
        assertThat(answer.at("/older_users").longValue()).isEqualTo(4);
        var everybody = ask("get_user_last_seen_distribution", "{\"people\":\"all\",\"filters\":{\"country\":\"US\"}}");
        assertThat(everybody.at("/summary/churned_60_plus_days").longValue()).isEqualTo(1);
    }

    @Test
    void whenNobodyCountsTheAnswerSaysWhoWould() {
        var identified = ask("get_weekly_retention_series", "{\"filters\":{\"country\":\"US\"}}");
        assertThat(warnings(identified)).anyMatch(text -> text.contains("people: all"));
        // u1 was there before the 8th.
        var late = "{\"interval\":\"day\",\"startDate\":\"2024-03-08\",\"endDate\":\"2024-03-08\"";
        var nobody = ask("get_retention_cohort", late + "}");
        assertThat(nobody.at("/rows")).isEmpty();
        assertThat(warnings(nobody)).anyMatch(text -> text.contains("firstSeen: in_range"));
        assertThat(ask("get_retention_cohort", late + ",\"firstSeen\":\"in_range\"}")
                        .at("/rows"))
                .hasSize(2);
    }

    @Test
    void namesMayHoldAnything() {
        for (var name :
                List.of("it's", "a\\\\b", "x->y", "2024-03-05", "\uD83D\uDE00", "\u202Ertl", "q".repeat(4000))) {
            var answer = ask("get_retention_cohort", "{\"startEvent\":\"" + name + "\",\"returnEvent\":\"visit\"}");
            assertThat(answer.at("/rows")).as(name).isEmpty();
            assertThat(warnings(answer)).anyMatch(text -> text.startsWith("The event \""));
        }
    }

    @Test
    void whatIsTooMuchIsRefused() {
        var dates = "\"startDate\":\"2000-01-01\",\"endDate\":\"2026-01-01\"";
        var weeks = server.call(Who.READ, "get_weekly_retention_series", "{" + dates + "}");
        assertThat(weeks.at("/error/problems/0/message").stringValue()).contains("at most 260");
        var cells = server.call(Who.READ, "get_retention_cohort", "{\"periods\":90," + dates + "}");
        assertThat(cells.at("/error/problems/0/message").stringValue()).contains("at most 5000", "fewer periods");
        var hours = server.call(Who.READ, "get_retention_cohort", "{\"interval\":\"hour\"}");
        assertThat(hours.at("/error/problems/0/message").stringValue()).contains("day, week, month");
    }
}
