package org.openpanelmcp.store;

import java.util.Collection;
import java.util.List;

/**
 * The way into the event store for what is recorded here, and what the one who records must know again. Writing is done
 * by one thread; an import by another may come in between.
 */
public interface EventWriter {
    /** Up to where a journal is stored; 0 when nothing of it is. */
    long position(String journal) throws WriteFailure;

    /** Stores a batch, with its position in the journal, in one transaction. */
    void write(Batch batch) throws WriteFailure;

    /**
     * Records the end of sessions.
     *
     * @param idleSince those whose last event came in, and happened, before that
     * @param most how many at once
     * @return which ended
     */
    List<RowKey> endSessions(long idleSince, int most) throws WriteFailure;

    /**
     * The stored sessions with these ids.
     *
     * @param startedSince none of them began before that
     */
    List<SessionRow> sessions(Collection<RowKey> ids, long startedSince) throws WriteFailure;

    /** The stored profiles with these ids, in their latest version. */
    List<ProfileRow> profiles(Collection<RowKey> ids) throws WriteFailure;

    /** The stored groups with these ids, in their latest version, deleted ones included. */
    List<GroupRow> groups(Collection<RowKey> ids) throws WriteFailure;

    /** Sessions that ended at this moment or later, the latest first. */
    List<SessionSpan> spans(long endedSince, int most) throws WriteFailure;

    /** Sessions of these devices that touch a stretch of time. */
    List<SessionSpan> spansOfDevices(Collection<RowKey> devices, long from, long to) throws WriteFailure;

    /** Sessions of these profiles that touch a stretch of time. */
    List<SessionSpan> spansOfProfiles(Collection<RowKey> profiles, long from, long to) throws WriteFailure;

    /** Changes with every write, also one of somebody else. */
    long version();
}
