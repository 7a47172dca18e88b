package org.openpanelmcp.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written together, all of it or nothing.
 *
 * @param reach the part of the journal that it stores
 * @param removed names of events that are written anew, such as the start of a session that turns out to be earlier
 * @param seen when profiles that are otherwise unchanged were last seen
 */
public record Batch(
        Reach reach,
        List<Removal> removed,
        List<EventRow> events,
        List<SessionChange> sessions,
        List<ProfileChange> profiles,
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
     * @param storedStart when the stored row whose place it takes says that it began, which helps to find that; null: none
     *     is stored yet
     */
    public record SessionChange(SessionRow row, @Nullable Long storedStart) {}

    /**
     * A new or changed profile.
     *
     * @param replaces whether it takes the place of a stored row
     */
    public record ProfileChange(ProfileRow row, boolean replaces) {}
}
