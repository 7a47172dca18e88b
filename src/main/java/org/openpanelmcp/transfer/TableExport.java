package org.openpanelmcp.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.openpanelmcp.transfer.TransferTable.Newer;

/**
 * Writes the rows of one table into one file, in the order of project, time and id. It does so slice by slice: sorting a
 * large table at once needs more memory than a server gives.
 */
final class TableExport {
    /** Sorted in memory, within the limit of a small server. */
    static final long ROWS_PER_SLICE = 100_000;

    private static final String SINCE_EVER = "-infinity";
    private static final String FOR_EVER = "infinity";
    private static final Slice NOTHING = new Slice("", "", SINCE_EVER, FOR_EVER, 0);

    private final Connection connection;
    private final TransferTable table;
    private final TransferFormat format;
    private final long rowsPerSlice;
    private final List<Slice> slices = new ArrayList<>();

    /** Rows of some projects, or of a part of the time of one; {@code until} is excluded. */
    private record Slice(String firstProject, String lastProject, String from, String until, long rows) {}

    /** How many rows a project has in one hour. */
    private record Hour(String project, String start, long rows) {}

    /** The projects to export must be in the temporary table {@code exported_projects}. */
    TableExport(Connection connection, TransferTable table, TransferFormat format, long rowsPerSlice)
            throws SQLException {
        this.connection = connection;
        this.table = table;
        this.format = format;
        this.rowsPerSlice = rowsPerSlice;
        if (table.newer() == Newer.IS_ADDED) {
            noteCurrentRows();
        }
        cut(hours());
    }

    TransferTable table() {
        return table;
    }

    long rows() {
        return slices.stream().mapToLong(Slice::rows).sum();
    }

    /** @param written hears after each slice how many rows are written by now */
    void write(Path file, LongConsumer written) throws SQLException, IOException {
        if (slices.size() <= 1) {
            copy(slices.isEmpty() ? NOTHING : slices.getFirst(), file, true);
            return;
        }
        var parts = new ArrayList<Path>();
        long rows = 0;
        for (var slice : slices) {
            var part = file.resolveSibling("part-" + parts.size() + "." + format.ending());
            copy(slice, part, parts.isEmpty());
            parts.add(part);
            if (format != TransferFormat.PARQUET) {
                append(part, file);
            }
            rows += slice.rows();
            written.accept(rows);
        }
        if (format == TransferFormat.PARQUET) {
            join(parts, file);
        }
        for (var part : parts) {
            Files.deleteIfExists(part);
        }
    }

    /** Of rows that were stored as versions, only the one that readers see. */
    private void noteCurrentRows() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create temp table current_" + table.tableName() + " as select arg_max(rowid, ("
                    + table.version() + ", rowid)) as current_row from " + table.tableName()
                    + " group by project_id, id");
        }
    }

    private List<Hour> hours() throws SQLException {
        var hours = new ArrayList<Hour>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select project_id, date_trunc('hour', " + table.time()
                        + ")::timestamp::varchar as hour, count(*) from " + table.tableName() + " where " + exported()
                        + " group by all order by project_id, min(" + table.time() + ")")) {
            while (rows.next()) {
                hours.add(new Hour(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
        }
        return hours;
    }

    /** Small projects share a slice, large ones are cut into hours. */
    private void cut(List<Hour> hours) {
        var projects =
                hours.stream().collect(Collectors.groupingBy(Hour::project, LinkedHashMap::new, Collectors.toList()));
        Slice whole = null;
        for (var project : projects.entrySet()) {
            var rows = project.getValue().stream().mapToLong(Hour::rows).sum();
            // A large one ends the shared slice before it, which else would take in its rows.
            if (whole != null && whole.rows() + rows > rowsPerSlice) {
                slices.add(whole);
                whole = null;
            }
            if (rows > rowsPerSlice) {
                cutProject(project.getValue());
            } else {
                whole = whole == null
                        ? new Slice(project.getKey(), project.getKey(), SINCE_EVER, FOR_EVER, rows)
                        : new Slice(whole.firstProject(), project.getKey(), SINCE_EVER, FOR_EVER, whole.rows() + rows);
            }
        }
        if (whole != null) {
            slices.add(whole);
        }
    }

    private void cutProject(List<Hour> hours) {
        var project = hours.getFirst().project();
        var from = SINCE_EVER;
        long rows = 0;
        for (var hour : hours) {
            if (rows > 0 && rows + hour.rows() > rowsPerSlice) {
                slices.add(new Slice(project, project, from, hour.start(), rows));
                from = hour.start();
                rows = 0;
            }
            rows += hour.rows();
        }
        slices.add(new Slice(project, project, from, FOR_EVER, rows));
    }

    private void copy(Slice slice, Path file, boolean first) throws SQLException {
        var columns =
                table.columns().stream().map(column -> column.write(format)).collect(Collectors.joining(", "));
        var time = table.time();
        var order = table.keys().stream().filter(key -> !key.equals("project_id") && !key.equals(time));
        try (var statement = connection.prepareStatement("copy (select " + columns + " from " + table.tableName()
                + " where " + exported() + " and project_id >= ? and project_id <= ? and " + time
                + " >= cast(? as timestamp) and " + time + " < cast(? as timestamp) order by project_id, " + time
                + order.map(key -> ", " + key).collect(Collectors.joining()) + ") to ? " + options(first))) {
            statement.setString(1, slice.firstProject());
            statement.setString(2, slice.lastProject());
            statement.setString(3, slice.from());
            statement.setString(4, slice.until());
            statement.setString(5, file.toString());
            statement.execute();
        }
    }

    private void join(List<Path> parts, Path file) throws SQLException {
        try (var statement = connection.prepareStatement(
                "copy (select * from read_parquet(?)) to ? (format parquet, compression zstd)")) {
            statement.setObject(
                    1,
                    connection.createArrayOf(
                            "VARCHAR", parts.stream().map(Path::toString).toArray()));
            statement.setString(2, file.toString());
            statement.execute();
        }
    }

    private static void append(Path part, Path file) throws IOException {
        try (var from = FileChannel.open(part);
                var to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long done = 0;
            while (done < from.size()) {
                done += from.transferTo(done, from.size() - done, to);
            }
        }
        Files.delete(part);
    }

    private String exported() {
        return "project_id in (select id from exported_projects)"
                + (table.newer() == Newer.IS_ADDED
                        ? " and rowid in (select current_row from current_" + table.tableName() + ")"
                        : "");
    }

    private String options(boolean first) {
        return switch (format) {
            case PARQUET -> "(format parquet, compression zstd)";
            case JSON_LINES -> "(format json)";
            case JSON_LINES_GZIP -> "(format json, compression gzip)";
            case CSV ->
                "(format csv, header " + first + ", force_quote ("
                        + table.columns().stream()
                                .filter(Column::isText)
                                .map(Column::name)
                                .collect(Collectors.joining(", "))
                        + "))";
        };
    }
}
