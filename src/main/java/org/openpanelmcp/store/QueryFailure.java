package org.openpanelmcp.store;

/** A query that gave no answer. The message is for the operator's log and may name engine details. */
public final class QueryFailure extends Exception {
    /** Why, so that each caller can say what to do about it. */
    public enum Reason {
        CANCELLED,
        TIMEOUT,
        OUT_OF_MEMORY,
        TOO_LARGE,
        BUSY,
        /** The store had to stop and is being opened again. */
        UNAVAILABLE,
        BROKEN
    }

    private final Reason reason;

    public QueryFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public QueryFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
