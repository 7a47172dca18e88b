package org.openpanelmcp.mcp.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.InputRequest;
import org.openpanelmcp.mcp.InputRequired;
import org.openpanelmcp.mcp.ToolAnswer;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The tools of the suite that ask their client something. */
final class QuestionTools {
    private static final String DEFAULTS = """
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "default": "John Doe"},
                "age": {"type": "integer", "default": 30},
                "score": {"type": "number", "default": 95.5},
                "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
                "verified": {"type": "boolean", "default": true}
              },
              "required": []
            }""";
    private static final String ENUMS = """
            {
              "type": "object",
              "properties": {
                "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                "titledSingle": {"type": "string", "oneOf": [
                  {"const": "value1", "title": "First Option"},
                  {"const": "value2", "title": "Second Option"},
                  {"const": "value3", "title": "Third Option"}]},
                "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]},
                "untitledMulti": {"type": "array",
                  "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
                "titledMulti": {"type": "array", "items": {"anyOf": [
                  {"const": "value1", "title": "First Choice"},
                  {"const": "value2", "title": "Second Choice"},
                  {"const": "value3", "title": "Third Choice"}]}}
              },
              "required": []
            }""";
    private static final String USER = """
            {
              "type": "object",
              "properties": {
                "username": {"type": "string", "description": "User's response"},
                "email": {"type": "string", "description": "User's email address"}
              },
              "required": ["username", "email"]
            }""";

    private final Map<String, BiFunction<ObjectNode, CallContext, ToolAnswer>> tools = new LinkedHashMap<>();

    QuestionTools() {
        addSingle();
        addWithState();
    }

    Map<String, BiFunction<ObjectNode, CallContext, ToolAnswer>> all() {
        return tools;
    }

    static String schema(String name) {
        return switch (name) {
            case "test_sampling" -> required("prompt");
            case "test_elicitation" -> required("message");
            default -> FixtureTools.NO_ARGUMENTS;
        };
    }

    private static String required(String property) {
        return """
                {"type": "object", "properties": {"%1$s": {"type": "string"}}, "required": ["%1$s"]}""".formatted(property);
    }

    private void addSingle() {
        single(
                "test_sampling",
                "answer",
                arguments -> Fixture.sample(arguments.path("prompt").asString(""), 100),
                response ->
                        "LLM response: " + response.path("content").path("text").asString(""));
        single(
                "test_elicitation",
                "user",
                arguments -> Fixture.elicit(arguments.path("message").asString(""), USER),
                response -> "User response: " + response);
        single(
                "test_elicitation_sep1034_defaults",
                "form",
                arguments -> Fixture.elicit("Please check the defaults", DEFAULTS),
                QuestionTools::completed);
        single(
                "test_elicitation_sep1330_enums",
                "form",
                arguments -> Fixture.elicit("Please choose", ENUMS),
                QuestionTools::completed);
        single("test_missing_capability", "answer", arguments -> Fixture.sample("Hello", 10), response -> "unexpected");
        single(
                "test_streaming_elicitation",
                "user",
                arguments -> Fixture.form("Your name?", "name", "string"),
                response -> "thanks");
        single(
                "test_input_required_result_sampling",
                "capital_question",
                arguments -> Fixture.sample("What is the capital of France?", 100),
                response -> response.path("content").path("text").asString(""));
        single(
                "test_input_required_result_list_roots",
                "client_roots",
                arguments -> Fixture.roots(),
                response -> "Roots: " + response.path("roots"));
    }

    private void addWithState() {
        tools.put("test_input_required_result_elicitation", (arguments, context) -> {
            var response = context.input().responses().get("user_name");
            return response != null && response.path("content").has("name")
                    ? FixtureTools.plain(
                            "Hello, " + response.path("content").path("name").asString("") + "!")
                    : ask("user_name", Fixture.form("What is your name?", "name", "string"), null);
        });
        confirmed("test_input_required_result_request_state");
        confirmed("test_input_required_result_tampered_state");
        tools.put("test_input_required_result_multiple_inputs", (arguments, context) -> {
            var requests = new LinkedHashMap<String, InputRequest>();
            requests.put("user_name", Fixture.form("What is your name?", "name", "string"));
            requests.put("greeting", Fixture.sample("Generate a greeting", 50));
            requests.put("client_roots", Fixture.roots());
            return context.input().responses().keySet().containsAll(requests.keySet())
                    ? FixtureTools.plain("complete")
                    : new InputRequired(requests, StringNode.valueOf("asked"));
        });
        tools.put("test_input_required_result_multi_round", (arguments, context) -> {
            var state = context.input().state();
            var responses = context.input().responses();
            if (state == null || (state.asString("").equals("one") && !responses.containsKey("step1"))) {
                return ask("step1", Fixture.form("Step 1: What is your name?", "name", "string"), "one");
            }
            return responses.containsKey("step2")
                    ? FixtureTools.plain("complete")
                    : ask("step2", Fixture.form("Step 2: What is your favorite color?", "color", "string"), "two");
        });
        tools.put("test_input_required_result_capabilities", (arguments, context) -> {
            var requests = new LinkedHashMap<String, InputRequest>();
            if (context.canAsk(InputRequest.Kind.ELICITATION)) {
                requests.put("form", Fixture.form("What is your name?", "name", "string"));
            }
            if (context.canAsk(InputRequest.Kind.SAMPLING)) {
                requests.put("sample", Fixture.sample("Hello", 10));
            }
            return new InputRequired(requests, null);
        });
    }

    private void confirmed(String name) {
        tools.put(
                name,
                (arguments, context) -> context.input().state() != null
                                && Fixture.accepted(context.input().responses(), "confirm", "ok")
                        ? FixtureTools.plain("state-ok")
                        : ask("confirm", Fixture.form("Please confirm", "ok", "boolean"), "waiting"));
    }

    private void single(
            String name, String key, Function<ObjectNode, InputRequest> question, Function<ObjectNode, String> answer) {
        tools.put(name, (arguments, context) -> {
            var response = context.input().responses().get(key);
            return response == null
                    ? ask(key, question.apply(arguments), null)
                    : FixtureTools.plain(answer.apply(response));
        });
    }

    private static ToolAnswer ask(String name, InputRequest question, @Nullable String state) {
        return new InputRequired(Map.of(name, question), state == null ? null : StringNode.valueOf(state));
    }

    private static String completed(ObjectNode response) {
        return "Elicitation completed: action=%s, content=%s"
                .formatted(response.path("action").asString(""), response.path("content"));
    }
}
