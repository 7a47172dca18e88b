package org.openpanelmcp.cli;

/** A command that cannot do what was asked; the message is a sentence for the person at the terminal. Exit code 1. */
public final class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
