package org.openpanelmcp.transfer.control;

import java.util.List;
import org.openpanelmcp.ingest.Intake;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.journal.DeadLetter;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;

/** The running server's side of dead letters: lists them, or tries again to store them. */
public final class DeadLettersCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "dead-letters";

    private static final int MOST = 1_000;
    private static final long PATIENCE = 60_000;

    private final LiveIntake intake;

    public DeadLettersCommand(LiveIntake intake) {
        this.intake = intake;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        return run(arguments.path("replay").asBoolean(false));
    }

    DeadLetterList run(boolean replay) {
        try {
            return replay ? replay() : list(0);
        } catch (JournalFailure | Intake.Unavailable failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ControlProblem("The server is stopping.", interrupted);
        }
    }

    /** Those that still cannot be stored are dead letters again, under new numbers. */
    private DeadLetterList replay() throws JournalFailure, Intake.Unavailable, InterruptedException {
        int replayed = 0;
        long last = intake.status().accepted();
        for (var letters = intake.deadLetters(MOST); !letters.isEmpty(); letters = upTo(last)) {
            intake.replay(letters);
            replayed += letters.size();
        }
        if (!intake.awaitStored(PATIENCE)) {
            throw new ControlProblem(
                    replayed + " entries are in the journal again and will be stored when the event store takes them.");
        }
        return list(replayed);
    }

    private List<DeadLetter> upTo(long last) throws JournalFailure {
        return intake.deadLetters(MOST).stream()
                .filter(letter -> letter.entry().seq() <= last)
                .toList();
    }

    private DeadLetterList list(int replayed) throws JournalFailure {
        return new DeadLetterList(
                intake.deadLetters(MOST).stream().map(DeadLetterList.Row::of).toList(), replayed);
    }
}
