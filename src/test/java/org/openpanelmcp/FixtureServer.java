package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on the small transfer folder of the test resources, at noon of its last day. Every answer is held against the
 * schema that its tool publishes.
 */
final class FixtureServer implements AutoCloseable {
    static final Path FOLDER = Path.of("src", "test", "resources", "fixture");
    static final String NOW = "2024-03-08T12:00:00Z";

    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final TestServer server;
    private final Map<Who, McpCaller> callers = new EnumMap<>(Who.class);
    private final Map<String, PublishedSchema> outputs = new HashMap<>();

    private FixtureServer(Path data, TestServer server) {
        this.data = data;
        this.server = server;
        for (var who : Who.values()) {
            callers.put(who, server.caller(who.token()));
        }
        for (var tool : tools(Who.READ)) {
            outputs.put(tool.get("name").stringValue(), PublishedSchema.closed(tool.get("outputSchema")));
        }
    }

    /** Loads the fixture and further transfer folders, then serves them. */
    static FixtureServer start(Path data, Map<String, String> settings, Path... more) throws IOException {
        TestServer.load(data, FOLDER);
        for (var folder : more) {
            TestServer.load(data, folder);
        }
        var all = new HashMap<>(Map.of("now", NOW));
        all.putAll(settings);
        return new FixtureServer(data, TestServer.start(data, all));
    }

    static FixtureServer start(Path data) throws IOException {
        return start(data, Map.of());
    }

    McpCaller caller(Who who) {
        return Objects.requireNonNull(callers.get(who));
    }

    int port() {
        return server.port();
    }

    Path data() {
        return data;
    }

    /** A call that the tool may answer or refuse. */
    McpCaller.Answer call(Who who, String tool, String arguments) {
        var answer = caller(who).call(tool, arguments);
        if (!answer.isError()) {
            var schema = Objects.requireNonNull(outputs.get(tool), tool);
            assertThat(schema.violations(answer.content()))
                    .as("the answer of %s %s against the published schema", tool, arguments)
                    .isEmpty();
        }
        return answer;
    }

    /** A call that must be answered. */
    McpCaller.Answer ask(Who who, String tool, String arguments) {
        var answer = call(who, tool, arguments);
        assertThat(answer.isError())
                .as("%s %s: %s", tool, arguments, answer.content())
                .isFalse();
        return answer;
    }

    /** A question of the read client about its project over the whole fixture. */
    McpCaller.Answer ask(String tool, String arguments) {
        var all = new LinkedHashMap<String, JsonNode>();
        all.put("startDate", JSON.stringNode("2024-03-04"));
        all.put("endDate", JSON.stringNode("2024-03-08"));
        JSON.readTree(arguments).properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return ask(Who.READ, tool, JSON.writeValueAsString(all));
    }

    /** The definitions of all tools as a caller sees them. */
    List<JsonNode> tools(Who who) {
        var tools = new ArrayList<JsonNode>();
        var params = JSON.createObjectNode();
        do {
            var result = caller(who).request("tools/list", params).get("result");
            result.get("tools").forEach(tools::add);
            params.set("cursor", result.get("nextCursor"));
        } while (params.hasNonNull("cursor"));
        return tools;
    }

    /** The metadata as another process opens it. */
    SqliteMetadata metadataOfAnotherProcess() {
        return SqliteMetadata.open(data.resolve("metadata.sqlite"));
    }

    /** The named fields of each row, side by side. */
    static List<String> table(JsonNode rows, String... fields) {
        return rows.valueStream()
                .map(row -> Stream.of(fields)
                        .map(field -> row.path(field).asString("null"))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    static List<String> warnings(McpCaller.Answer answer) {
        return answer.at("/meta/warnings")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
