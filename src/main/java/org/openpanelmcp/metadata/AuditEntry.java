package org.openpanelmcp.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who called what, when, how long and how big; never what with.
 *
 * @param clientId the credential that called
 * @param action the tool, or the protocol method where no tool was named
 * @param projectId null when the call named none, or one the caller may not see
 * @param bytes length of the answer
 * @param outcome {@code ok}, or the stable code of the error
 */
public record AuditEntry(
        Instant at,
        String clientId,
        String organizationId,
        String action,
        @Nullable String projectId,
        long milliseconds,
        long bytes,
        String outcome) {}
