package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.table;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Profiles and groups on the reference fixture, and on a small group of our own. */
class FixturePeopleTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HOSTILE = "x' or '1'='1 \\ -> \"2024-01-01\" \uD83D\uDE00 \u202Eabc";

    /** Ada used device k1 before she signed in; so did nobody else. Two people belong to the group acme. */
    private static final List<String> EVENTS = List.of(
            event(1, "2024-03-05T10:00:00Z", "screen_view", "k1", "k1", "[]", 0),
            event(2, "2024-03-06T10:00:00Z", "screen_view", "ada", "k1", "[\"acme\"]", 0),
            event(3, "2024-03-06T10:05:00Z", "revenue", "ada", "k1", "[\"acme\"]", 700),
            event(4, "2024-03-07T10:00:00Z", "screen_view", "bob", "k2", "[]", 0),
            event(5, "2024-03-07T11:00:00Z", "screen_view", "k2", "k2", "[\"acme\"]", 0));

    private static final List<String> PROFILES = List.of(
            profile("ada", true, "Ada", "ada_l@acme.test", "[\"acme\",\"beta\"]"),
            profile("bob", true, "Bob", "bob@acme.test", "[\"acme\"]"),
            profile("k1", false, "", "", "[]"));

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        Files.write(folder.resolve("events.jsonl"), EVENTS);
        Files.write(folder.resolve("profiles.jsonl"), PROFILES);
        Files.writeString(folder.resolve("groups.jsonl"), """
                {"id":"acme","project_id":"bare","type":"company","name":"Acme 100%","properties":{"plan":"pro"},\
                "created_at":"2024-03-01T00:00:00Z","version":1709300000000}
                {"id":"gone","project_id":"bare","type":"team","name":"Gone","created_at":"2024-03-01T00:00:00Z",\
                "version":1709300000000,"deleted":1}
                """);
        server = FixtureServer.start(data, Map.of("dashboard-url", "https://x.test"), folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String event(
            int number, String at, String name, String profile, String device, String groups, int revenue) {
        return """
                {"id":"0000000e-0000-4000-8000-%012x","project_id":"bare","created_at":"%s","name":"%s","profile_id":"%s",\
                "device_id":"%s","session_id":"%s-%s","groups":%s,"revenue":%d}""".formatted(number, at, name, profile, device, device, at.substring(8, 10), groups, revenue);
    }

    private static String profile(String id, boolean identified, String name, String email, String groups) {
        return """
                {"id":"%s","project_id":"bare","is_external":%b,"first_name":"%s","email":"%s","groups":%s,\
                "properties":{"country":"SE"},"created_at":"2024-03-06T10:00:00Z","last_seen_at":"2024-03-07T10:00:00Z"}""".formatted(id, identified, name, email, groups);
    }

    private static McpCaller.Answer ask(String tool, String arguments) {
        return server.ask(Who.READ, tool, arguments);
    }

    private static McpCaller.Answer bare(String tool, String arguments) {
        return server.ask(Who.BARE_READ, tool, arguments);
    }

    @Test
    void peopleByWhatTheyDid() {
        assertThat(table(
                        ask("find_profiles", "{\"performedEvent\":\"sign_up\"}").at("/rows"), "id"))
                .containsExactly("u3", "u1");
        assertThat(table(ask("find_profiles", "{\"minSessions\":2}").at("/rows"), "id", "sessions"))
                .containsExactly("u1 2");
        assertThat(table(
                        ask("find_profiles", "{\"performedEvent\":\"screen_view\",\"minPerformed\":3}")
                                .at("/rows"),
                        "id"))
                .containsExactly("u1");
        var day = "{\"performedEvent\":\"sign_up\",\"startDate\":\"2024-03-06\",\"endDate\":\"2024-03-06\"}";
        var answer = ask("find_profiles", day);
        assertThat(table(answer.at("/rows"), "id")).containsExactly("u3");
        assertThat(answer.at("/meta/range/start").stringValue()).isEqualTo("2024-03-06T00:00:00Z");
        // Now is noon of 8 March: one day back nobody but u1 was there.
        assertThat(table(
                        ask("find_profiles", "{\"inactiveDays\":1,\"sortOrder\":\"asc\"}")
                                .at("/rows"),
                        "id"))
                .containsExactly("d2", "u3");
        assertThat(table(ask("find_profiles", "{\"sortBy\":\"sessions\"}").at("/rows"), "id", "sessions"))
                .containsExactly("u1 2", "d2 1", "u3 1");
    }

    @Test
    void wildcardsAreLetters() {
        // Q23: in the reference % and _ match anything.
        assertThat(table(bare("find_profiles", "{\"email\":\"A_L\"}").at("/rows"), "id"))
                .containsExactly("ada");
        assertThat(bare("find_profiles", "{\"email\":\"%\"}").at("/rows")).isEmpty();
        assertThat(bare("find_profiles", "{\"name\":\"_\"}").at("/meta/total").intValue())
                .isEqualTo(1);
        assertThat(table(bare("find_profiles", "{\"name\":\" ADA  acme \"}").at("/rows"), "id"))
                .containsExactly("ada");
        assertThat(table(bare("find_groups", "{\"search\":\"0%\"}").at("/rows"), "id"))
                .containsExactly("acme");
        assertThat(bare("find_groups", "{\"search\":\"1_0\"}").at("/rows")).isEmpty();
    }

    @Test
    void nobodyIsExplained() {
        assertThat(warnings(bare("find_profiles", "{\"country\":\"Sweden\"}")))
                .anyMatch(text -> text.contains("\"Sweden\"") && text.contains("Most frequent: SE"));
        assertThat(warnings(bare("find_profiles", "{\"group\":\"acne\"}")))
                .anyMatch(text -> text.contains("Nearest: acme"));
        assertThat(warnings(ask("find_profiles", "{\"performedEvent\":\"signup\"}")))
                .anyMatch(text -> text.contains("Did you mean \"sign_up\"?"));
        assertThat(warnings(bare("find_groups", "{\"type\":\"compani\"}")))
                .anyMatch(text -> text.contains("Did you mean \"company\"?"));
    }

    @Test
    void onePersonsEvents() {
        var answer = ask("get_profile", "{\"profileId\":\"u1\",\"eventLimit\":2}");
        assertThat(answer.at("/profile/first_name").stringValue()).isEqualTo("Ada");
        assertThat(answer.at("/profile/sessions").intValue()).isEqualTo(2);
        assertThat(table(answer.at("/recent_events"), "name", "path"))
                .containsExactly("screen_view /pricing", "screen_view /");
        assertThat(answer.at("/meta/total").intValue()).isEqualTo(10);
        assertThat(answer.at("/dashboard_url").stringValue()).isEqualTo("https://x.test/first/p1/profiles/u1");
        var next = JSON.createObjectNode().put("profileId", "u1").put("eventLimit", 2);
        next.put("cursor", answer.at("/meta/nextCursor").stringValue());
        assertThat(table(ask("get_profile", next.toString()).at("/recent_events"), "name"))
                .containsExactly("session_start", "session_end");
    }

    @Test
    void whatADeviceDidBeforeIsStitchedOnRequest() {
        // Q24: the anonymous events of Ada's device, but not those of Bob's.
        assertThat(bare("get_profile", "{\"profileId\":\"ada\"}")
                        .at("/meta/total")
                        .intValue())
                .isEqualTo(2);
        var stitched = bare("get_profile", "{\"profileId\":\"ada\",\"stitchDevices\":true}");
        assertThat(table(stitched.at("/recent_events"), "name", "profile_id"))
                .containsExactly("revenue ada", "screen_view ada", "screen_view k1");
        assertThat(stitched.at("/meta/definition").stringValue()).contains("device");
        var metrics = bare("get_profile_metrics", "{\"profileId\":\"ada\",\"stitchDevices\":true}");
        assertThat(metrics.at("/uniqueDaysActive").intValue()).isEqualTo(2);
        assertThat(metrics.at("/totalEvents").intValue()).isEqualTo(3);
    }

    @Test
    void whoIsKnownByEventsOnlyHasNoProfile() {
        var answer = ask("get_profile", "{\"profileId\":\"u4\"}");
        assertThat(answer.at("/profile").isNull()).isTrue();
        assertThat(table(answer.at("/recent_events"), "name")).containsExactly("sign_up");
        assertThat(warnings(answer)).anyMatch(text -> text.contains("No profile is stored"));
        assertThat(ask("get_profile_metrics", "{\"profileId\":\"u4\"}")
                        .at("/firstSeen")
                        .isNull())
                .isTrue();
        assertThat(ask("get_profile_sessions", "{\"profileId\":\"u4\"}")
                        .at("/session_count")
                        .intValue())
                .isZero();
    }

    @Test
    void onePersonsSessions() {
        var answer = ask("get_profile_sessions", "{\"profileId\":\"u1\",\"limit\":1}");
        assertThat(answer.at("/session_count").intValue()).isEqualTo(2);
        assertThat(table(answer.at("/sessions"), "id", "duration")).containsExactly("s4 1200000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            u1 | 2 5 10 2 3 3.0 3.0 5.0 309600.0 309600.0 309600.0 0.0 2500
            u3 | 1 2 5 1 1 10.0 10.0 5.0 0.0 null null 0.0 0
            d2 | 1 1 3 0 1 null null 3.0 0.0 null null 100.0 0""")
    void w22_onePersonInFigures(String id, String figures) {
        // The figures of the reference, but for the bounce of d2 (Q20) and the new fields.
        var answer = ask("get_profile_metrics", "{\"profileId\":\"" + id + "\"}");
        var rows = JSON.createArrayNode().add(answer.content());
        assertThat(table(
                        rows,
                        "sessions",
                        "screenViews",
                        "totalEvents",
                        "conversionEvents",
                        "uniqueDaysActive",
                        "avgSessionDurationMin",
                        "p90SessionDurationMin",
                        "avgEventsPerSession",
                        "avgTimeBetweenSessionsSec",
                        "medianTimeBetweenSessionsSec",
                        "p90TimeBetweenSessionsSec",
                        "bounceRate",
                        "revenue"))
                .containsExactly(figures.strip());
    }

    @Test
    void groupsAndTheirTypes() {
        var types = bare("list_group_types", "{}");
        assertThat(table(types.at("/rows"), "type", "count")).containsExactly("bare-type-1 1", "company 1");
        var found = bare("find_groups", "{\"properties\":{\"plan\":\"pro\"}}");
        assertThat(table(found.at("/rows"), "id", "type", "name", "createdAt", "updatedAt"))
                .containsExactly("acme company Acme 100% 2024-03-01T00:00:00Z 2024-03-01T13:33:20Z");
    }

    @Test
    void oneGroup() {
        var answer = bare("get_group", "{\"groupId\":\"acme\"}");
        assertThat(answer.at("/member_count").intValue()).isEqualTo(2);
        assertThat(table(answer.at("/members"), "id", "first_name")).containsExactly("ada Ada", "bob Bob");
        assertThat(answer.at("/activity").toString())
                .isEqualTo("{\"events\":3,\"sessions\":2,\"revenue\":700,\"active_members\":2,"
                        + "\"last_seen\":\"2024-03-07T11:00:00Z\"}");
        var early = bare("get_group", "{\"groupId\":\"acme\",\"endDate\":\"2024-03-05\"}");
        assertThat(early.at("/activity/events").intValue()).isZero();
        assertThat(early.at("/activity/last_seen").isNull()).isTrue();
        var later = bare(
                "get_group", "{\"groupId\":\"acme\",\"startDate\":\"2024-03-07\",\"endDate\":\"2024-03-07T10:30\"}");
        assertThat(warnings(later)).anyMatch(text -> text.contains("without sending the group along"));
    }

    @ParameterizedTest
    @CsvSource({
        "get_profile, profileId, u11, u1",
        "get_profile_sessions, profileId, U9, u1",
        "get_profile_metrics, profileId, u2, u3",
        "get_group, groupId, g2, g1"
    })
    void whatIsNotThereIsNamedWithTheNearest(String tool, String argument, String id, String near) {
        // Q21, Q25: never an answer of zeros.
        var answer = server.call(Who.READ, tool, "{\"" + argument + "\":\"" + id + "\"}");
        assertThat(answer.isError()).isTrue();
        assertThat(answer.at("/error/code").stringValue()).isEqualTo("not_found");
        assertThat(answer.at("/error/message").stringValue()).contains("\"" + id + "\"");
        assertThat(answer.at("/error/hint").stringValue()).contains("Nearest: ", near);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_profile", "get_profile_sessions", "get_profile_metrics"})
    void hostileIdsAreNobodys(String tool) {
        for (var id : List.of(HOSTILE, "%", "_", "\\", "x".repeat(4_000), "U1")) {
            var answer = server.call(
                    Who.READ, tool, JSON.createObjectNode().put("profileId", id).toString());
            assertThat(answer.at("/error/code").stringValue()).as(id).isEqualTo("not_found");
        }
        var empty = server.call(Who.READ, tool, "{\"profileId\":\"\"}");
        assertThat(empty.at("/error/problems/0/field").stringValue()).isEqualTo("profileId");
    }

    @Test
    void hostileTextFindsNobody() {
        for (var argument : List.of("name", "email", "country", "city", "group", "performedEvent")) {
            var text = argument.equals("name") ? "';-- \uD83D\uDE00" : HOSTILE;
            var asked = JSON.createObjectNode().put(argument, text);
            assertThat(ask("find_profiles", asked.toString()).at("/rows"))
                    .as(argument)
                    .isEmpty();
        }
        var key = JSON.createObjectNode();
        key.putObject("properties").put(HOSTILE, HOSTILE);
        assertThat(ask("find_profiles", key.toString()).at("/rows")).isEmpty();
        assertThat(ask("find_groups", key.toString()).at("/rows")).isEmpty();
        assertThat(server.call(
                                Who.READ,
                                "get_group",
                                JSON.createObjectNode().put("groupId", "").toString())
                        .at("/error/code")
                        .stringValue())
                .isEqualTo("not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"minPerformed":2} | minPerformed
            {"startDate":"2024-03-04"} | startDate
            {"endDate":"2024-03-04"} | endDate
            {"name":"a b c d e f"} | name
            {"country":"SE","properties":{"country":"NO"}} | properties.country
            {"inactiveDays":0} | inactiveDays
            {"minSessions":1.5} | minSessions
            {"sortBy":"events"} | sortBy
            {"limit":101} | limit""")
    void whatMakesNoSenseIsRefused(String arguments, String field) {
        var answer = server.call(Who.READ, "find_profiles", arguments);
        assertThat(answer.at("/error/code").stringValue()).isEqualTo("invalid_arguments");
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo(field);
    }
}
