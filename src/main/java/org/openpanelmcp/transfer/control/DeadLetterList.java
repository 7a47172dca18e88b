package org.openpanelmcp.transfer.control;

import java.time.Instant;
import java.util.List;
import org.openpanelmcp.ingest.journal.DeadLetter;

/**
 * Entries that could not be stored.
 *
 * @param replayed how many were put into the journal again
 */
public record DeadLetterList(List<Row> letters, int replayed) {
    public DeadLetterList {
        letters = List.copyOf(letters);
    }

    /**
     * One of them, without what the sender sent.
     *
     * @param number its number in the journal
     * @param kind what it was: {@code Event}, {@code ProfilePatch} …
     */
    public record Row(long number, Instant diedAt, String project, String kind, String reason) {
        static Row of(DeadLetter letter) {
            var entry = letter.entry().entry();
            return new Row(
                    letter.entry().seq(),
                    Instant.ofEpochMilli(letter.diedAt()),
                    entry.projectId(),
                    entry.getClass().getSimpleName(),
                    letter.reason());
        }
    }
}
