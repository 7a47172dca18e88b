package org.openpanelmcp.ingest.write;

import java.util.Comparator;

/** The place of an event among others: by time, of two at one millisecond by id as text. */
record Moment(long at, String id) implements Comparable<Moment> {
    private static final Comparator<Moment> ORDER =
            Comparator.comparingLong(Moment::at).thenComparing(Moment::id);

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }
}
