package org.openpanelmcp.store;

import java.util.List;
import java.util.Map;

/** A profile as it is stored. */
public record ProfileRow(
        RowKey key,
        boolean isExternal,
        String firstName,
        String lastName,
        String email,
        String avatar,
        Map<String, String> properties,
        List<String> groups,
        long createdAt,
        long lastSeenAt) {}
