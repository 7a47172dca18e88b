package org.openpanelmcp.transfer.foreign;

import java.time.ZoneId;
import java.util.Map;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.control.ControlProblem;
import org.openpanelmcp.transfer.control.ControlServer;
import tools.jackson.databind.JsonNode;

/** The running server's side of a comparison: figures by day of the sessions that a file under {@code incoming} names. */
public final class TotalsCommand implements ControlServer.Command {
    /** The name to register it under. */
    public static final String NAME = "totals";

    private final DataDirectory directory;
    private final DuckDbDatabase events;

    public TotalsCommand(DataDirectory directory, DuckDbDatabase events) {
        this.directory = directory;
        this.events = events;
    }

    @Override
    public Object run(JsonNode arguments, Progress progress) {
        var folder = arguments.path("folder").asString("");
        if (!folder.matches("[0-9a-f-]{36}")) {
            throw new ControlProblem("The folder '" + folder + "' is no name of a folder under incoming.");
        }
        var file = directory.incoming().resolve(folder).resolve(Scratch.SESSION_IDS);
        var project = arguments.path("project").asString("");
        var zone = ZoneId.of(arguments.path("timezone").asString("UTC"));
        var totals = events.read(connection -> new DayTotals(connection, zone).stored(project, file.toAbsolutePath()));
        return Map.of("days", DayTotals.entries(totals));
    }
}
