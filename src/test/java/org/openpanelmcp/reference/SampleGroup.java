package org.openpanelmcp.reference;

import java.util.Map;

/**
 * One version of a group as it was stored.
 *
 * @param createdAt milliseconds since 1970
 * @param version milliseconds since 1970
 */
record SampleGroup(
        String id,
        String type,
        String name,
        Map<String, String> properties,
        long createdAt,
        long version,
        boolean deleted) {}
