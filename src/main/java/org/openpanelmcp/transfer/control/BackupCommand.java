package org.openpanelmcp.transfer.control;

import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;

/** The running server's side of a backup: copies the event database, which no other process can open. */
public final class BackupCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "backup";

    private final DataDirectory directory;
    private final DuckDbDatabase events;

    public BackupCommand(DataDirectory directory, DuckDbDatabase events) {
        this.directory = directory;
        this.events = events;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        return Handover.write(directory, arguments.path("folder").asString(""), folder -> {
            events.copyTo(DuckDbDatabase.fileIn(folder));
            return Map.of();
        });
    }
}
