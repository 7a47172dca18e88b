package org.openpanelmcp.ingest.session;

import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.RowKey;

/**
 * Of sessions that had to leave the memory for want of room: whose they were, so that the store is not asked about every
 * device that nobody ever saw.
 */
final class Forgotten {
    private final int most;
    private @Nullable Generation older;
    private @Nullable Generation newer;
    /** Sessions that ended after this moment are in memory, or their devices are known here. */
    private long knownSince;

    private static final class Generation {
        final DeviceFilter devices;
        long latestEnd = Long.MIN_VALUE;

        Generation(int most) {
            this.devices = new DeviceFilter(most);
        }
    }

    /** @param most devices that are known at least, twice as many at most */
    Forgotten(int most) {
        this.most = most;
        this.knownSince = Long.MAX_VALUE;
    }

    /** Begins anew: sessions that ended later than this moment are all in memory. */
    void begin(long since) {
        older = null;
        newer = null;
        knownSince = since;
    }

    /** A session leaves the memory. */
    void add(Span span) {
        var current = newer;
        if (current == null || current.devices.isFull()) {
            if (older != null) {
                knownSince = Math.max(knownSince, older.latestEnd);
            }
            older = newer;
            current = new Generation(most);
            newer = current;
        }
        current.devices.add(span.device);
        current.latestEnd = Math.max(current.latestEnd, span.end);
    }

    /** A session that ended so long ago leaves the memory that nobody will ask without the store. */
    void addOld(Span span) {
        knownSince = Math.max(knownSince, span.end);
    }

    /** Whether a session of the device that ended after a moment may be stored, without being in memory. */
    boolean mayHold(RowKey device, long after) {
        return after <= knownSince || mayContain(newer, device) || mayContain(older, device);
    }

    private static boolean mayContain(@Nullable Generation generation, RowKey device) {
        return generation != null && generation.devices.mayContain(device);
    }
}
