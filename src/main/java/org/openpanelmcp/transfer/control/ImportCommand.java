package org.openpanelmcp.transfer.control;

import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;

/** The running server's side of an import: loads a folder that was put under {@code incoming}. */
public final class ImportCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "import";

    private final DataDirectory directory;
    private final DuckDbDatabase events;
    private final Metadata metadata;

    public ImportCommand(DataDirectory directory, DuckDbDatabase events, Metadata metadata) {
        this.directory = directory;
        this.events = events;
        this.metadata = metadata;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        var folder = arguments.path("folder").asString("");
        if (!folder.matches("[0-9a-f-]{36}")) {
            throw new ControlProblem("The folder '" + folder + "' is no name of a folder under incoming.");
        }
        var options = new ImportOptions(arguments.path("testData").asBoolean(false));
        return new Import(events, metadata).run(directory.incoming().resolve(folder), options, progress);
    }
}
