package org.openpanelmcp.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.CompletionSource;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.tool.Caller;
import org.openpanelmcp.tool.Catalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Suggests what prompts and resource addresses can be filled in with: real projects, events and paths. */
public final class Suggestions implements CompletionSource<Caller> {
    private static final int MOST = 100;
    private static final String RECENTLY = "90d";

    private final Catalogue catalogue;
    private final VisibleProjects projects;

    public Suggestions(Catalogue catalogue, VisibleProjects projects) {
        this.catalogue = catalogue;
        this.projects = projects;
    }

    @Override
    public List<String> complete(
            Caller caller,
            Subject subject,
            String argument,
            String begun,
            Map<String, String> others,
            CallContext context) {
        return switch (argument) {
            case Prompts.PROJECT -> matching(projects.ids(caller), begun);
            case Prompts.EVENT -> matching(events(caller, others, context), begun);
            case Prompts.PATH -> matching(paths(caller, begun, others, context), begun);
            default -> List.of();
        };
    }

    /** Those that begin so, whatever the case of letters, in their order. */
    private static List<String> matching(List<String> known, String begun) {
        var start = begun.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(start))
                .limit(MOST)
                .toList();
    }

    private List<String> events(Caller caller, Map<String, String> others, CallContext context) {
        var arguments = JsonNodeFactory.instance.objectNode().put("limit", 500);
        return texts(ask(caller, "list_event_names", arguments, others, context), "event_names");
    }

    private List<String> paths(Caller caller, String begun, Map<String, String> others, CallContext context) {
        var arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("eventName", "screen_view").put("propertyKey", "path").put("limit", MOST);
        arguments.put("startDate", RECENTLY);
        var plain = begun.replace("\\", "\\\\").replace("*", "\\*");
        arguments.putObject("filters").put("path", (plain.startsWith("!") ? "\\" : "") + plain + "*");
        return texts(ask(caller, "get_event_property_values", arguments, others, context), "values");
    }

    /** The tool's answer; nothing when the project is not known yet, or the tool refuses. */
    private Optional<JsonNode> ask(
            Caller caller, String tool, ObjectNode arguments, Map<String, String> others, CallContext context) {
        return projects.meant(caller, others).flatMap(project -> {
            arguments.put(Prompts.PROJECT, project);
            var answer = (ToolAnswer.Finished) catalogue.answer(caller.access(), tool, arguments, context);
            return answer.isError() ? Optional.<JsonNode>empty() : Optional.ofNullable(answer.structured());
        });
    }

    private static List<String> texts(Optional<JsonNode> answer, String field) {
        var texts = new ArrayList<String>();
        answer.ifPresent(found -> found.get(field).forEach(value -> texts.add(value.stringValue())));
        return texts;
    }
}
