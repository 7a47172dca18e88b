package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Export, import, backup and restore as a person gives them: afterwards every tool answers as before. */
class TransferProgramTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** What tools that need to know something are asked for. */
    private static final Map<String, String> SAMPLES = Map.of(
            "projectId", "p1",
            "startDate", "2024-03-04",
            "endDate", "2024-03-08",
            "eventName", "screen_view",
            "event", "screen_view",
            "profileId", "u1",
            "sessionId", "s1",
            "path", "/",
            "query", "a");

    @TempDir
    Path folder;

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void everyToolAnswersAsBefore() throws Exception {
        var export = data("export");
        var backup = data("backup");
        ok("import", FixtureServer.FOLDER.toString(), "--test", "--data", data("data"));
        Map<String, JsonNode> before;
        try (var server = serve("data")) {
            before = answers(port(server));
            assertThat(before).hasSizeGreaterThan(AllTools.sets().tools().size());
            var exported = JSON.readTree(ok("export", export, "--json", "--data", data("data")));
            assertThat(exported.at("/tables")
                            .valueStream()
                            .map(table -> table.path("table").asString()))
                    .contains("catalog clients", "events", "sessions", "profiles");
            var copied = JSON.readTree(ok("backup", backup, "--json", "--data", data("data")));
            assertThat(copied.at("/manifest/files")
                            .valueStream()
                            .map(file -> file.path("name").asString()))
                    .contains("events.duckdb", "metadata.sqlite", "secret.key");
            refused("A server is running on", "restore", backup, "--replace", "--data", data("data"));
            assertThat(server.stop().output()).doesNotContain("Exception", "\tat ");
        }
        refused("holds data", "restore", backup, "--data", data("data"));
        ok("import", export, "--test", "--data", data("imported"));
        ok("restore", backup, "--data", data("restored"));
        assertThat(ok("restore", backup, "--replace", "--data", data("data"))).contains("data.before-restore-");
        for (var name : List.of("imported", "restored", "data")) {
            try (var server = serve(name)) {
                assertThat(answers(port(server))).as(name).isEqualTo(before);
            }
        }
    }

    @Test
    void wrongUseIsToldAtTheTerminal() {
        var usage = Program.run("export", data("x"), "--format", "xml");
        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(usage.output()).contains("'xml' is none of parquet, jsonl, jsonl.gz, csv");
        refused("holds no data", "export", data("x"), "--data", data("none"));
        refused("holds no data", "backup", data("x"), "--data", data("none"));
        refused("is no backup", "restore", data("x"), "--data", data("none"));
        for (var command : List.of("export", "backup", "restore")) {
            assertThat(Program.run(command, "--help").output()).contains("--data", "--json", "DIR");
            assertThat(Program.run(command).exitCode()).isEqualTo(2);
        }
    }

    /** The answers of both kinds of client to every tool, by tool. */
    private static Map<String, JsonNode> answers(int port) {
        var answers = new LinkedHashMap<String, JsonNode>();
        for (var who : List.of(Who.READ, Who.ROOT)) {
            var caller = new McpCaller(port, who.token());
            for (var tool : tools(caller)) {
                var name = tool.get("name").stringValue();
                var content = caller.call(name, arguments(tool)).content();
                answers.put(who + " " + name, withoutAddresses(content));
            }
        }
        return answers;
    }

    private static List<JsonNode> tools(McpCaller caller) {
        var tools = new ArrayList<JsonNode>();
        var params = JSON.createObjectNode();
        do {
            var result = caller.request("tools/list", params).get("result");
            result.get("tools").forEach(tools::add);
            params.set("cursor", result.get("nextCursor"));
        } while (params.hasNonNull("cursor"));
        return tools;
    }

    private static String arguments(JsonNode tool) {
        var arguments = LeastArguments.of(tool.get("name").stringValue());
        SAMPLES.forEach((name, value) -> {
            if (tool.at("/inputSchema/properties").has(name)) {
                arguments.put(name, value);
            }
        });
        return arguments.toString();
    }

    /** Without what each installation makes for itself: addresses, and what it signs with its own key. */
    private static JsonNode withoutAddresses(JsonNode content) {
        if (content.path("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("dashboardUrl", "nextCursor", "handle"));
        }
        return content;
    }

    private Program serve(String name) {
        return Program.start(
                "serve", "--data", data(name), "--port", "0", "--now", FixtureServer.NOW, "--mcp-rate-limit", "0");
    }

    private static int port(Program server) {
        return Integer.parseInt(server.lineWith("answers at").replaceAll(".*:(\\d+)/mcp.*", "$1"));
    }

    private static String ok(String... command) {
        var ended = Program.run(command);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }

    private static void refused(String words, String... command) {
        var ended = Program.run(command);
        assertThat(ended.output()).contains(words).doesNotContain("Exception", "\tat ");
        assertThat(ended.exitCode()).isEqualTo(1);
    }
}
