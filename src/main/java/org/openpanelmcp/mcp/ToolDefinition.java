package org.openpanelmcp.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A tool as {@code tools/list} publishes it; the schemas are JSON Schema 2020-12 objects. */
public record ToolDefinition(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        @Nullable ObjectNode outputSchema,
        Annotations annotations) {

    /** What a client may assume when it decides whether to ask its user first. */
    public record Annotations(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        /** Reads this server's own data only. */
        public static final Annotations READ_ONLY = new Annotations(true, false, true, false);
    }
}
