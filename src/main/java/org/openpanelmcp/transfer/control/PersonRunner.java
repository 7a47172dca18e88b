package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.erase.ErasureReport;
import org.openpanelmcp.ingest.erase.PersonErasure;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

/** Deletes a person, through the server that runs on the directory or, when none does, directly. */
public final class PersonRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PersonRunner() {}

    /**
     * Deletes a person.
     *
     * @param erase false: only says what would be removed
     * @throws ControlProblem when that fails, with the reason
     */
    public static ErasureReport run(Path dataDirectory, String project, String profile, boolean erase) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        var arguments = Map.of("project", project, "profile", profile, "erase", erase);
        return Route.to(
                directory,
                server -> JSON.treeToValue(
                        server.call(PersonCommand.NAME, arguments, Progress.SILENT), ErasureReport.class),
                (events, metadata) -> OnJournal.run(directory, events, metadata, intake -> {
                    try (var people =
                            new PersonErasure(intake, metadata, new DuckDbEraser(events), InstantSource.system())) {
                        return new PersonCommand(people).run(project, profile, erase);
                    }
                }));
    }
}
