package org.openpanelmcp.transfer.control;

import java.time.InstantSource;
import java.util.function.Function;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.erase.Keeping;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;

/** The journal of a directory that no server runs on: what waits in it is stored first. */
final class OnJournal {
    private OnJournal() {}

    /** Does work with everything open. */
    static <T> T run(DataDirectory directory, DuckDbDatabase events, Metadata metadata, Function<LiveIntake, T> work) {
        try (var intake = LiveIntake.start(
                directory.path(),
                new DuckDbEventWriter(events),
                InstantSource.system(),
                LiveIntake.Limits.DEFAULT,
                new Keeping(metadata, new DuckDbEraser(events)))) {
            return work.apply(intake);
        } catch (JournalFailure | WriteFailure failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        }
    }
}
