package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.erase.ExpiryReport;
import org.openpanelmcp.ingest.erase.RetentionExpiry;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

/** Removes what is older than projects keep, through the server that runs on the directory or, when none does, directly. */
public final class RetentionRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RetentionRunner() {}

    /** @throws ControlProblem when that fails, with the reason */
    public static ExpiryReport run(Path dataDirectory) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        return Route.to(
                directory,
                server -> JSON.treeToValue(
                        server.call(RetentionCommand.NAME, Map.of(), Progress.SILENT), ExpiryReport.class),
                (events, metadata) -> OnJournal.run(
                        directory,
                        events,
                        metadata,
                        intake -> new RetentionCommand(new RetentionExpiry(
                                        intake, metadata, new DuckDbEraser(events), InstantSource.system()))
                                .run()));
    }
}
