package org.openpanelmcp.mcp;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** What the lists of tools, resources and prompts look like on the wire, page by page. */
final class Lists<C> {
    /** A client pages through a list at once or not at all. */
    private static final Duration CURSOR_LIFE = Duration.ofDays(1);

    private final Offering<C> offering;
    private final Seal seal;
    private final int pageSize;

    Lists(Offering<C> offering, Seal seal, int pageSize) {
        this.offering = offering;
        this.seal = seal;
        this.pageSize = pageSize;
    }

    ObjectNode tools(Turn<C> turn) {
        return page(turn, "tools", offering.tools().list(turn.caller()), Lists::tool);
    }

    ObjectNode resources(Turn<C> turn) {
        return page(
                turn,
                "resources",
                offering.resources().list(turn.caller()),
                resource -> resource(resource).put("uri", resource.uri()));
    }

    ObjectNode templates(Turn<C> turn) {
        return page(
                turn,
                "resourceTemplates",
                offering.resources().templates(turn.caller()),
                template -> resource(template).put("uriTemplate", template.uri()));
    }

    ObjectNode prompts(Turn<C> turn) {
        return page(turn, "prompts", offering.prompts().list(turn.caller()), Lists::prompt);
    }

    private <T> ObjectNode page(Turn<C> turn, String name, List<T> all, Function<T, ObjectNode> writer) {
        var purpose = "cursor " + name + " " + turn.admission().callerId();
        var start = Math.min(start(turn, purpose), all.size());
        var end = Math.min(start + pageSize, all.size());
        var result = Json.object();
        var entries = result.putArray(name);
        all.subList(start, end).forEach(entry -> entries.add(writer.apply(entry)));
        if (end < all.size()) {
            result.put("nextCursor", seal.close(purpose, IntNode.valueOf(end), CURSOR_LIFE));
        }
        return result;
    }

    private int start(Turn<C> turn, String purpose) {
        var cursor = turn.params().get("cursor");
        if (cursor == null || cursor.isNull()) {
            return 0;
        }
        return seal.open(purpose, cursor.asString(""))
                .orElseThrow(() -> Fault.invalidParams(
                        "'cursor' is none of this list; leave it out to begin, then send 'nextCursor' unchanged."))
                .intValue();
    }

    private static ObjectNode tool(ToolDefinition tool) {
        var node = Json.object()
                .put("name", tool.name())
                .put("title", tool.title())
                .put("description", tool.description());
        node.set("inputSchema", tool.inputSchema());
        if (tool.outputSchema() != null) {
            node.set("outputSchema", tool.outputSchema());
        }
        addHints(node.putObject("annotations").put("title", tool.title()), tool.annotations());
        return node;
    }

    /** The protocol gives two of the hints a meaning only for tools that change something. */
    private static void addHints(ObjectNode node, ToolDefinition.Annotations hints) {
        node.put("readOnlyHint", hints.readOnly());
        if (!hints.readOnly()) {
            node.put("destructiveHint", hints.destructive()).put("idempotentHint", hints.idempotent());
        }
        node.put("openWorldHint", hints.openWorld());
    }

    private static ObjectNode resource(ResourceDefinition resource) {
        return Json.object()
                .put("name", resource.name())
                .put("title", resource.title())
                .put("description", resource.description())
                .put("mimeType", resource.mimeType());
    }

    private static ObjectNode prompt(PromptDefinition prompt) {
        var node = Json.object()
                .put("name", prompt.name())
                .put("title", prompt.title())
                .put("description", prompt.description());
        var arguments = node.putArray("arguments");
        prompt.arguments()
                .forEach(argument -> arguments
                        .addObject()
                        .put("name", argument.name())
                        .put("description", argument.description())
                        .put("required", argument.required()));
        return node;
    }
}
