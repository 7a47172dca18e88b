package org.openpanelmcp.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An event as it is stored. */
public record EventRow(
        UUID id,
        String projectId,
        String name,
        long createdAt,
        String deviceId,
        String profileId,
        String sessionId,
        List<String> groups,
        String path,
        String origin,
        Source source,
        Surroundings surroundings,
        String sdkName,
        String sdkVersion,
        long revenue,
        Map<String, String> properties) {}
