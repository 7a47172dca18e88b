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
        var folder =
                Handover.folder(directory.incoming(), arguments.path("folder").asString(""));
        var options = new ImportOptions(arguments.path("testData").asBoolean(false));
        try {
            return new Import(events, metadata).run(folder, options, progress);
        } finally {
            // The asker may be gone by now.
            Handover.remove(folder);
        }
    }
}
