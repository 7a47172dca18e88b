package org.openpanelmcp.reference;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * One random set of rows.
 *
 * @param now the time at which it is asked
 */
record SampleProject(
        long seed,
        String organizationId,
        String id,
        ZoneId zone,
        Instant now,
        List<SampleEvent> events,
        List<SampleSession> sessions,
        SamplePeople people) {
    /** A set without profiles and groups. */
    SampleProject(
            long seed,
            String organizationId,
            String id,
            ZoneId zone,
            Instant now,
            List<SampleEvent> events,
            List<SampleSession> sessions) {
        this(seed, organizationId, id, zone, now, events, sessions, SamplePeople.NONE);
    }

    String title() {
        return "seed " + seed + ", " + zone + ", now " + now;
    }
}
