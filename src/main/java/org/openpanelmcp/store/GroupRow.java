package org.openpanelmcp.store;

import java.util.Map;

/** A version of a group as it is stored. */
public record GroupRow(
        RowKey key,
        String type,
        String name,
        Map<String, String> properties,
        long createdAt,
        long version,
        boolean deleted) {}
