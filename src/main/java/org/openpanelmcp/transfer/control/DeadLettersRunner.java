package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

/** Lists or replays dead letters, through the server that runs on the directory or, when none does, directly. */
public final class DeadLettersRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DeadLettersRunner() {}

    /**
     * Lists what could not be stored.
     *
     * @param replay whether to try again first
     * @throws ControlProblem when that fails, with the reason
     */
    public static DeadLetterList run(Path dataDirectory, boolean replay) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        return Route.to(
                directory,
                server -> JSON.treeToValue(
                        server.call(DeadLettersCommand.NAME, Map.of("replay", replay), Progress.SILENT),
                        DeadLetterList.class),
                (events, metadata) -> directly(directory, new DuckDbEventWriter(events), replay));
    }

    private static DeadLetterList directly(DataDirectory directory, DuckDbEventWriter store, boolean replay) {
        try (var intake =
                LiveIntake.start(directory.path(), store, InstantSource.system(), LiveIntake.Limits.DEFAULT)) {
            return new DeadLettersCommand(intake).run(replay);
        } catch (JournalFailure | WriteFailure failure) {
            throw new ControlProblem(String.valueOf(failure.getMessage()), failure);
        }
    }
}
