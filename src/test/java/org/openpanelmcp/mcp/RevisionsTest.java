package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which revision a request speaks, and what the newest wants of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevisionsTest {
    private final TestServer server;

    RevisionsTest() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode answer(HttpRequest.Builder request) throws Exception {
        return TestServer.json(server.send(request).body());
    }

    private void assertFault(HttpRequest.Builder request, int status, int code) throws Exception {
        var response = server.send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var answer = TestServer.json(response.body());
        assertThat(answer.path("error").path("code").intValue()).isEqualTo(code);
        assertThat(answer.path("id").intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "1999-01-01, 2025-11-25"
    })
    void agreesOnAnOlderRevisionWithoutSession(String asked, String agreed) throws Exception {
        var response = server.post("""
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s"}}""".formatted(asked));

        var result = TestServer.json(response.body()).path("result");
        assertThat(result.path("protocolVersion").stringValue()).isEqualTo(agreed);
        assertThat(result.path("serverInfo").path("name").stringValue()).isEqualTo("test");
        assertThat(result.path("instructions").stringValue()).isEqualTo("Instructions.");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void discoversWithoutHandshake() throws Exception {
        var result = answer(server.modern("server/discover", "{}")).path("result");

        assertThat(result.path("supportedVersions").path(0).stringValue()).isEqualTo("2026-07-28");
        assertThat(result.path("supportedVersions").size()).isEqualTo(5);
        assertThat(result.path("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.path("cacheScope").stringValue()).isEqualTo("private");
        assertThat(result.path("ttlMs").intValue()).isEqualTo(60_000);
        assertThat(result.path("_meta")
                        .path(MetaKey.SERVER_INFO)
                        .path("version")
                        .stringValue())
                .isEqualTo("1.0");
    }

    @Test
    void wantsHeadersThatRepeatTheBody() throws Exception {
        assertFault(server.modern("tools/call", "{\"name\":\"echo\"}").setHeader("Mcp-Name", "other"), 400, -32020);
        assertFault(server.modern("tools/list", "{}").setHeader("Mcp-Method", "ping"), 400, -32020);
        assertFault(server.modern("tools/list", "{}").header("Mcp-Method", "ping"), 400, -32020);
        assertFault(server.modern("tools/list", "{}").setHeader("MCP-Protocol-Version", "v9"), 400, -32020);
        assertFault(server.modern("tools/list", "{}").header("MCP-Protocol-Version", "2025-11-25"), 400, -32020);
        assertFault(server.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"region\":\"eu\"}}"), 400, -32020);
        assertFault(
                server.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"region\":\"eu\"}}")
                        .header("Mcp-Param-Region", "us"),
                400,
                -32020);
        var same = server.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"region\":\"eu\"}}")
                .setHeader("Mcp-Name", "=?base64?ZWNobw==?=")
                .header("Mcp-Param-Region", "eu");
        assertThat(answer(same).path("result").path("isError").booleanValue()).isFalse();
    }

    @Test
    void wantsRequestsThatDescribeThemselves() throws Exception {
        var bare = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":%s}";
        assertFault(server.request(bare.formatted("{}")).header("MCP-Protocol-Version", "2026-07-28"), 400, -32602);
        assertFault(
                server.request(
                        bare.formatted("{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}")),
                400,
                -32020);
        assertFault(server.request(bare.formatted("{}")).header("MCP-Protocol-Version", "1999-01-01"), 400, -32022);
        assertFault(server.modern("ping", "{}"), 404, -32601);
        assertFault(server.modern("initialize", "{}"), 404, -32601);
    }

    @Test
    void toleratesAnOlderHeaderOverANewerBodyAndRepeatedHeaders() throws Exception {
        var connector = server.modern("tools/list", "{}").setHeader("MCP-Protocol-Version", "2025-11-25");
        var result = answer(connector).path("result");
        assertThat(result.path("tools").isArray()).isTrue();
        assertThat(result.has("resultType")).isFalse();

        var repeated = server.modern("tools/list", "{}")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/list");
        assertThat(answer(repeated).path("result").path("tools").isArray()).isTrue();
        var joined = server.modern("tools/list", "{}").setHeader("MCP-Protocol-Version", "2026-07-28, 2026-07-28");
        assertThat(answer(joined).path("result").path("tools").isArray()).isTrue();
    }

    @Test
    void pagesListsWithCursorsOfTheCaller() throws Exception {
        var names = new ArrayList<String>();
        var params = "{}";
        var cursor = "";
        do {
            var result = answer(server.modern("tools/list", params)).path("result");
            result.path("tools").forEach(tool -> names.add(tool.path("name").stringValue()));
            cursor = result.path("nextCursor").asString("");
            params = "{\"cursor\":\"" + cursor + "\"}";
            if (!cursor.isEmpty()) {
                assertFault(server.modern("tools/list", params).setHeader("Authorization", "Bearer bob"), 200, -32602);
            }
        } while (!cursor.isEmpty());

        assertThat(names).containsExactly("echo", "fail", "wait", "progress", "ask");
    }

    @Test
    void asksInTheAnswerAndTakesTheStateBackUnchanged() throws Exception {
        var capable = "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";
        assertFault(server.modern("tools/call", "{\"name\":\"ask\"}"), 400, -32021);
        var asked = answer(server.modern("tools/call", "{\"name\":\"ask\"," + capable + "}"))
                .path("result");
        assertThat(asked.path("resultType").stringValue()).isEqualTo("input_required");
        assertThat(asked.path("inputRequests").path("name").path("method").stringValue())
                .isEqualTo("elicitation/create");

        var state = asked.path("requestState").stringValue();
        var again = "{\"name\":\"ask\",\"inputResponses\":{\"name\":{\"action\":\"accept\"}},\"requestState\":\"%s\","
                + capable + "%s}";
        var done =
                answer(server.modern("tools/call", again.formatted(state, ""))).path("result");
        assertThat(done.path("structuredContent").path("state").path("step").intValue())
                .isEqualTo(1);

        assertFault(server.modern("tools/call", again.formatted(state + "x", "")), 200, -32602);
        assertFault(server.modern("tools/call", again.formatted(state, ",\"arguments\":{\"a\":1}")), 200, -32602);
        assertFault(
                server.modern("tools/call", again.formatted(state, "")).setHeader("Authorization", "Bearer bob"),
                200,
                -32602);
    }
}
