package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

/** Takes what was deleted out of the files, through the server that runs on the directory or, when none does, directly. */
public final class CompactRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CompactRunner() {}

    /** @throws ControlProblem when that fails, with the reason */
    public static CompactReport run(Path dataDirectory) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        return Route.to(
                directory,
                server ->
                        JSON.treeToValue(server.call(Compaction.NAME, Map.of(), Progress.SILENT), CompactReport.class),
                (events, metadata) -> {
                    // A copy that was left half-way may hold what is deleted since.
                    Handover.clear(directory);
                    return OnJournal.run(
                            directory,
                            events,
                            metadata,
                            intake -> new Compaction(directory, events, metadata, intake.journal()).run());
                });
    }
}
