package org.openpanelmcp.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential that was taken away for good. Its id stays known, so that no older catalog brings it back.
 *
 * @param projectId null for a root client
 */
public record RevokedClient(
        String id, String organizationId, @Nullable String projectId, Instant revokedAt) {}
