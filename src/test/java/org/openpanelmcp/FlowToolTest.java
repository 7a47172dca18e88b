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
import tools.jackson.databind.json.JsonMapper;

/** The user flow on the reference fixture, and what it refuses. */
class FlowToolTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] NODE = {"id", "value", "began", "ended", "beyond"};

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
    void whatFollowsKeepsItsEnds() {
        // Q36: the original drops every end here.
        var after = server.ask("get_user_flow", "{\"startEvent\":\"session_start\"}");
        assertThat(after.at("/sessions").intValue()).isEqualTo(4);
        assertThat(table(after.at("/nodes"), NODE))
                .containsExactly(
                        "session_start::step1 4 4 0 0",
                        "screen_view::step2 4 0 1 0",
                        "sign_up::step3 2 0 0 0",
                        "session_end::step3 1 0 1 0",
                        "screen_view::step4 2 0 0 0",
                        "revenue::step5 1 0 0 1",
                        "session_end::step5 1 0 1 0");
        assertThat(after.at("/nodes/1/dropoff_rate").doubleValue()).isEqualTo(25.0);
    }

    @Test
    void whatLedToAnEventAndWhatLiesBetweenTwo() {
        var before = server.ask("get_user_flow", "{\"startEvent\":\"sign_up\",\"mode\":\"before\",\"steps\":3}");
        assertThat(table(before.at("/links"), "source", "target", "value"))
                .containsExactly("session_start::step1 screen_view::step2 2", "screen_view::step2 sign_up::step3 2");
        var between = server.ask(
                "get_user_flow",
                "{\"startEvent\":\"/\",\"endEvent\":\"revenue\",\"mode\":\"between\",\"label\":\"page\",\"steps\":3}");
        assertThat(table(between.at("/nodes"), NODE))
                .containsExactly("/::step1 1 1 0 0", "/pricing::step2 1 0 0 0", "revenue::step3 1 0 1 0");
        assertThat(between.at("/endEvent").stringValue()).isEqualTo("revenue");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused("{\"startEvent\":\"sign_up\",\"mode\":\"between\"}", "endEvent", "required for mode between");
        refused("{\"startEvent\":\"sign_up\",\"endEvent\":\"revenue\"}", "endEvent", "Set mode to between");
        refused("{\"startEvent\":\"\"}", "startEvent", "list_event_names");
        refused("{\"startEvent\":\"a\",\"steps\":1}", "steps", "from 2 to 10");
        refused("{\"startEvent\":\"a\",\"include\":[\"b\"],\"exclude\":[\"c\"]}", "exclude", "include already");
    }

    @Test
    void anyTextIsAName() {
        // Q37, Q38: names of the original's queries that left their literal or looked like dates.
        for (var name :
                List.of("it\\'s", "x' or '1'='1", "a->b", "start(2024-01-01)", "\u202Ename", "😀", "n".repeat(4000))) {
            var arguments = JSON.createObjectNode().put("startEvent", name);
            var answer = server.ask("get_user_flow", arguments.toString());
            assertThat(answer.at("/nodes")).isEmpty();
            assertThat(warnings(answer)).anyMatch(text -> text.contains("never happened"));
        }
    }

    private static void refused(String arguments, String field, String text) {
        var answer = server.call(Who.READ, "get_user_flow", arguments);
        assertThat(answer.isError()).as(arguments).isTrue();
        assertThat(answer.at("/error/problems/0/field").stringValue()).isEqualTo(field);
        assertThat(answer.at("/error/problems/0/message").stringValue()).contains(text);
    }
}
