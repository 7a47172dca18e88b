package org.openpanelmcp.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the client answered to an {@link InputRequired}.
 *
 * @param responses by the names of the requests; some may be missing, then ask again
 * @param state what the earlier run gave, unchanged
 */
public record Input(
        Map<String, ObjectNode> responses, @Nullable JsonNode state) {
    /** Nothing was asked yet. */
    public static final Input NONE = new Input(Map.of(), null);

    public Input {
        responses = Map.copyOf(responses);
    }
}
