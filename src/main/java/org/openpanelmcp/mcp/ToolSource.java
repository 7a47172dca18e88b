package org.openpanelmcp.mcp;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools that the product offers to a caller.
 *
 * @param <C> what the product knows about a caller
 */
public interface ToolSource<C> {
    /** In a fixed order; may differ between callers, never between requests of one caller. */
    List<ToolDefinition> list(C caller);

    /** The definition of one tool; override where the list is not at hand anyway. */
    default Optional<ToolDefinition> find(C caller, String tool) {
        return list(caller).stream()
                .filter(definition -> definition.name().equals(tool))
                .findFirst();
    }

    /**
     * Runs a tool. What the caller did wrong comes back as an answer with {@code isError}.
     *
     * @throws UnknownTool when there is no such tool for this caller
     */
    ToolAnswer call(C caller, String tool, ObjectNode arguments, CallContext context);

    /** There is no tool of that name; the message names the nearest one. */
    final class UnknownTool extends RuntimeException {
        public UnknownTool(String message) {
            super(message, null, false, false);
        }
    }
}
