package org.openpanelmcp.ingest.journal;

import java.sql.SQLException;
import java.util.Locale;

/** The journal cannot be read or written. The message is a sentence without paths. */
public final class JournalFailure extends Exception {
    private static final long serialVersionUID = 1L;

    JournalFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Sorts what the driver threw by who can do something about it. */
    static JournalFailure of(SQLException exception) {
        var text = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
        String why;
        if (text.contains("sqlite_full") || text.contains("disk is full")) {
            why = "the disk is full";
        } else if (text.contains("readonly")) {
            why = "the disk is read-only";
        } else if (text.contains("sqlite_busy")) {
            why = "another process holds it";
        } else if (text.contains("corrupt") || text.contains("notadb")) {
            why = "it is damaged; restore a backup";
        } else {
            why = "the disk does not take it";
        }
        return new JournalFailure("The journal cannot be written: " + why + ".", exception);
    }
}
