package org.openpanelmcp.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential (API key) of a program.
 *
 * @param id a lower-case UUID
 * @param projectId the one project of a read or write client; null for root clients
 * @param secretHash {@code salt.hash} in OpenPanel's scrypt format; null: the client has no secret and cannot read
 */
public record Client(
        String id,
        String name,
        Type type,
        String organizationId,
        @Nullable String projectId,
        @Nullable String secretHash,
        Instant createdAt) {

    /** What a client may do. */
    public enum Type {
        READ,
        WRITE,
        ROOT
    }
}
