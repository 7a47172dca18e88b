package org.openpanelmcp.analytics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ListPlace;
import org.openpanelmcp.tool.ToolCall;

/**
 * Rows as they are stored, newest first, equal times by id, paged by time and id, so that rows which arrive meanwhile
 * shift nothing.
 *
 * @param rows one object per row, by column
 * @param place where they stand in the whole list
 */
public record RawRows(List<Map<String, Object>> rows, ListPlace place) {
    /**
     * Where the rows come from.
     *
     * @param rows the project's rows of the table
     * @param columns a select list of all its columns, with {@code created_at} and {@code id}
     * @param id an id that is bound as text, as the table's type; the place is called {@code id}
     */
    public record Table(Sql rows, Sql columns, IdOf id) {}

    /** A text as an id of a table. */
    @FunctionalInterface
    public interface IdOf {
        Sql of(String text);
    }

    private record Found(Map<String, Object> values, List<String> position) {
        static Found read(Row row, ProjectScope scope, List<? extends RawColumn> columns) {
            var values = RawColumn.values(row, scope.zone(), columns);
            var at = row.instant("created_at").orElseThrow().toEpochMilli();
            return new Found(values, List.of(Long.toString(at), row.text("id")));
        }
    }

    /** A page of the rows of the page's range that fulfil the conditions, with these columns. */
    public static RawRows newestFirst(
            ToolCall call,
            ProjectScope scope,
            ToolCall.Page page,
            Table table,
            Sql conditions,
            List<? extends RawColumn> columns,
            int limit)
            throws QueryFailure {
        var sql = Sql.template("""
                select {columns}
                from {rows}
                where {range} and {conditions} and {after}
                order by created_at desc, id
                limit {limit}""")
                .put("columns", table.columns())
                .put("rows", table.rows())
                .put("range", page.range().holds(Sql.of("created_at")))
                .put("conditions", conditions)
                .put("after", after(table, page.after()))
                .bind("limit", limit + 1)
                .sql();
        var found = new ArrayList<>(call.query(scope, sql, row -> Found.read(row, scope, columns)));
        boolean more = found.size() > limit;
        if (more) {
            found.removeLast();
        }
        long total = more || !page.after().isEmpty() ? total(call, scope, page, table, conditions) : found.size();
        return new RawRows(
                found.stream().map(Found::values).toList(),
                new ListPlace(
                        total,
                        found.size(),
                        more,
                        page.range(),
                        rows -> found.get(rows - 1).position()));
    }

    private static Sql after(Table table, List<String> position) {
        if (position.isEmpty()) {
            return Sql.of("true");
        }
        return Sql.template("(created_at < {at} or (created_at = {at} and id > {id}))")
                .bind("at", Instant.ofEpochMilli(Long.parseLong(position.getFirst())))
                .put("id", table.id().of(position.getLast()))
                .sql();
    }

    private static long total(ToolCall call, ProjectScope scope, ToolCall.Page page, Table table, Sql conditions)
            throws QueryFailure {
        var sql = Sql.template("select count(*) as row_total from {rows} where {range} and {conditions}")
                .put("rows", table.rows())
                .put("range", page.range().holds(Sql.of("created_at")))
                .put("conditions", conditions)
                .sql();
        return call.one(scope, sql, row -> row.whole("row_total"));
    }
}
