package org.openpanelmcp.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Loads a transfer folder: all rows in one transaction, then the catalog in another. What stops it half-way leaves
 * nothing that anybody sees: rows of projects that the catalog would have made belong to nobody until it is loaded again.
 * The same folder a second time loads nothing.
 */
public final class Import {
    /** Name of the fact that marks an installation as one with test data. */
    public static final String TEST_DATA = "test_data";

    private final DuckDbDatabase events;
    private final Metadata metadata;

    public Import(DuckDbDatabase events, Metadata metadata) {
        this.events = events;
        this.metadata = metadata;
    }

    /**
     * Loads the folder.
     *
     * @throws TransferProblem when the folder or one of its files cannot be loaded at all
     * @throws org.openpanelmcp.store.duckdb.DuckDbFailure when the store cannot take the rows, such as for a full disk
     */
    public ImportReport run(Path folder, ImportOptions options, Progress progress) {
        var started = System.nanoTime();
        if (!Files.isDirectory(folder)) {
            throw new TransferProblem("There is no folder " + folder + ".");
        }
        NewFolder.requireWhole(folder);
        var files = SourceFile.in(folder);
        var catalog = CatalogFile.read(folder);
        if (files.isEmpty() && catalog.isEmpty()) {
            throw new TransferProblem("The folder " + folder + " holds neither catalog.json nor a file such as "
                    + "events.parquet, events.jsonl, events.jsonl.gz or events.csv.");
        }
        progress.report("catalog", 0);
        var projects = projects(catalog);
        var rows = new ArrayList<ImportReport.Table>();
        var notes = new ArrayList<String>();
        if (!files.isEmpty()) {
            rows.addAll(
                    events.write(connection -> new Rows(connection, files, progress, notes).load(projects, metadata)));
        }
        progress.report("saving the catalog", 0.98);
        var tables = new ArrayList<ImportReport.Table>();
        catalog.ifPresent(found -> tables.addAll(metadata.together(() -> new CatalogLoad(metadata).load(found))));
        tables.addAll(rows);
        if (!files.isEmpty()) {
            progress.report("settling the file", 0.99);
            events.checkpoint();
        }
        if (options.testData()) {
            metadata.facts().put(TEST_DATA, "true");
            notes.add("This installation is marked as test data.");
        }
        progress.report("done", 1);
        var report = new ImportReport(tables, notes, (System.nanoTime() - started) / 1e9);
        return report.loadedNothing() ? withNote(report, "Nothing new: everything was there already.") : report;
    }

    /** Those that take events once the catalog is saved. It comes last, so that rows that fail leave no project behind. */
    private List<String> projects(Optional<JsonNode> catalog) {
        return metadata.rehearse(() -> {
            var load = new CatalogLoad(metadata);
            catalog.ifPresent(load::load);
            return load.projects();
        });
    }

    private static ImportReport withNote(ImportReport report, String note) {
        var notes = new ArrayList<>(report.notes());
        notes.add(note);
        return new ImportReport(report.tables(), notes, report.seconds());
    }

    /** The rows of all files, inside the transaction. */
    private static final class Rows {
        private final Connection connection;
        private final List<SourceFile> files;
        private final Progress progress;
        private final List<String> notes;
        private final List<ImportReport.Table> reports = new ArrayList<>();

        Rows(Connection connection, List<SourceFile> files, Progress progress, List<String> notes) {
            this.connection = connection;
            this.files = files;
            this.progress = progress;
            this.notes = notes;
        }

        List<ImportReport.Table> load(List<String> projects, Metadata metadata) throws SQLException {
            EventIds.define(connection);
            setProjects(projects);
            var screening = new Screening(connection, metadata, Instant.now());
            var total = files.stream().mapToLong(Rows::size).sum();
            long before = 0;
            for (var file : files) {
                load(file, screening, (double) before / total, (double) size(file) / total);
                before += size(file);
            }
            screening.finish();
            return reports;
        }

        private void load(SourceFile file, Screening screening, double before, double share) throws SQLException {
            progress.report("reading " + file.name(), before);
            new Staging(connection, file).run();
            screening.refuse(file.table());
            var load = new TableLoad(connection, file.table());
            progress.report("comparing " + file.name(), before + share * 0.4);
            load.compare();
            if (file.table() != TransferTable.EVENTS) {
                load.load();
                reports.add(load.report(file.name()));
                return;
            }
            var sessions = new DerivedSessions(connection);
            var profiles = new DerivedProfiles(connection);
            var byDevice = lacks(TransferTable.SESSIONS) && sessions.assign();
            if (lacks(TransferTable.SESSIONS)) {
                sessions.note();
            }
            if (lacks(TransferTable.PROFILES)) {
                profiles.note();
            }
            progress.report("loading " + file.name(), before + share * 0.5);
            load.load();
            reports.add(load.report(file.name()));
            progress.report("deriving sessions and profiles", before + share * 0.9);
            if (lacks(TransferTable.SESSIONS)) {
                var how = byDevice ? "devices and 30 minutes of inactivity" : "the events' session ids";
                derived(TransferTable.SESSIONS, how, sessions.derive());
            }
            if (lacks(TransferTable.PROFILES)) {
                derived(TransferTable.PROFILES, "the events' profile ids", profiles.derive());
            }
        }

        private void derived(TransferTable table, String how, long rows) {
            reports.add(new ImportReport.Table(
                    table.tableName(), "derived from " + how, rows, rows, 0, 0, 0, 0, List.of()));
            notes.add("The folder has no " + table.tableName() + ": " + rows + " were derived from " + how + ".");
        }

        private boolean lacks(TransferTable table) {
            return files.stream().noneMatch(file -> file.table() == table);
        }

        private void setProjects(List<String> projects) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("create or replace temp table known_projects (id varchar not null)");
            }
            try (var statement = connection.prepareStatement("insert into known_projects values (?)")) {
                for (var project : projects) {
                    statement.setString(1, project);
                    statement.execute();
                }
            }
        }

        private static long size(SourceFile file) {
            try {
                return Math.max(1, Files.size(file.path()));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }
}
