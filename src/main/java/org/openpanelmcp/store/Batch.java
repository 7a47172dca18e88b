package org.openpanelmcp.store;

import java.util.List;
import java.util.Map;

/**
 * What is written together, all of it or nothing.
 *
 * @param reach the part of the journal that it stores
 * @param removed names of events that are written anew, such as the start of a session that turns out to be earlier
 * @param profiles new and changed ones, whole
 * @param seen when profiles that are otherwise unchanged were last seen
 */
public record Batch(
        Reach reach,
        List<Removal> removed,
        List<EventRow> events,
        List<SessionChange> sessions,
        List<ProfileRow> profiles,
        Map<RowKey, Long> seen,
        List<GroupRow> groups) {
    /**
     * A part of a journal.
     *
     * @param journal its id
     * @param after the position that must be stored before
     * @param upTo the position that is stored then
     */
    public record Reach(String journal, long after, long upTo) {}

    /** An event of a session, known by its name and time, that is taken away. */
    public record Removal(RowKey session, String name, long createdAt) {}

    /**
     * A new or changed session.
     *
     * @param kind how it is written
     * @param storedStart when the stored row says that it began; helps to find it
     */
    public record SessionChange(SessionRow row, Kind kind, long storedStart) {}

    /** How a session is written. */
    public enum Kind {
        /** It is not stored yet. */
        NEW,
        /** Only what changes with every event has changed. */
        EXTENDED,
        /** Anything may have changed. */
        REPLACED
    }
}
