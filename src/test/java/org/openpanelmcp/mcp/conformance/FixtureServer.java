package org.openpanelmcp.mcp.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.http.HttpOptions;
import org.openpanelmcp.http.HttpServer;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.CompletionSource;
import org.openpanelmcp.mcp.Gate;
import org.openpanelmcp.mcp.ListChanges;
import org.openpanelmcp.mcp.McpEndpoint;
import org.openpanelmcp.mcp.McpOptions;
import org.openpanelmcp.mcp.Offering;

/** Serves the fixtures on loopback, without authentication: {@code FixtureServer PORT}. */
public final class FixtureServer {
    private static final String CALLER = "conformance";

    private FixtureServer() {}

    public static void main(String[] arguments) throws IOException {
        var server = start(Integer.parseInt(arguments[0]));
        System.out.println("listening on port " + server.port());
    }

    static HttpServer start(int port) throws IOException {
        var changes = new ListChanges();
        var offering = new Offering<>(
                new Offering.Identity("conformance-fixtures", "Conformance fixtures", "1"),
                "Fixtures for the conformance suite.",
                new FixtureTools(changes),
                new FixtureResources(),
                new FixturePrompts(),
                new FixtureCompletions(),
                changes,
                true);
        var endpoint = new McpEndpoint<>(
                offering,
                request -> new Gate.Admission<>(CALLER, CALLER, Map.of()),
                McpOptions.defaults("only for tests".getBytes(StandardCharsets.UTF_8)),
                call -> {});
        return HttpServer.start(HttpOptions.onLoopback(port), new Router().add("POST", "/mcp", endpoint));
    }

    private static final class FixtureCompletions implements CompletionSource<String> {
        @Override
        public List<String> complete(
                String caller,
                Subject subject,
                String argument,
                String begun,
                Map<String, String> others,
                CallContext context) {
            return List.of("paris", "park", "party").stream()
                    .filter(value -> value.startsWith(begun))
                    .toList();
        }
    }
}
