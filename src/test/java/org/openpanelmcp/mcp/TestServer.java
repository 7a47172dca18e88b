package org.openpanelmcp.mcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.openpanelmcp.http.HttpOptions;
import org.openpanelmcp.http.HttpServer;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Router;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A running endpoint with {@link TestTools}; callers are the tokens {@code alice} and {@code bob}. */
final class TestServer implements AutoCloseable {
    static final String BOTH = "application/json, text/event-stream";
    private static final JsonMapper JSON = new JsonMapper();

    final TestTools tools = new TestTools();
    final ListChanges changes = new ListChanges();
    final BlockingQueue<CallListener.Call<String>> reports = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final McpEndpoint<String> endpoint;
    private final HttpServer server;

    TestServer() throws IOException {
        this(options());
    }

    TestServer(McpOptions options) throws IOException {
        var offering = new Offering<>(
                new Offering.Identity("test", "Test", "1.0"),
                "Instructions.",
                tools,
                ResourceSource.<String>none(),
                PromptSource.<String>none(),
                CompletionSource.<String>none(),
                changes,
                false);
        endpoint = new McpEndpoint<>(
                offering,
                request -> request.header("Authorization")
                        .filter(List.of("Bearer alice", "Bearer bob")::contains)
                        .map(token -> new Gate.Admission<>(
                                token.substring(7), token.substring(7), Map.of("RateLimit", "\"calls\";r=9")))
                        .orElseThrow(() -> new Problem(
                                401, "unauthorized", "No valid token.", Map.of("WWW-Authenticate", "Bearer"))),
                options,
                reports::add);
        server = HttpServer.start(HttpOptions.onLoopback(0), new Router().add("POST", "/mcp", endpoint));
    }

    /** Answers with a stream at once, so that no test has to wait. */
    static McpOptions options() {
        return options(Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofSeconds(20), 20);
    }

    static McpOptions options(Duration patience, Duration keepAlive, Duration callTime, int calls) {
        return new McpOptions(
                100_000,
                patience,
                keepAlive,
                callTime,
                calls,
                5,
                2,
                Duration.ofMinutes(1),
                3,
                2,
                Duration.ofSeconds(20),
                "a key for tests".getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return server.port();
    }

    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", BOTH)
                .header("Authorization", "Bearer alice")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body) throws Exception {
        return send(request(body));
    }

    /** A request of revision 2026-07-28 with all that it needs. */
    HttpRequest.Builder modern(String method, String params) {
        var node = (ObjectNode) json(params);
        var meta = node.withObjectProperty("_meta");
        meta.put(MetaKey.PROTOCOL_VERSION, "2026-07-28");
        meta.withObjectProperty(MetaKey.CLIENT_CAPABILITIES);
        var request = request("""
                {"jsonrpc":"2.0","id":7,"method":"%s","params":%s}""".formatted(method, node))
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method);
        return node.has("name") ? request.header("Mcp-Name", node.path("name").stringValue()) : request;
    }

    static String call(String id, String tool, String rest) {
        return """
                {"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"%s"%s}}""".formatted(id, tool, rest);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** The messages of a stream, in order. */
    static List<JsonNode> events(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> json(line.substring(6)))
                .toList();
    }

    McpEndpoint<String> endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        tools.release();
        endpoint.close();
        server.close();
    }
}
