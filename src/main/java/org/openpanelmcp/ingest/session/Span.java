package org.openpanelmcp.ingest.session;

import org.openpanelmcp.store.RowKey;
import org.openpanelmcp.store.SessionIds;

/** A session as far as it takes to decide what belongs to it. */
final class Span {
    final RowKey device;
    final String sessionId;
    String profileId;
    long start;
    long end;
    /** The last journal entry that changed it: until that is stored, nobody else knows. */
    long lastSeq;
    /** When it was last asked for, by the wall clock. */
    long usedAt;

    Span(RowKey device, String sessionId, String profileId, long start, long end) {
        this.device = device;
        this.sessionId = sessionId;
        this.profileId = profileId;
        this.start = start;
        this.end = end;
    }

    /** Whether it holds a moment when it is widened by the time that ends a session. */
    boolean holds(long at) {
        return at >= start - SessionIds.TIMEOUT && at <= end + SessionIds.TIMEOUT;
    }

    boolean isIdentified() {
        return !profileId.isEmpty() && !profileId.equals(device.id());
    }
}
