package org.openpanelmcp.reference;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * One random set of rows.
 *
 * @param now the time at which it is asked
 * @param index of its rows
 */
record SampleProject(
        long seed,
        String organizationId,
        String id,
        ZoneId zone,
        Instant now,
        List<SampleEvent> events,
        List<SampleSession> sessions,
        SamplePeople people,
        SampleIndex index) {
    SampleProject(
            long seed,
            String organizationId,
            String id,
            ZoneId zone,
            Instant now,
            List<SampleEvent> events,
            List<SampleSession> sessions,
            SamplePeople people) {
        this(seed, organizationId, id, zone, now, events, sessions, people, SampleIndex.of(events, sessions));
    }

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
