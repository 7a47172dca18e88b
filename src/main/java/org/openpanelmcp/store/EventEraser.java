package org.openpanelmcp.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Takes people, and what is old, out of the event store. Each removal is one transaction. */
public interface EventEraser {
    /** Up to which number of the list of deletions all of them are carried out here; 0 when none is. */
    long erasures() throws WriteFailure;

    /** What of a person is stored. */
    Traces traces(RowKey person) throws WriteFailure;

    /** Hands over each id of a profile that something stored up to then has. */
    void eachProfile(Collection<String> projects, long until, Consumer<RowKey> reader) throws WriteFailure;

    /** Hands over each id of a device on which nobody in particular did something up to then. */
    void eachDevice(Collection<String> projects, long until, Consumer<RowKey> reader) throws WriteFailure;

    /**
     * Removes people. Their events go; a session goes when none of its events is left, and is counted anew when some are.
     * What happened in a session before its only known person was identified is that person's.
     *
     * @param number up to which the list of deletions is carried out then
     */
    Removed erase(List<Doomed> doomed, long number) throws WriteFailure;

    /** What {@link #erase} would remove; nothing has changed afterwards. */
    Removed rehearse(List<Doomed> doomed) throws WriteFailure;

    /**
     * Removes what happened before a moment: events, sessions that ended before it, and profiles of which nothing is left.
     * The events of a session that goes on after it stay.
     */
    Removed expire(String projectId, long before) throws WriteFailure;

    /**
     * Who is to be removed.
     *
     * @param isDevice what nobody in particular did on a device; else a person
     * @param until what happened later stays
     */
    record Doomed(RowKey key, boolean isDevice, long until) {
        /** Later than any time that is stored. */
        public static final long FOR_EVER =
                Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();
    }

    /**
     * What is known of a person.
     *
     * @param devices on which it and nobody else is known to have been
     * @param latest when the newest event of it happened; {@code Long.MIN_VALUE} when there is none
     * @param isKnown whether anything is stored of it
     */
    record Traces(List<String> devices, long latest, boolean isKnown) {
        public Traces {
            devices = List.copyOf(devices);
        }
    }

    /**
     * What was removed.
     *
     * @param recounted sessions of which a part was removed
     * @param touched the sessions that were removed or counted anew
     */
    record Removed(long events, long sessions, long recounted, long profiles, List<RowKey> touched) {
        public static final Removed NOTHING = new Removed(0, 0, 0, 0, List.of());

        public Removed {
            touched = List.copyOf(touched);
        }
    }
}
