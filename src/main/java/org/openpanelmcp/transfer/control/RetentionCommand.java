package org.openpanelmcp.transfer.control;

import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.erase.ExpiryReport;
import org.openpanelmcp.ingest.erase.RetentionExpiry;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;

/** The running server's side of removing what is older than projects keep. */
public final class RetentionCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "retention";

    private final RetentionExpiry expiry;

    public RetentionCommand(RetentionExpiry expiry) {
        this.expiry = expiry;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        return run();
    }

    ExpiryReport run() {
        try {
            return expiry.run();
        } catch (Intake.Unavailable | WriteFailure | JournalFailure failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        }
    }
}
