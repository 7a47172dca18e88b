package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Our answers on the reference dataset against those of a reference server. Runs when the folder with both lies beside
 * the checkout.
 */
@EnabledIf("present")
class GoldenTest {
    private static final Path SHARED = Path.of("..", "shared");
    private static final JsonMapper JSON = new JsonMapper();

    static boolean present() {
        return Files.isDirectory(SHARED.resolve("golden")) && Files.isDirectory(SHARED.resolve("dataset"));
    }

    @Test
    void answersAsTheReferenceDoesOrDeviatesByAListedEntry(@TempDir Path data) throws IOException {
        TestServer.load(data, SHARED.resolve("dataset"));
        var verdicts = new TreeMap<String, GoldenRules.Verdict>();
        try (var server = TestServer.start(
                data, Map.of("now", "2026-11-22T08:25:00Z", "dashboard-url", "http://localhost:3000"))) {
            var tokens = tokens();
            for (var file : cases()) {
                var golden = JSON.readTree(Files.readString(file));
                var tool = golden.get("tool").stringValue();
                if (GoldenRules.covers(tool)) {
                    var caller = server.caller(
                            tokens.getOrDefault(golden.get("client").stringValue(), ""));
                    var arguments = GoldenRules.arguments(tool, (ObjectNode) golden.get("arguments"));
                    var answer = whole(caller, tool, arguments);
                    verdicts.put(golden.get("id").stringValue(), GoldenRules.compare(tool, golden, answer));
                }
            }
        }
        System.out.println(summary(verdicts));
        assertThat(verdicts).isNotEmpty();
        assertThat(wrong(verdicts)).as("wrong answers").isEmpty();
    }

    /** The reference gives as many rows as are asked for; ours come in pages where they are too long for a model. */
    private static McpCaller.Answer whole(McpCaller caller, String tool, ObjectNode arguments) {
        var first = caller.call(tool, arguments.toString());
        var rows = first.at("/rows");
        int left = arguments.path("limit").intValue(0) - rows.size();
        var cursor = first.at("/meta/nextCursor");
        while (rows instanceof ArrayNode list && left > 0 && cursor.isString()) {
            var asked = arguments.deepCopy().put("limit", left);
            asked.set("cursor", cursor);
            var next = caller.call(tool, asked.toString());
            next.at("/rows").forEach(list::add);
            left -= next.at("/rows").size();
            cursor = next.at("/meta/nextCursor");
        }
        return first;
    }

    private static Map<String, List<String>> wrong(Map<String, GoldenRules.Verdict> verdicts) {
        var wrong = new TreeMap<String, List<String>>();
        verdicts.forEach((id, verdict) -> {
            if (!verdict.wrong().isEmpty()) {
                wrong.put(id, verdict.wrong());
            }
        });
        return wrong;
    }

    private static String summary(Map<String, GoldenRules.Verdict> verdicts) {
        int wrong = wrong(verdicts).size();
        var deviating = new ArrayList<String>();
        verdicts.forEach((id, verdict) -> {
            if (verdict.wrong().isEmpty() && !verdict.deviations().isEmpty()) {
                deviating.add(id + " " + verdict.deviations());
            }
        });
        return "golden: " + (verdicts.size() - wrong - deviating.size()) + " equal, " + deviating.size()
                + " deviating by a listed Q " + deviating + ", " + wrong + " wrong";
    }

    private static List<Path> cases() throws IOException {
        try (var files = Files.list(SHARED.resolve("golden"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** The clients of the dataset by the names that the cases use. */
    private static Map<String, String> tokens() throws IOException {
        var names = Map.of(
                "acme root",
                "root",
                "acme read",
                "read",
                "globex read",
                "globex",
                "globex root",
                "globexRoot",
                "acme empty read",
                "empty");
        var tokens = new TreeMap<String, String>();
        for (JsonNode client : JSON.readTree(
                        Files.readString(SHARED.resolve("dataset").resolve("catalog.json")))
                .get("clients")) {
            var name = client.get("name").stringValue();
            var secret = "sec_" + name.replace(' ', '_').replace("acme_empty", "empty");
            if (names.containsKey(name)) {
                tokens.put(names.get(name), TestServer.token(client.get("id").stringValue(), secret));
            }
        }
        return tokens;
    }
}
