package org.openpanelmcp.metadata;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** The audit log as it is stored. Use {@code access.AuditLog} to write to it. */
public interface AuditEntries {
    /** Appends all of them, or none. */
    void append(List<AuditEntry> entries);

    /**
     * Those of one organization, newest first.
     *
     * @param before only entries with a smaller number; empty for the first page
     */
    List<Numbered> newestFirst(String organizationId, OptionalLong before, int limit);

    /**
     * Forgets entries older than an instant, and the oldest beyond a number of entries.
     *
     * @return how many were forgotten
     */
    int prune(Instant olderThan, long keepAtMost);

    /** An entry with its number, which grows with every entry. */
    record Numbered(long number, AuditEntry entry) {}
}
