package org.openpanelmcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls the MCP endpoint over HTTP, as a client of revision 2025-11-25 does. */
final class McpCaller {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final String token;
    private final String query;
    private final AtomicInteger lastId = new AtomicInteger();

    McpCaller(int port, String token) {
        this(port, token, "");
    }

    private McpCaller(int port, String token, String query) {
        this.port = port;
        this.token = token;
        this.query = query;
    }

    /** The same caller at an address with this query, such as {@code ?toolset=core}. */
    McpCaller at(String query) {
        return new McpCaller(port, token, query);
    }

    /** What a tool answered. */
    record Answer(JsonNode content, boolean isError) {
        JsonNode at(String pointer) {
            return content.at(pointer);
        }
    }

    Answer call(String tool, String arguments) {
        var params = JSON.createObjectNode().put("name", tool);
        params.set("arguments", JSON.readTree(arguments));
        var result = request("tools/call", params).get("result");
        var text = JSON.readTree(result.at("/content/0/text").stringValue());
        var structured = result.get("structuredContent");
        var isError = result.path("isError").asBoolean(false);
        if (isError ? structured != null : !text.equals(structured)) {
            throw new AssertionError("text and structured content do not fit: " + text + " / " + structured);
        }
        return new Answer(text, isError);
    }

    JsonNode request(String method, ObjectNode params) {
        var message = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", lastId.incrementAndGet())
                .put("method", method);
        message.set("params", params);
        var response = post(message.toString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(message(response.body()));
    }

    /** A call that takes longer than a second is answered as a stream: comments, then one event with the message. */
    private static String message(String body) {
        return body.startsWith("{")
                ? body
                : body.lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .collect(Collectors.joining());
    }

    HttpResponse<String> post(String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp" + query))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
