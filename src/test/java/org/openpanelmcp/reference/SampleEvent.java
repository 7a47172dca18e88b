package org.openpanelmcp.reference;

import java.util.Map;
import java.util.UUID;

/**
 * An event as it was sent.
 *
 * @param at milliseconds since 1970
 * @param columns texts by column name; a missing one is empty
 * @param duration in milliseconds
 */
record SampleEvent(
        UUID id, long at, Map<String, String> columns, Map<String, String> properties, long revenue, long duration) {
    String text(String column) {
        return columns.getOrDefault(column, "");
    }

    String name() {
        return text("name");
    }

    String sessionId() {
        return text("session_id");
    }
}
