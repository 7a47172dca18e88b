package org.openpanelmcp.reference;

import java.util.List;
import java.util.Map;

/**
 * One version of a profile as it was stored.
 *
 * @param columns texts by column name; a missing one is empty
 * @param createdAt milliseconds since 1970
 * @param seenAt milliseconds since 1970
 */
record SampleProfile(
        String id,
        boolean identified,
        Map<String, String> columns,
        Map<String, String> properties,
        List<String> groups,
        long createdAt,
        long seenAt) {
    String text(String column) {
        return columns.getOrDefault(column, "");
    }
}
