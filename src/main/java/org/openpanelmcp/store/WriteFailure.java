package org.openpanelmcp.store;

/** The event store did not do what was asked; nothing of it was kept. The message is for the operator's log. */
public final class WriteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofTheRows;

    /** @param ofTheRows whether the rows themselves are refused, so that trying again is of no use */
    public WriteFailure(String message, boolean ofTheRows, Throwable cause) {
        super(message, cause);
        this.ofTheRows = ofTheRows;
    }

    /** Whether the rows themselves are refused, so that trying again is of no use. */
    public boolean isOfTheRows() {
        return ofTheRows;
    }
}
