package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

    private static Socket listen(TestServer server) throws Exception {
        var body = """
                {"jsonrpc":"2.0","id":7,"method":"subscriptions/listen","params":{"notifications":%s,"_meta":%s}}""".formatted("""
                {"toolsListChanged":true,"resourceSubscriptions":["a://1"]}""", """
                {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""");
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        var head = """
                POST /mcp HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Accept: text/event-stream
                Authorization: Bearer alice
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: subscriptions/listen
                Content-Length: %d

                """.formatted(body.length()).replace("\n", "\r\n");
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void tellsOnlyWhatWasAskedForAndEndsWithAResult() throws Exception {
        try (var server = new TestServer();
                var socket = listen(server)) {
            assertThat(CallsTest.readUntil(socket, ACKNOWLEDGED)).doesNotContain("list_changed");
            CallsTest.readUntil(socket, ": listening");
            server.changes.promptsChanged();
            server.changes.resourceUpdated("a://2");
            server.changes.resourceUpdated("a://1");
            server.changes.toolsChanged();

            assertThat(CallsTest.readUntil(socket, "notifications/tools/list_changed"))
                    .contains("a://1")
                    .doesNotContain("a://2")
                    .doesNotContain("prompts");
            CallsTest.readUntil(socket, "\"io.modelcontextprotocol/subscriptionId\":7");

            server.endpoint().close();

            assertThat(CallsTest.readUntil(socket, "\"version\":\"1.0\"}}}}"))
                    .contains("\"id\":7,\"result\":{\"resultType\":\"complete\"");
        }
    }

    @Test
    void limitsStreamsOfOneCaller() throws Exception {
        try (var server = new TestServer();
                var first = listen(server);
                var second = listen(server)) {
            CallsTest.readUntil(first, ACKNOWLEDGED);
            CallsTest.readUntil(second, ACKNOWLEDGED);

            try (var third = listen(server)) {
                assertThat(CallsTest.readUntil(third, "too_many_streams")).startsWith("HTTP/1.1 429");
            }
        }
    }
}
