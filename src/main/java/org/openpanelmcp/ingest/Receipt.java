package org.openpanelmcp.ingest;

/** What became of an offer. */
public sealed interface Receipt {
    /**
     * It is kept, or was kept before.
     *
     * @param deviceId empty: nobody's device
     * @param sessionId empty: outside of any session
     * @param repeated whether it is the repetition of an entry that was kept before
     */
    record Kept(String deviceId, String sessionId, boolean repeated) implements Receipt {}

    /** It is of somebody who was deleted, or older than the project keeps; nothing of it is kept. */
    record HeldBack() implements Receipt {}

    /**
     * It cannot be kept, and a repetition would change nothing: an increment of an unknown profile or of a text.
     *
     * @param status the HTTP status, 400 or 404
     * @param reason a sentence for the sender
     */
    record Refused(int status, String reason) implements Receipt {}
}
