package org.openpanelmcp.transfer.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;
import tools.jackson.databind.json.JsonMapper;

/** Imports a transfer folder into a data directory, through the server that runs on it or, when none does, directly. */
public final class ImportRunner {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ImportRunner() {}

    /**
     * Imports.
     *
     * @throws TransferProblem when the folder cannot be loaded
     * @throws ControlProblem when the running server could not load it, with its words
     * @throws org.openpanelmcp.store.duckdb.DuckDbFailure when the store cannot be opened or take the rows
     */
    public static ImportReport run(Path dataDirectory, Path folder, ImportOptions options, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new TransferProblem("There is no folder " + folder + ".");
        }
        NewFolder.requireWhole(folder);
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        return Route.to(
                directory,
                server -> throughServer(server, directory, folder, options, progress),
                (events, metadata) -> new Import(events, metadata).run(folder, options, progress));
    }

    private static ImportReport throughServer(
            ControlClient server, DataDirectory directory, Path folder, ImportOptions options, Progress progress) {
        var name = Handover.newName();
        var staged = Handover.folder(directory.incoming(), name);
        try {
            progress.report("handing the files to the running server", 0);
            stage(folder, staged);
            var arguments = Map.of("folder", name, "testData", options.testData());
            return JSON.treeToValue(server.call(ImportCommand.NAME, arguments, progress), ImportReport.class);
        } catch (IOException exception) {
            throw new TransferProblem(
                    "Cannot copy the files to " + staged + ". Check its permissions and the free space.", exception);
        } finally {
            Handover.remove(staged);
        }
    }

    /** Links where it can, since the files may be large; copies where the folder is on another disk. */
    private static void stage(Path folder, Path staged) throws IOException {
        Files.createDirectories(staged);
        try (var files = Files.newDirectoryStream(folder, "*.{json,parquet,jsonl,jsonl.gz,csv}")) {
            for (var file : files) {
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                var target = staged.resolve(file.getFileName());
                try {
                    Files.createLink(target, file.toRealPath());
                } catch (IOException | UnsupportedOperationException exception) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
