package org.openpanelmcp.metadata;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site, an app or a back end whose events are kept together.
 *
 * @param types any of {@code website}, {@code app}, {@code backend}
 * @param zone overrides the organization's zone
 * @param deletedAt set: the project answers nobody any more
 */
public record Project(
        String id,
        String organizationId,
        String name,
        @Nullable String domain,
        List<String> types,
        @Nullable ZoneId zone,
        Instant createdAt,
        @Nullable Instant deletedAt) {

    public Project {
        types = List.copyOf(types);
    }
}
