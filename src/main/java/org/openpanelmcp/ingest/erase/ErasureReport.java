package org.openpanelmcp.ingest.erase;

import java.time.Instant;
import java.util.List;

/**
 * What is removed with a person.
 *
 * @param found whether anything of it was stored
 * @param until what happened later is a new person's
 * @param recounted sessions that other people share and that are counted without it now
 * @param devices on which nobody else is known to have been; what happened on them unnamed goes, too
 * @param journal entries of the journal and dead letters
 * @param nearest ids of profiles that may have been meant when nothing was found
 */
public record ErasureReport(
        String project,
        String profile,
        boolean found,
        Instant until,
        long events,
        long sessions,
        long recounted,
        long profiles,
        long devices,
        long journal,
        List<String> nearest) {
    public ErasureReport {
        nearest = List.copyOf(nearest);
    }
}
