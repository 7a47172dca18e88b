package org.openpanelmcp.transfer.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.erase.CompactionPlan;
import org.openpanelmcp.ingest.journal.Journal;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Writes the event database anew, without what was deleted, and clears the journal's log: then no file of the data
 * directory holds a byte of it. Events are accepted and questions answered meanwhile; storing waits.
 */
public final class Compaction implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "compact";

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final DataDirectory directory;
    private final DuckDbDatabase events;
    private final Metadata metadata;
    private final Journal journal;

    public Compaction(DataDirectory directory, DuckDbDatabase events, Metadata metadata, Journal journal) {
        this.directory = directory;
        this.events = events;
        this.metadata = metadata;
        this.journal = journal;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        return run();
    }

    /** Compacts when something was deleted long enough ago; what is in the way now is tried again the next time. */
    public void whenDue(Instant now) {
        if (!CompactionPlan.isDue(metadata, now)) {
            return;
        }
        try {
            var report = run();
            LOG.info("The event database was compacted from {} to {} bytes", report.bytesBefore(), report.bytesAfter());
        } catch (ControlProblem problem) {
            LOG.warn("What was deleted is still in the files, and is taken out later: {}", problem.getMessage());
        }
    }

    /** @throws ControlProblem when it cannot be done now; nothing has changed then */
    synchronized CompactReport run() {
        long started = System.nanoTime();
        var file = DuckDbDatabase.fileIn(directory.path());
        var planned = CompactionPlan.read(metadata);
        try {
            long before = Files.size(file);
            boolean done = Handover.write(directory, Handover.newName(), folder -> {
                var compacted = events.compact(DuckDbDatabase.fileIn(folder));
                Handover.remove(folder);
                return compacted;
            });
            if (!done) {
                throw new ControlProblem(
                        "The event database is busy: queries took too long to end. Nothing was changed; try again.");
            }
            settle();
            CompactionPlan.done(metadata, planned);
            return new CompactReport(before, Files.size(file), (System.nanoTime() - started) / 1e9);
        } catch (IOException exception) {
            throw new UncheckedIOException("Cannot read " + file + ".", exception);
        }
    }

    private void settle() {
        try (var removal = journal.removal()) {
            if (!removal.settle()) {
                throw new ControlProblem("The journal is busy; its log is cleared another time. Try again.");
            }
        } catch (JournalFailure failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        }
    }
}
