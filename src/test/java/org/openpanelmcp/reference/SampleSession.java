package org.openpanelmcp.reference;

import java.util.Map;

/**
 * A session as it was stored.
 *
 * @param at when it started, in milliseconds since 1970
 * @param duration in milliseconds
 * @param columns texts by column name; a missing one is empty
 */
record SampleSession(
        String id, long at, long duration, boolean bounce, int views, long revenue, Map<String, String> columns) {
    String text(String column) {
        return column.equals("session_id") ? id : columns.getOrDefault(column, "");
    }
}
