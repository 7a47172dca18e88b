package org.openpanelmcp.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a tool call gives back. */
public sealed interface ToolAnswer permits ToolAnswer.Finished, InputRequired {
    /**
     * A finished call.
     *
     * @param content blocks as the protocol defines them
     * @param structured the same answer as an object, where the tool has one
     */
    record Finished(List<ObjectNode> content, @Nullable ObjectNode structured, boolean isError) implements ToolAnswer {
        public Finished {
            content = List.copyOf(content);
        }
    }

    /** An object, repeated as compact JSON for clients that show their model nothing but text. */
    static Finished of(ObjectNode structured, boolean isError) {
        var block = JsonNodeFactory.instance.objectNode();
        block.put("type", "text").put("text", structured.toString());
        return new Finished(List.of(block), structured, isError);
    }
}
