package org.openpanelmcp.mcp.conformance;

import java.util.List;
import java.util.Map;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.InputRequired;
import org.openpanelmcp.mcp.PromptAnswer;
import org.openpanelmcp.mcp.PromptDefinition;
import org.openpanelmcp.mcp.PromptSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The prompts of the suite. */
final class FixturePrompts implements PromptSource<String> {
    @Override
    public List<PromptDefinition> list(String caller) {
        return List.of(
                prompt("test_simple_prompt"),
                prompt("test_prompt_with_arguments", "arg1", "arg2"),
                prompt("test_prompt_with_embedded_resource", "resourceUri"),
                prompt("test_prompt_with_image"),
                prompt("test_input_required_result_prompt"));
    }

    @Override
    public PromptAnswer get(String caller, String prompt, Map<String, String> arguments, CallContext context) {
        return switch (prompt) {
            case "test_simple_prompt" -> PromptAnswer.user("This is a simple prompt for testing.");
            case "test_prompt_with_arguments" ->
                PromptAnswer.user("Prompt with arguments: arg1='%s', arg2='%s'"
                        .formatted(arguments.get("arg1"), arguments.get("arg2")));
            case "test_prompt_with_embedded_resource" ->
                messages(
                        Fixture.resource(
                                arguments.getOrDefault("resourceUri", ""),
                                "text/plain",
                                "Embedded resource content for testing."),
                        Fixture.text("Please process the embedded resource above."));
            case "test_prompt_with_image" -> messages(Fixture.image(), Fixture.text("Please analyze the image above."));
            case "test_input_required_result_prompt" ->
                Fixture.accepted(context.input().responses(), "user_context", "context")
                        ? PromptAnswer.user("Thank you.")
                        : new InputRequired(
                                Map.of(
                                        "user_context",
                                        Fixture.form("What context should the prompt use?", "context", "string")),
                                null);
            default -> throw new IllegalArgumentException(prompt);
        };
    }

    private static PromptAnswer messages(ObjectNode... contents) {
        return new PromptAnswer.Messages(
                null,
                List.of(contents).stream()
                        .map(content -> JsonNodeFactory.instance
                                .objectNode()
                                .put("role", "user")
                                .set("content", content))
                        .toList());
    }

    private static PromptDefinition prompt(String name, String... arguments) {
        return new PromptDefinition(
                name,
                name,
                "Fixture " + name + ".",
                List.of(arguments).stream()
                        .map(argument -> new PromptDefinition.Argument(argument, "Fixture argument.", true))
                        .toList());
    }
}
