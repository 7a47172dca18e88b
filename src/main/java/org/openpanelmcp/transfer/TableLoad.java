package org.openpanelmcp.transfer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openpanelmcp.transfer.ImportReport.Refusal;
import org.openpanelmcp.transfer.TransferTable.Newer;

/** Moves what {@link Staging} read from {@code incoming} into the store, once per key. */
final class TableLoad {
    private static final int SHOWN_REFUSALS = 20;
    private static final int SHOWN_LINES = 5;
    private static final String LOADABLE = "reason is null and state is null";

    private final Connection connection;
    private final TransferTable table;

    TableLoad(Connection connection, TransferTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Finds rows that must not be loaded: repeated ones, and those that are stored already. */
    void compare() throws SQLException {
        markRepeated();
        if (count("select count(*) from (select 1 from " + table.tableName() + " limit 1)") > 0) {
            markStored();
        }
    }

    /** Loads the rest in the order of project and time, so that queries can skip blocks by both. */
    void load() throws SQLException {
        if (table.newer() == Newer.REPLACES) {
            execute("delete from " + table.tableName() + " as t using incoming as s where s.reason is null"
                    + " and s.state is null and " + sameKey());
        }
        var columns = names(table.columns().stream().map(Column::name).toList(), "");
        execute("insert into " + table.tableName() + " (" + columns + ") select " + columns + " from incoming where "
                + LOADABLE + " order by project_id, " + table.time() + ", line_number");
    }

    ImportReport.Table report(String source) throws SQLException {
        return new ImportReport.Table(
                table.tableName(),
                source,
                count("select count(*) from incoming"),
                count("select count(*) from incoming where " + LOADABLE),
                count("select count(*) from incoming where reason is null and state in ('stored', 'differs')"),
                count("select count(*) from incoming where reason is null and state = 'differs'"),
                count("select count(*) from incoming where reason is null and state = 'repeated'"),
                count("select count(*) from incoming where reason is not null"),
                refusals());
    }

    private void markRepeated() throws SQLException {
        var keys = names(table.keys(), "");
        var good = count("select count(*) from incoming where reason is null");
        var distinct = count("select count(*) from (select distinct " + keys + " from incoming where reason is null)");
        if (good == distinct) {
            return;
        }
        var newest = table.version().isEmpty() ? "" : table.version() + " desc, ";
        var kept = table == TransferTable.SESSIONS ? "sign desc, " : "";
        execute("update incoming set state = 'repeated' where line_number in (select line_number from (select "
                + "line_number, row_number() over (partition by " + keys + " order by " + newest + kept
                + "line_number) as place from incoming where reason is null) where place > 1)");
    }

    private void markStored() throws SQLException {
        var older = switch (table.newer()) {
            case IS_IGNORED -> "";
            case IS_ADDED, REPLACES -> " and t." + table.version() + " >= s." + table.version();
        };
        var compared = table.columns().stream()
                .map(Column::name)
                .filter(name -> !name.equals("imported_at"))
                .toList();
        execute("create or replace temp table stored as select s.line_number, bool_and(hash(" + names(compared, "t.")
                + ") <> hash(" + names(compared, "s.") + ")) as differs from incoming s join " + table.tableName()
                + " t on " + sameKey() + older + " where s.reason is null and s.state is null group by all");
        execute("update incoming set state = case when differs then 'differs' else 'stored' end from stored"
                + " where stored.line_number = incoming.line_number and incoming.reason is null");
        execute("drop table stored");
    }

    private List<Refusal> refusals() throws SQLException {
        var refusals = new ArrayList<Refusal>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select reason, count(*), list(line_number order by line_number)[1:"
                        + SHOWN_LINES
                        + "] from incoming where reason is not null group by reason order by 2 desc, 1 limit "
                        + SHOWN_REFUSALS)) {
            while (rows.next()) {
                var lines = new ArrayList<Long>();
                for (var line : (Object[]) rows.getArray(3).getArray()) {
                    lines.add(((Number) line).longValue());
                }
                refusals.add(new Refusal(rows.getString(1), rows.getLong(2), lines));
            }
        }
        return refusals;
    }

    private String sameKey() {
        return table.keys().stream().map(key -> "t." + key + " = s." + key).collect(Collectors.joining(" and "));
    }

    private static String names(List<String> columns, String prefix) {
        return columns.stream().map(name -> prefix + name).collect(Collectors.joining(", "));
    }

    private long count(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
