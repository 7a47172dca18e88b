package org.openpanelmcp.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call cannot go on without answers; it is run again with them.
 *
 * @param requests by a name that the answers repeat; in the order in which they are asked
 * @param state given back with the answers; sealed on the way, so that a client can read but not change it
 */
public record InputRequired(
        Map<String, InputRequest> requests, @Nullable JsonNode state) implements ToolAnswer, PromptAnswer {
    public InputRequired {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }
}
