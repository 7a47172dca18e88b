package org.openpanelmcp.transfer.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.control.ControlClient;
import org.openpanelmcp.transfer.control.ImportRunner;
import org.openpanelmcp.transfer.foreign.ForeignReport.Day;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports another product's export: makes a transfer folder of it inside the data directory, imports that one, and counts
 * what the store holds of it by day, to be compared with what the other product counted.
 */
public final class ForeignImport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataDirectory directory;
    private final ForeignRequest request;
    private final Progress progress;

    private ForeignImport(DataDirectory directory, ForeignRequest request, Progress progress) {
        this.directory = directory;
        this.request = request;
        this.progress = progress;
    }

    /**
     * Imports, through the server that runs on the data directory or, when none does, directly.
     *
     * @throws org.openpanelmcp.transfer.TransferProblem when the file cannot be imported at all
     * @throws org.openpanelmcp.transfer.control.ControlProblem when the running server could not load it
     * @throws DuckDbFailure when a database cannot take the rows
     */
    public static ForeignReport run(Path dataDirectory, ForeignRequest request, Progress progress) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        return new ForeignImport(directory, request, progress).run();
    }

    private ForeignReport run() {
        var name = UUID.randomUUID().toString();
        var folder = directory.incoming().resolve(name);
        try {
            Files.createDirectories(folder);
            try {
                return run(folder, name);
            } finally {
                NewFolder.delete(folder);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "Cannot write to " + folder + ". Check its permissions and the free space.", exception);
        } catch (SQLException exception) {
            throw DuckDbFailure.of(exception);
        }
    }

    private ForeignReport run(Path folder, String name) throws IOException, SQLException {
        progress.report("reading " + request.file().getFileName(), 0);
        Conversion conversion;
        var people = folder.resolve("people");
        try (var scratch = Scratch.open(
                folder.resolve("scratch"), request.projectId(), request.now().toEpochMilli())) {
            conversion = converter().convert(request, new Packed(request.file(), Packed.BOUNDS), scratch);
            progress.report("writing a transfer folder", 0);
            scratch.write(folder);
            People.write(scratch, people);
        }
        NewFolder.delete(folder.resolve("scratch"));
        var loads = new ArrayList<ImportReport.Table>();
        if (Files.exists(people)) {
            loads.addAll(load(people));
        }
        loads.addAll(load(folder));
        return report(conversion, loads, stored(folder, name));
    }

    private Converter converter() {
        return switch (request.product()) {
            case PLAUSIBLE -> new PlausibleConverter();
            case UMAMI -> new UmamiConverter();
            case OPENPANEL -> new OpenPanelConverter();
        };
    }

    private List<ImportReport.Table> load(Path folder) {
        return ImportRunner.run(directory.path(), folder, new ImportOptions(false), progress)
                .tables();
    }

    private SortedMap<LocalDate, Totals> stored(Path folder, String name) {
        var client = ControlClient.connect(directory.path());
        if (client.isPresent()) {
            try (var server = client.get()) {
                var arguments = Map.of(
                        "folder", name,
                        "project", request.projectId(),
                        "timezone", request.projectZone().getId());
                var totals = new TreeMap<LocalDate, Totals>();
                for (var entry : server.call(TotalsCommand.NAME, arguments, Progress.SILENT)
                        .path("days")) {
                    totals.put(
                            LocalDate.parse(entry.path("day").asString()),
                            JSON.treeToValue(entry.path("totals"), Totals.class));
                }
                return totals;
            }
        }
        try (var events = DuckDbDatabase.open(directory.path(), DuckDbOptions.unlocked())) {
            return events.read(connection -> new DayTotals(connection, request.projectZone())
                    .stored(request.projectId(), folder.resolve(Scratch.SESSION_IDS)));
        }
    }

    private ForeignReport report(
            Conversion conversion, List<ImportReport.Table> loads, SortedMap<LocalDate, Totals> stored) {
        var days = new ArrayList<Day>();
        var old = Totals.NONE;
        var now = Totals.NONE;
        var all = new TreeSet<>(conversion.old.keySet());
        all.addAll(stored.keySet());
        for (var day : all) {
            var before = conversion.old.getOrDefault(day, Totals.NONE);
            var after = stored.getOrDefault(day, Totals.NONE);
            old = old.plus(before);
            now = now.plus(after);
            days.add(new Day(day.toString(), before, after, conversion.reasons.getOrDefault(day, List.of())));
        }
        return new ForeignReport(
                request.product().title(),
                conversion.read,
                conversion.refusals.rows(),
                conversion.repeated,
                conversion.refusals.list(),
                loads,
                request.projectZone().getId(),
                days,
                old,
                now,
                conversion.notes);
    }
}
