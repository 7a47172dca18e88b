package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String NOTICE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final TestServer server;

    BatchTest() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void answersEveryRequestInOrder() throws Exception {
        var batch = "[%s,%s,5,%s,%s]"
                .formatted(
                        PING,
                        NOTICE,
                        TestServer.call("\"two\"", "echo", ""),
                        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"initialize\"}");

        for (var request : new HttpRequest.Builder[] {
            server.request(batch), server.request(batch).header("MCP-Protocol-Version", "2025-03-26")
        }) {
            var answers = TestServer.json(server.send(request).body());
            assertThat(answers.size()).isEqualTo(4);
            assertThat(answers.path(0).path("id").intValue()).isEqualTo(1);
            assertThat(answers.path(1).path("error").path("code").intValue()).isEqualTo(-32600);
            assertThat(answers.path(2).path("id").stringValue()).isEqualTo("two");
            assertThat(answers.path(2).path("result").has("content")).isTrue();
            assertThat(answers.path(3).path("error").path("message").stringValue())
                    .contains("initialize");
        }
    }

    @Test
    void acceptsABatchOfNoticesWithoutAnswer() throws Exception {
        assertThat(server.post("[" + NOTICE + "," + NOTICE + "]").statusCode()).isEqualTo(202);
    }

    @Test
    void refusesBatchesOfOtherRevisionsAndTooLongOnes() throws Exception {
        for (var revision : new String[] {"2024-11-05", "2025-06-18", "2025-11-25", "2026-07-28"}) {
            var response = server.send(server.request("[" + PING + "]").header("MCP-Protocol-Version", revision));
            assertThat(response.statusCode()).as(revision).isEqualTo(400);
            assertThat(response.body()).contains("-32600").contains("one by one");
        }
        assertThat(server.post("[" + (PING + ",").repeat(5) + PING + "]").body())
                .contains("1 to 5 messages");
    }
}
