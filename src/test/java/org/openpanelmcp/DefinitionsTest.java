package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is published about the tools: committed as snapshots and as pages, so that a change is seen in review. Both are
 * rewritten by {@code ./mvnw test -Dtest=DefinitionsTest -Dsnapshots.update=true}.
 */
class DefinitionsTest {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path SNAPSHOTS = Path.of("src", "test", "resources", "snapshots", "tools");
    private static final Path PAGES = Path.of("docs", "tools");
    private static final int LARGEST_INPUT = 4_096;
    private static final int LARGEST_LIST = 48 * 1_024;

    @TempDir
    static Path data;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        server = FixtureServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void snapshotsAreUpToDate() throws IOException {
        var snapshots = new TreeMap<String, String>();
        for (var who : List.of(Who.READ, Who.ROOT)) {
            for (var tool : server.tools(who)) {
                var file = tool.get("name").stringValue() + ".json";
                var both = snapshots.containsKey(file)
                        ? (ObjectNode) PRETTY.readTree(snapshots.get(file))
                        : PRETTY.createObjectNode();
                both.set(who == Who.READ ? "readClient" : "rootClient", tool);
                snapshots.put(file, PRETTY.writeValueAsString(both) + "\n");
            }
        }
        assertUpToDate(SNAPSHOTS, snapshots);
    }

    @Test
    void pagesAreUpToDate() throws IOException {
        assertUpToDate(PAGES, ToolPages.of(AllTools.sets().tools(), server.tools(Who.ROOT)));
    }

    private static void assertUpToDate(Path folder, Map<String, String> wanted) throws IOException {
        if (Boolean.getBoolean("snapshots.update")) {
            Files.createDirectories(folder);
            for (var file : files(folder)) {
                Files.delete(folder.resolve(file));
            }
            for (var entry : wanted.entrySet()) {
                Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
            }
        }
        assertThat(files(folder)).containsExactlyInAnyOrderElementsOf(wanted.keySet());
        for (var entry : wanted.entrySet()) {
            assertThat(Files.readString(folder.resolve(entry.getKey())))
                    .as("%s; if the change is meant, run DefinitionsTest with -Dsnapshots.update=true", entry.getKey())
                    .isEqualTo(entry.getValue());
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static Stream<JsonNode> definitions() {
        return Stream.concat(server.tools(Who.READ).stream(), server.tools(Who.ROOT).stream());
    }

    @Test
    void bothKindsOfCallersSeeTheSameTools() {
        assertThat(FixtureServer.table(PRETTY.valueToTree(server.tools(Who.READ)), "name", "description"))
                .doesNotHaveDuplicates()
                .isEqualTo(FixtureServer.table(PRETTY.valueToTree(server.tools(Who.ROOT)), "name", "description"));
        assertThat(server.tools(Who.READ).stream().map(tool -> tool.get("name").stringValue()))
                .doesNotHaveDuplicates()
                .hasSize(AllTools.sets().tools().size());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void whatEveryDefinitionHas(JsonNode tool) {
        assertThat(tool.get("name").stringValue()).matches("[a-z]+(_[a-z]+)*");
        assertThat(tool.get("title").stringValue()).isNotBlank();
        assertThat(tool.get("description").stringValue()).isNotBlank().hasSizeLessThan(1_200);
        var annotations = tool.get("annotations");
        assertThat(annotations.get("readOnlyHint").booleanValue()).isTrue();
        assertThat(annotations.get("openWorldHint").booleanValue()).isFalse();
        for (var schema : List.of(tool.get("inputSchema"), tool.get("outputSchema"))) {
            assertThat(schema.get("type").stringValue()).isEqualTo("object");
            assertThat(schema.propertyNames()).doesNotContain("anyOf", "oneOf", "allOf", "$ref");
        }
        assertThat(tool.at("/inputSchema/additionalProperties").booleanValue()).isFalse();
        assertThat(tool.get("inputSchema").toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(LARGEST_INPUT);
        tool.at("/inputSchema/properties")
                .properties()
                .forEach(argument -> assertThat(
                                argument.getValue().path("description").asString(""))
                        .as(argument.getKey())
                        .isNotBlank());
        assertThat(tool.at("/outputSchema/required").valueStream().map(JsonNode::stringValue))
                .contains("meta");
    }

    private static List<String> required(JsonNode tool) {
        return tool.at("/inputSchema/required")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void onlyRootClientsHaveToNameAProject() {
        for (var tool : server.tools(Who.READ)) {
            assertThat(required(tool)).doesNotContain("projectId");
        }
        for (var tool : server.tools(Who.ROOT)) {
            if (tool.at("/inputSchema/properties").has("projectId")) {
                assertThat(required(tool)).contains("projectId");
            }
        }
    }

    @Test
    void theListFitsIntoASmallContext() {
        int bytes = server.tools(Who.ROOT).stream()
                .map(tool -> ((ObjectNode) tool.deepCopy()).without("outputSchema"))
                .mapToInt(tool -> tool.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isLessThan(LARGEST_LIST);
    }

    @Test
    void instructionsAreShortAndNameTheToolsThatThereAre() {
        var hello = PRETTY.createObjectNode().put("protocolVersion", "2025-11-25");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "test").put("version", "1");
        var instructions = server.caller(Who.READ)
                .request("initialize", hello)
                .at("/result/instructions")
                .stringValue();
        assertThat(instructions.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
        assertThat(instructions).contains("list_projects", "list_event_names", "query_events");
    }

    /** Tool and arguments of every example that a description gives. */
    record Example(String tool, String arguments) {}

    static Stream<Example> examples() {
        return AllTools.sets().tools().stream()
                .map(tool -> tool.spec())
                .flatMap(
                        spec -> spec.examples().stream().map(example -> new Example(spec.name(), example.arguments())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreAnsweredAndFitTheirSchema(Example example) {
        server.ask(Who.READ, example.tool(), example.arguments());
        var input = server.tools(Who.READ).stream()
                .filter(tool -> tool.get("name").stringValue().equals(example.tool()))
                .map(tool -> PublishedSchema.closed(tool.get("inputSchema")))
                .findFirst()
                .orElseThrow();
        assertThat(input.violations(PRETTY.readTree(example.arguments()))).isEmpty();
    }
}
