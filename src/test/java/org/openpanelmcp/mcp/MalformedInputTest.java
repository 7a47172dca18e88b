package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in is answered, at once and properly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputTest {
    private final TestServer server;

    MalformedInputTest() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("no body", "", 400, -32700, "null"),
                fault("not JSON", "{\"jsonrpc\":", 400, -32700, "null"),
                fault("two values", "{} {}", 400, -32700, "null"),
                fault("repeated name", "{\"id\":1,\"id\":2}", 400, -32700, "null"),
                fault("null", "null", 400, -32600, "null"),
                fault("string", "\"ping\"", 400, -32600, "null"),
                fault("number", "7", 400, -32600, "null"),
                fault("empty object", "{}", 400, -32600, "null"),
                fault("empty batch", "[]", 400, -32600, "null"),
                fault("id null", ping("\"id\":null,\"jsonrpc\":\"2.0\""), 400, -32600, "null"),
                fault("id fractional", ping("\"id\":1.5,\"jsonrpc\":\"2.0\""), 400, -32600, "null"),
                fault("id object", ping("\"id\":{},\"jsonrpc\":\"2.0\""), 400, -32600, "null"),
                fault("no jsonrpc", ping("\"id\":1"), 400, -32600, "1"),
                fault("jsonrpc 1.0", ping("\"id\":1,\"jsonrpc\":\"1.0\""), 400, -32600, "1"),
                fault("no method", "{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32600, "1"),
                fault("method number", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", 400, -32600, "1"),
                fault("params array", request("ping", "[]"), 400, -32602, "1"),
                fault("params string", request("ping", "\"x\""), 400, -32602, "1"),
                fault("unknown method", request("no/such", "{}"), 200, -32601, "1"),
                fault("notification with id", request("notifications/initialized", "{}"), 200, -32601, "1"),
                fault("modern method in old revision", request("server/discover", "{}"), 200, -32601, "1"),
                fault("not offered", request("resources/list", "{}"), 200, -32601, "1"),
                fault("tool without name", request("tools/call", "{}"), 200, -32602, "1"),
                fault("tool name number", request("tools/call", "{\"name\":5}"), 200, -32602, "1"),
                fault("unknown tool", request("tools/call", "{\"name\":\"eco\"}"), 200, -32602, "1"),
                fault(
                        "arguments array",
                        request("tools/call", "{\"name\":\"echo\",\"arguments\":[]}"),
                        200,
                        -32602,
                        "1"),
                fault(
                        "arguments text",
                        request("tools/call", "{\"name\":\"echo\",\"arguments\":\"\"}"),
                        200,
                        -32602,
                        "1"),
                fault("bad cursor", request("tools/list", "{\"cursor\":\"zzz\"}"), 200, -32602, "1"),
                fault("cursor number", request("tools/list", "{\"cursor\":3}"), 200, -32602, "1"),
                fault("deep nesting", "[".repeat(1_000) + "]".repeat(1_000), 400, -32700, "null"),
                fault("deep object", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000), 400, -32700, "null"),
                fault("infinite number", request("ping", "{\"n\":[1e400]}"), 400, -32700, "null"),
                fault("long number", request("ping", "{\"n\":" + "9".repeat(200) + "}"), 400, -32700, "null"),
                fault("long name", request("ping", "{\"" + "n".repeat(20_000) + "\":1}"), 400, -32700, "null"));
    }

    private static Arguments fault(String name, String body, int status, int code, String id) {
        return Arguments.of(name, body, status, code, id);
    }

    private static String ping(String members) {
        return "{" + members + ",\"method\":\"ping\"}";
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void answersFaults(String name, String body, int status, int code, String id) throws Exception {
        var response = server.post(body);

        assertThat(response.statusCode()).as(name).isEqualTo(status);
        var answer = TestServer.json(response.body());
        assertThat(answer.path("jsonrpc").stringValue()).isEqualTo("2.0");
        assertThat(answer.path("error").path("code").intValue()).isEqualTo(code);
        assertThat(answer.path("error").path("message").stringValue()).isNotBlank();
        assertThat(answer.path("id").toString()).isEqualTo(id);
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("no arguments", "{\"name\":\"echo\"}", "{}"),
                Arguments.of("arguments null", "{\"name\":\"echo\",\"arguments\":null}", "{}"),
                Arguments.of(
                        "__proto__",
                        "{\"name\":\"echo\",\"arguments\":{\"__proto__\":{\"a\":1}},\"__proto__\":{}}",
                        "{\"__proto__\":{\"a\":1}}"),
                Arguments.of(
                        "long text",
                        "{\"name\":\"echo\",\"arguments\":{\"t\":\"" + "å".repeat(20_000) + "\"}}",
                        "{\"t\":\"" + "å".repeat(20_000) + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void answersOddButValidCalls(String name, String params, String arguments) throws Exception {
        var response = server.post(request("tools/call", params));

        var result = TestServer.json(response.body()).path("result");
        assertThat(result.path("isError").booleanValue()).as(name).isFalse();
        assertThat(result.path("structuredContent").path("arguments")).isEqualTo(TestServer.json(arguments));
        assertThat(TestServer.json(result.path("content").path(0).path("text").stringValue()))
                .isEqualTo(result.path("structuredContent"));
    }

    @Test
    void acceptsNoticesAndRepliesWithoutAnswer() throws Exception {
        for (var body : new String[] {
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"nobody asked\",\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}"
        }) {
            var response = server.post(body);
            assertThat(response.statusCode()).as(body).isEqualTo(202);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void keepsTheKindOfTheId() throws Exception {
        assertThat(server.post(ping("\"id\":\"7\",\"jsonrpc\":\"2.0\"")).body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"result\":{}}");
        assertThat(server.post(ping("\"id\":12345678901234567890,\"jsonrpc\":\"2.0\""))
                        .body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890,\"result\":{}}");
    }

    @Test
    void refusesWhatIsNotJson() throws Exception {
        var ping = ping("\"id\":1,\"jsonrpc\":\"2.0\"");
        for (var type : new String[] {"text/plain", "application/jsonp", "application/x-www-form-urlencoded"}) {
            var response = server.send(server.request(ping).setHeader("Content-Type", type));
            assertThat(response.statusCode()).as(type).isEqualTo(415);
            assertThat(response.body()).contains("application/json");
        }
        assertThat(server.send(server.request(ping).setHeader("Content-Type", "Application/JSON; charset=utf-8"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws Exception {
        for (var bytes : new byte[][] {{'"', (byte) 0xC3, '"'}, {(byte) 0xFE, (byte) 0xFF, 0, '7'}}) {
            var response = server.send(server.request("").POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(TestServer.json(response.body())
                            .path("error")
                            .path("code")
                            .intValue())
                    .isEqualTo(-32700);
        }
    }

    @Test
    void refusesBodiesBeyondTheLimit() throws Exception {
        var response = server.post("x".repeat(10_000_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("100000 bytes");
    }

    @Test
    void refusesClientsThatReadNeitherFormat() throws Exception {
        var ping = ping("\"id\":1,\"jsonrpc\":\"2.0\"");

        assertThat(server.send(server.request(ping).setHeader("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.send(server.request(ping).setHeader("Accept", "*/*")).statusCode())
                .isEqualTo(200);
        var stream = server.send(server.request(ping).setHeader("Accept", "text/event-stream"));
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(TestServer.events(stream).getFirst().path("id").intValue()).isEqualTo(1);
    }
}
