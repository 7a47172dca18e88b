package org.openpanelmcp.transfer.control;

/** The running server cannot be asked, or could not do what was asked; the message is for the operator. */
public final class ControlProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ControlProblem(String message) {
        super(message);
    }

    ControlProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
