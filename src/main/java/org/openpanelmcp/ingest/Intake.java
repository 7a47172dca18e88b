package org.openpanelmcp.ingest;

import java.util.List;

/** Where entries are handed over. Shared between threads. */
public interface Intake {
    /**
     * Keeps entries; when this returns they are on disk (journalled and synced) and will be stored exactly once.
     *
     * @return one receipt for each offer, in their order; a refused one does not keep the others out
     * @throws Unavailable when nothing can be kept now: the disk is full or not writable, or too much waits; nothing of this
     *     call was kept then
     */
    List<Receipt> take(List<Offer> offers) throws Unavailable;

    /** Who a caller is at this moment, without keeping anything: the live session of the first candidate that has one. */
    Receipt.Kept whoIs(String projectId, List<String> deviceIds);

    /** Nothing can be kept now; the sender should come again. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param message a sentence for the sender, without paths */
        public Unavailable(String message) {
            super(message);
        }
    }
}
