package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.transfer.Column.Kind;

/**
 * Reads one file into the temporary table {@code incoming}: the store's columns, the row's {@code line_number}, its
 * {@code state} (null: to be loaded) and the {@code reason} for which it is refused.
 */
final class Staging {
    private static final String LINE = "line_number";

    private final Connection connection;
    private final SourceFile file;
    private final Delimiter delimiter;

    Staging(Connection connection, SourceFile file) {
        this.connection = connection;
        this.file = file;
        this.delimiter = file.format() == TransferFormat.CSV ? Delimiter.ofFile(file.path()) : new Delimiter(',', true);
    }

    void run() throws SQLException {
        try {
            stage();
        } catch (SQLException exception) {
            var failure = DuckDbFailure.of(exception);
            throw switch (failure.kind()) {
                case DAMAGED, NO_ACCESS, REFUSED ->
                    new TransferProblem(
                            file.name() + " cannot be read: it is damaged, or not what its name says.", exception);
                case IN_USE, NEWER, DISK_FULL, INTERRUPTED, OUT_OF_MEMORY, INVALIDATED -> failure;
            };
        }
    }

    private void stage() throws SQLException {
        var present = present();
        requireColumns(isJson() ? jsonKeys() : List.copyOf(present.keySet()));
        execute("drop table if exists incoming");
        try (var statement = prepare("create temp table incoming as " + select(present))) {
            statement.execute();
        }
        if (file.format() == TransferFormat.CSV) {
            addLinesThatAreNoRows();
        }
    }

