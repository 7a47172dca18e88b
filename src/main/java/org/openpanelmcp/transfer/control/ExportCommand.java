package org.openpanelmcp.transfer.control;

import java.util.ArrayList;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Export;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferFormat;
import tools.jackson.databind.JsonNode;

/** The running server's side of an export: writes into a folder under {@code exports}, which the asker takes away. */
public final class ExportCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "export";

    private final DataDirectory directory;
    private final DuckDbDatabase events;
    private final Metadata metadata;

    public ExportCommand(DataDirectory directory, DuckDbDatabase events, Metadata metadata) {
        this.directory = directory;
        this.events = events;
        this.metadata = metadata;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        var ending = arguments.path("format").asString("");
        var format = TransferFormat.of(ending)
                .orElseThrow(() -> new ControlProblem("The format '" + ending + "' is not known."));
        var projects = new ArrayList<String>();
        arguments.path("projects").forEach(project -> projects.add(project.asString("")));
        return Handover.write(
                directory,
                arguments.path("folder").asString(""),
                folder -> new Export(events, metadata).run(folder, new ExportOptions(projects, format), progress));
    }
}
