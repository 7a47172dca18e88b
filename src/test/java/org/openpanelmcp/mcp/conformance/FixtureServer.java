package org.openpanelmcp.mcp.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.http.HttpOptions;
import org.openpanelmcp.http.HttpServer;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.CompletionSource;
import org.openpanelmcp.mcp.Gate;
import org.openpanelmcp.mcp.ListChanges;
import org.openpanelmcp.mcp.McpEndpoint;
import org.openpanelmcp.mcp.McpOptions;
import org.openpanelmcp.mcp.Offering;

/** Serves the fixtures on loopback: {@code FixtureServer PORT [TOKEN]}; without a token everybody is let in. */
public final class FixtureServer {
    private static final String CALLER = "conformance";

    private FixtureServer() {}

    public static void main(String[] arguments) throws IOException {
        var server = start(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "");
        System.out.println("listening on port " + server.port());
    }

    private static HttpServer start(int port, String token) throws IOException {
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
                request -> admit(request, token),
                McpOptions.defaults("only for tests".getBytes(StandardCharsets.UTF_8)),
                call -> {});
        return HttpServer.start(HttpOptions.onLoopback(port), new Router().add("POST", "/mcp", endpoint));
    }

    private static Gate.Admission<String> admit(Request request, String token) {
        if (!token.isEmpty() && !request.header("Authorization").equals(Optional.of("Bearer " + token))) {
            throw new Problem(401, "unauthorized", "Wrong token.", Map.of("WWW-Authenticate", "Bearer"));
        }
        return new Gate.Admission<>(CALLER, CALLER, Map.of());
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
