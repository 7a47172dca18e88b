package org.openpanelmcp.mcp.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.ListChanges;
import org.openpanelmcp.mcp.LogLevel;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.mcp.ToolDefinition;
import org.openpanelmcp.mcp.ToolSource;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the suite. */
final class FixtureTools implements ToolSource<String> {
    static final String NO_ARGUMENTS = """
            {"type": "object", "properties": {}, "additionalProperties": false}""";

    private final Map<String, Tool> tools = new LinkedHashMap<>();

    private record Tool(ToolDefinition definition, BiFunction<ObjectNode, CallContext, ToolAnswer> run) {}

    FixtureTools(ListChanges changes) {
        addContent();
        addNotifying(changes);
        new QuestionTools().all().forEach((name, run) -> add(name, QuestionTools.schema(name), run));
        add(
                "list_projects",
                (arguments, context) ->
                        ToolAnswer.of(Fixture.json("{\"rows\": [{\"id\": \"shop\", \"name\": \"Å\"}]}"), false));
        add("json_schema_2020_12_tool", SCHEMA, (arguments, context) -> plain("ok"));
        add(
                "test_x_mcp_header",
                """
                {"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}}""",
                (arguments, context) ->
                        plain("region " + arguments.path("region").asString("")));
    }

    @Override
    public List<ToolDefinition> list(String caller) {
        return tools.values().stream().map(Tool::definition).toList();
    }

    @Override
    public ToolAnswer call(String caller, String tool, ObjectNode arguments, CallContext context) {
        var found = tools.get(tool);
        if (found == null) {
            throw new UnknownTool("There is no tool '" + tool + "'.");
        }
        return found.run().apply(arguments, context);
    }

    private void addContent() {
        add("test_simple_text", (arguments, context) -> plain("This is a simple text response for testing."));
        add("test_image_content", (arguments, context) -> content(Fixture.image()));
        add("test_audio_content", (arguments, context) -> content(Fixture.json("""
                        {"type": "audio", "data": "%s", "mimeType": "audio/wav"}""".formatted(Fixture.WAV))));
        add(
                "test_embedded_resource",
                (arguments, context) -> content(Fixture.resource(
                        "test://embedded-resource", "text/plain", "This is an embedded resource content.")));
        add(
                "test_multiple_content_types",
                (arguments, context) -> content(
                        Fixture.text("Multiple content types test:"),
                        Fixture.image(),
                        Fixture.resource("test://mixed-content-resource", "application/json", """
                                {"test":"data","value":123}""")));
        add(
                "test_error_handling",
                (arguments, context) -> new ToolAnswer.Finished(
                        List.of(Fixture.text("This tool intentionally returns an error for testing")), null, true));
    }

    private void addNotifying(ListChanges changes) {
        add("test_tool_with_progress", (arguments, context) -> {
            for (double done = 0; done <= 100; done += 50) {
                context.progress(done, 100.0, null);
            }
            return plain("done");
        });
        add("test_tool_with_logging", (arguments, context) -> {
            context.log(LogLevel.INFO, "Tool execution started");
            context.log(LogLevel.INFO, "Tool processing data");
            context.log(LogLevel.INFO, "Tool execution completed");
            return plain("done");
        });
        add("test_logging_tool", (arguments, context) -> {
            context.log(LogLevel.INFO, "Logging");
            return plain("done");
        });
        add("test_trigger_tool_change", (arguments, context) -> {
            changes.toolsChanged();
            return plain("done");
        });
        add("test_trigger_prompt_change", (arguments, context) -> {
            changes.promptsChanged();
            return plain("done");
        });
    }

    private void add(String name, BiFunction<ObjectNode, CallContext, ToolAnswer> run) {
        add(name, NO_ARGUMENTS, run);
    }

    private void add(String name, String schema, BiFunction<ObjectNode, CallContext, ToolAnswer> run) {
        tools.put(
                name,
                new Tool(
                        new ToolDefinition(
                                name,
                                name,
                                "Fixture " + name + ".",
                                Fixture.json(schema),
                                null,
                                ToolDefinition.Annotations.READ_ONLY),
                        run));
    }

    static ToolAnswer plain(String text) {
        return content(Fixture.text(text));
    }

    private static ToolAnswer content(ObjectNode... blocks) {
        return new ToolAnswer.Finished(List.of(blocks), null, false);
    }

    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }""";
}
