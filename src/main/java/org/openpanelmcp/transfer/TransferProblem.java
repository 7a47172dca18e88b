package org.openpanelmcp.transfer;

/** A transfer cannot be done as asked; the message tells the operator why and what to do. Nothing was loaded. */
public final class TransferProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransferProblem(String message) {
        super(message);
    }

    public TransferProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
