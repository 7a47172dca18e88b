package org.openpanelmcp.mcp;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openpanelmcp.mcp.CompletionSource.Subject;
import org.openpanelmcp.mcp.InputRounds.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that run code of the product: from the wire to the sources and back. */
final class Calls<C> {
    /** The protocol allows no more values in one completion. */
    private static final int MOST_COMPLETIONS = 100;

    private final Offering<C> offering;
    private final InputRounds rounds;

    Calls(Offering<C> offering, InputRounds rounds) {
        this.offering = offering;
        this.rounds = rounds;
    }

    ObjectNode callTool(RunningCall<C> running) {
        var turn = running.turn();
        var name = text(turn.params(), "name");
        var arguments = object(turn.params(), "arguments");
        return rounds.run(running, input -> {
            try {
                return switch (offering.tools().call(turn.caller(), name, arguments, running)) {
                    case ToolAnswer.Finished finished -> new Step.Done(toolResult(finished));
                    case InputRequired questions -> new Step.Ask(questions);
                };
            } catch (ToolSource.UnknownTool unknown) {
                throw Fault.invalidParams(String.valueOf(unknown.getMessage()));
            }
        });
    }

    static ObjectNode toolResult(ToolAnswer.Finished finished) {
        var result = Json.object();
        var content = result.putArray("content");
        finished.content().forEach(content::add);
        // Structured content must fit the tool's output schema, and an error does not: clients that check it would show
        // their own complaint instead of the error. The text says it all.
        if (finished.structured() != null && !finished.isError()) {
            result.set("structuredContent", finished.structured());
        }
        return result.put("isError", finished.isError());
    }

    ObjectNode readResource(RunningCall<C> running) {
        var turn = running.turn();
        var uri = text(turn.params(), "uri");
        try {
            var result = Json.object();
            var contents = result.putArray("contents");
            offering.resources()
                    .read(turn.caller(), uri, running)
                    .forEach(content -> contents.add(resourceContent(content)));
            return result;
        } catch (ResourceSource.UnknownResource unknown) {
            throw Fault.unknownResource(uri, String.valueOf(unknown.getMessage()), turn.revision());
        }
    }

    ObjectNode getPrompt(RunningCall<C> running) {
        var turn = running.turn();
        var name = text(turn.params(), "name");
        var arguments = texts(object(turn.params(), "arguments"), "arguments");
        var prompt = offering.prompts().list(turn.caller()).stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Fault.invalidParams(
                        "There is no prompt '" + Fault.shortened(name) + "'; prompts/list names them."));
        for (var argument : prompt.arguments()) {
            if (argument.required() && !arguments.containsKey(argument.name())) {
                throw Fault.invalidParams("The prompt '" + name + "' needs the argument '" + argument.name() + "'.");
            }
        }
        return rounds.run(running, input -> switch (offering.prompts().get(turn.caller(), name, arguments, running)) {
            case PromptAnswer.Messages messages -> new Step.Done(promptResult(messages));
            case InputRequired questions -> new Step.Ask(questions);
        });
    }

    ObjectNode complete(RunningCall<C> running) {
        var params = running.turn().params();
        var argument = object(params, "argument");
        var others = texts(object(object(params, "context"), "arguments"), "context.arguments");
        var found = offering.completions()
                .complete(
                        running.turn().caller(),
                        subject(object(params, "ref")),
                        text(argument, "name"),
                        text(argument, "value"),
                        others,
                        running);
        var result = Json.object();
        var completion = result.putObject("completion");
        var values = completion.putArray("values");
        found.stream().limit(MOST_COMPLETIONS).forEach(values::add);
        completion.put("total", found.size()).put("hasMore", found.size() > MOST_COMPLETIONS);
        return result;
    }

    private static Subject subject(ObjectNode ref) {
        return switch (text(ref, "type")) {
            case "ref/prompt" -> new Subject.Prompt(text(ref, "name"));
            case "ref/resource" -> new Subject.Resource(text(ref, "uri"));
            case String other ->
                throw Fault.invalidParams("'ref.type' has to be \"ref/prompt\" or \"ref/resource\", not \""
                        + Fault.shortened(other) + "\".");
        };
    }

    private static ObjectNode resourceContent(ResourceContent content) {
        var node = Json.object().put("uri", content.uri()).put("mimeType", content.mimeType());
        return switch (content) {
            case ResourceContent.Text text -> node.put("text", text.text());
            case ResourceContent.Binary binary ->
                node.put("blob", Base64.getEncoder().encodeToString(binary.bytes()));
        };
    }

    private static ObjectNode promptResult(PromptAnswer.Messages answer) {
        var result = Json.object();
        if (answer.description() != null) {
            result.put("description", answer.description());
        }
        var messages = result.putArray("messages");
        answer.messages().forEach(messages::add);
        return result;
    }

    static String text(ObjectNode params, String name) {
        var value = params.get(name);
        if (value == null || !value.isString()) {
            throw Fault.invalidParams("'" + name + "' has to be a string"
                    + (value == null ? "; it is missing." : ", not " + Message.kind(value) + "."));
        }
        return value.stringValue();
    }

    /** An object that may be left out. */
    private static ObjectNode object(ObjectNode params, String name) {
        var value = params.get(name);
        if (value == null || value.isNull()) {
            return Json.object();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw Fault.invalidParams("'" + name + "' has to be an object, not " + Message.kind(value) + ".");
    }

    private static Map<String, String> texts(ObjectNode object, String name) {
        var texts = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getValue().isString()) {
                throw Fault.invalidParams("'" + name + "." + Fault.shortened(entry.getKey())
                        + "' has to be a string, not " + Message.kind(entry.getValue()) + ".");
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        }
        return texts;
    }
}
