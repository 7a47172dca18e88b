package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.transfer.Export;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ExportReport;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

/** Exports a data directory into a folder, through the server that runs on it or, when none does, directly. */
public final class ExportRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExportRunner() {}

    /**
     * Exports.
     *
     * @param folder a new or empty one
     * @throws org.openpanelmcp.transfer.TransferProblem when the folder cannot be written, or a project is not known
     * @throws ControlProblem when the running server could not do it, with its words
     * @throws org.openpanelmcp.store.duckdb.DuckDbFailure when the rows cannot be read or written
     */
    public static ExportReport run(Path dataDirectory, Path folder, ExportOptions options, Progress progress) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        try (var target = NewFolder.begin(folder.toAbsolutePath().normalize(), "export", Export::writes)) {
            var report = export(directory, target.workplace(), options, progress);
            target.finish();
            return report;
        }
    }

    private static ExportReport export(DataDirectory directory, Path folder, ExportOptions options, Progress progress) {
        return Route.to(
                directory,
                server -> throughServer(server, directory, folder, options, progress),
                (events, metadata) -> new Export(events, metadata).run(folder, options, progress));
    }

    private static ExportReport throughServer(
            ControlClient server, DataDirectory directory, Path folder, ExportOptions options, Progress progress) {
        var name = Handover.newName();
        try {
            var arguments = Map.of(
                    "folder", name,
                    "format", options.format().ending(),
                    "projects", options.projects());
            var report = JSON.treeToValue(server.call(ExportCommand.NAME, arguments, progress), ExportReport.class);
            Handover.collect(directory, name, folder);
            return report;
        } finally {
            Handover.remove(Handover.folder(directory.exports(), name));
        }
    }
}
