package org.openpanelmcp.ingest;

import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.store.WriteFailure;

/** What is not to be kept, or not any longer: of people who were deleted, and what is older than a project keeps. */
public interface Screen {
    /** Everything is kept. */
    Screen NONE = new Screen() {
        @Override
        public void settle(Journal journal) {}

        @Override
        public Sieve sieve(long now) {
            return entry -> false;
        }
    };

    /** Takes away what a journal or a store still holds that comes from an older copy; before anything new is taken. */
    void settle(Journal journal) throws WriteFailure, JournalFailure;

    /** @param now epoch milliseconds */
    Sieve sieve(long now);

    /** Tells what is not to be kept, at one moment. */
    @FunctionalInterface
    interface Sieve {
        boolean holdsBack(Entry entry);
    }
}