    /** The store's columns that the file has, or whose keys its lines may have, with their types in the file. */
    private Map<String, String> present() throws SQLException {
        var wanted = file.table().columns().stream().map(Column::name).collect(Collectors.toSet());
        var present = new LinkedHashMap<String, String>();
        if (isJson()) {
            // Any line may have any key, however late in the file.
            for (var column : file.table().columns()) {
                present.put(column.name(), column.kind().jsonType());
            }
            return present;
        }
        try (var statement = prepare("select * from " + rows(", ignore_errors = true") + " limit 0");
                var result = statement.executeQuery()) {
            var metadata = result.getMetaData();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                if (wanted.contains(metadata.getColumnName(i))) {
                    present.put(metadata.getColumnName(i), metadata.getColumnTypeName(i));
                }
            }
        }
        return present;
    }

    /** The keys of the first lines, to tell a file of another kind at once. */
    private List<String> jsonKeys() throws SQLException {
        var keys = new ArrayList<String>();
        try (var statement = prepare("select distinct unnest(json_keys(line)) from (select line from " + lines()
                        + " where json_valid(line) and json_type(line) = 'OBJECT' limit 100000)");
                var result = statement.executeQuery()) {
            while (result.next()) {
                keys.add(result.getString(1));
            }
        }
        return keys;
    }

    /** @throws TransferProblem naming the required columns that are not among those found */
    private void requireColumns(List<String> found) {
        if (isJson() && found.isEmpty()) {
            // No row at all, as in the export of an empty project; lines that are no JSON are reported one by one.
            return;
        }
        var missing = file.table().columns().stream()
                .filter(Column::required)
                .map(Column::name)
                .filter(name -> !found.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new TransferProblem(file.name() + " has no column " + String.join(", ", missing) + ". Required are "
                    + required() + "; found were " + String.join(", ", found) + ".");
        }
        if (file.table() == TransferTable.EVENTS && !found.contains("device_id") && !found.contains("profile_id")) {
            throw new TransferProblem(
                    file.name() + " has neither a column device_id nor profile_id, so nobody could be "
                            + "counted. At least one is required.");
        }
    }

    private String required() {
        return file.table().columns().stream()
                .filter(Column::required)
                .map(Column::name)
                .collect(Collectors.joining(", "));
    }

    private String select(Map<String, String> present) {
        var columns = new ArrayList<String>();
        var reasons = new ArrayList<String>();
        for (var column : file.table().columns()) {
            columns.add(value(column) + " as " + column.name());
            if (column.required()) {
                reasons.add("case when " + column.name() + " is null"
                        + (column.kind() == Kind.TEXT ? " or " + column.name() + " = ''" : "") + " then '"
                        + column.name() + " is missing' end");
            }
        }
        reasons.add("case when project_id not in (select id from known_projects) then 'the project ' || project_id"
                + " || ' is neither in catalog.json nor in this installation' end");
        return "select line_number, " + String.join(", ", columns) + ", null::varchar as state, coalesce(reason, "
                + String.join(", ", reasons) + ") as reason from (" + typed(present) + ")";
    }

    private String value(Column column) {
        if (file.table() == TransferTable.EVENTS) {
            if (column.name().equals("id")) {
                return EventIds.VALUE;
            }
            if (column.name().equals("profile_id")) {
                return "coalesce(nullif(profile_id, ''), device_id, '')";
            }
        }
        return "coalesce(" + column.name() + ", " + column.orElse() + ")";
    }

    private String typed(Map<String, String> present) {
        var columns = new ArrayList<String>();
        var reasons = new ArrayList<String>();
        reasons.add(isJson() ? "line_problem" : "null");
        for (var column : file.table().columns()) {
            var type = present.get(column.name());
            if (type == null) {
                columns.add(column.nothing() + " as " + column.name());
                continue;
            }
            var raw = "raw." + column.name();
            columns.add(column.read(raw, type) + " as " + column.name());
            reasons.add("case when " + column.unreadable(raw, type) + " then 'the value of " + column.name()
                    + " cannot be read' end");
        }
        return "select line_number, " + String.join(", ", columns) + ", coalesce(" + String.join(", ", reasons)
                + ") as reason from (" + numbered() + ") raw";
    }

    private String numbered() {
        if (!isJson()) {
            return "select *, row_number() over ()" + (file.format() == TransferFormat.CSV ? " + 1" : "") + " as "
                    + LINE + " from " + rows(", store_rejects = true");
        }
        var shape = file.table().columns().stream()
                .map(column -> "\"" + column.name() + "\":\"" + column.kind().jsonType() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return "select line_number, line_problem, unnest(json_transform(case when line_problem is null then line end, '"
                + shape + "')) from (select line_number, line, case when not json_valid(line)"
                + " then 'the line is no complete JSON' when json_type(line) <> 'OBJECT'"
                + " then 'the line is no JSON object' end as line_problem from (select row_number() over () as"
                + " line_number, line from " + lines() + ") where trim(line) <> '')";
    }

    /** Lines that the CSV reader could not split into the header's columns: they never became rows. */
    private void addLinesThatAreNoRows() throws SQLException {
        execute("insert into incoming (line_number, state, reason) select distinct line, null::varchar,"
                + " 'the line does not have the columns of the header' from reject_errors");
        execute("drop table reject_errors");
        execute("drop table reject_scans");
    }

    private boolean isJson() {
        return file.format() == TransferFormat.JSON_LINES || file.format() == TransferFormat.JSON_LINES_GZIP;
    }

    private String rows(String csvOptions) {
        return file.format() == TransferFormat.PARQUET
                ? "read_parquet(?, binary_as_string = true)"
                : "read_csv(?, header = true, all_varchar = true, delim = '" + separator()
                        + "', quote = '\"', escape = '\"', nullstr = ['\\N'], allow_quoted_nulls = false,"
                        + " max_line_size = 16777216" + csvOptions + ")";
    }

    /** One of three constants, whatever the file holds. */
    private String separator() {
        return switch (delimiter.orElseThrow(
                found -> new TransferProblem(file.name() + " has its columns separated by '" + found
                        + "'. Comma, semicolon and tab are understood; convert it first."))) {
            case ';' -> ";";
            case '\t' -> "\t";
            default -> ",";
        };
    }

    /** Lines as they are: no character that may stand in JSON separates, quotes or escapes. */
    private String lines() {
        return "read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', header = false,"
                + " auto_detect = false, strict_mode = false, max_line_size = 16777216)";
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setString(1, file.path().toString());
        return statement;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
