package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
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
                (events, metadata) -> OnJournal.run(
                        directory, events, metadata, intake -> new DeadLettersCommand(intake).run(replay)));
    }
}
