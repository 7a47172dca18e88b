package org.openpanelmcp.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.text.Reason;

/**
 * Writes a transfer folder: the rows of one moment and the catalog they belong to. Imported again it gives the same rows.
 * What is deleted or revoked comes along as such, without its rows.
 */
public final class Export {
    private final DuckDbDatabase events;
    private final Metadata metadata;
    private final long rowsPerSlice;

    public Export(DuckDbDatabase events, Metadata metadata) {
        this(events, metadata, TableExport.ROWS_PER_SLICE);
    }

    Export(DuckDbDatabase events, Metadata metadata, long rowsPerSlice) {
        this.events = events;
        this.metadata = metadata;
        this.rowsPerSlice = rowsPerSlice;
    }

    /** Whether an export writes a file of that name. */
    public static boolean writes(String name) {
        if (name.equals(CatalogFile.NAME)) {
            return true;
        }
        for (var table : TransferTable.values()) {
            for (var format : TransferFormat.values()) {
                if (name.equals(table.fileName(format))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Exports.
     *
     * @param folder an empty one that the event database may write to
     * @throws TransferProblem when a project is not known
     * @throws org.openpanelmcp.store.duckdb.DuckDbFailure when the rows cannot be read or written
     */
    public ExportReport run(Path folder, ExportOptions options, Progress progress) {
        var started = System.nanoTime();
        progress.report("reading the catalog", 0);
        return events.snapshot(connection -> {
            // After the moment of the rows: a project made in between has none, but no row lacks its project.
            var catalog = CatalogWriter.read(metadata, options.projects());
            var rows = new Rows(connection, catalog.projects(), options.format(), folder);
            var tables = new ArrayList<ExportReport.Table>();
            try {
                var files = rows.write(progress);
                var file = folder.resolve(CatalogFile.NAME);
                catalog.write(file);
                for (var count : catalog.counts().entrySet()) {
                    tables.add(new ExportReport.Table(
                            "catalog " + count.getKey(), CatalogFile.NAME, count.getValue(), Files.size(file)));
                }
                tables.addAll(files);
            } catch (IOException exception) {
                throw new TransferProblem(
                        "The export cannot be written to " + folder + ": " + Reason.of(exception) + ".", exception);
            }
            var notes = options.projects().isEmpty() ? rows.leftOut() : List.<String>of();
            progress.report("done", 1);
            return new ExportReport(tables, notes, (System.nanoTime() - started) / 1e9);
        });
    }

    /** The files of rows. */
    private final class Rows {
        private final Connection connection;
        private final TransferFormat format;
        private final Path folder;

        Rows(Connection connection, List<String> projects, TransferFormat format, Path folder) throws SQLException {
            this.connection = connection;
            this.format = format;
            this.folder = folder;
            try (var statement = connection.createStatement()) {
                statement.execute("create temp table exported_projects (id varchar not null)");
            }
            try (var statement = connection.prepareStatement("insert into exported_projects values (?)")) {
                for (var project : projects) {
                    statement.setString(1, project);
                    statement.execute();
                }
            }
        }

        List<ExportReport.Table> write(Progress progress) throws SQLException, IOException {
            var exports = new ArrayList<TableExport>();
            for (var table : TransferTable.values()) {
                var export = new TableExport(connection, table, format, rowsPerSlice);
                if (export.rows() > 0 || (table.isDerivedWhenMissing() && !exports.isEmpty())) {
                    exports.add(export);
                }
            }
            var total =
                    Math.max(1, exports.stream().mapToLong(TableExport::rows).sum());
            var written = new ArrayList<ExportReport.Table>();
            double before = 0;
            for (var export : exports) {
                var name = export.table().fileName(format);
                var file = folder.resolve(name);
                var done = before;
                progress.report("writing " + name, done / total);
                export.write(file, rows -> progress.report("writing " + name, (done + rows) / total));
                before += export.rows();
                written.add(new ExportReport.Table(export.table().tableName(), name, export.rows(), Files.size(file)));
            }
            return written;
        }

        /** Rows that nobody can ask for would not find their project in the catalog. */
        List<String> leftOut() throws SQLException {
            var notes = new ArrayList<String>();
            for (var table : TransferTable.values()) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("select count(*) from " + table.tableName()
                                + " where project_id not in (select id from exported_projects)")) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        notes.add("%d rows of %s were left out: their projects are deleted or unknown."
                                .formatted(rows.getLong(1), table.tableName()));
                    }
                }
            }
            return notes;
        }
    }
}
