package org.openpanelmcp.analytics;

import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ListPlace;
import org.openpanelmcp.tool.ToolCall;

/**
 * A page of a list that is sorted by a whole number, equal ones by id, and paged by both, so that rows which arrive
 * meanwhile shift nothing.
 *
 * @param place where they stand in the whole list
 */
public record KeyedIds(List<String> ids, ListPlace place) {
    private record Found(String id, long key, long total) {
        static Found read(Row row) {
            return new Found(row.text("row_id"), row.whole("sort_key"), row.whole("row_total"));
        }
    }

    /** @param candidates a query that gives {@code row_id} and {@code sort_key}, one row per id */
    public static KeyedIds page(
            ToolCall call, ProjectScope scope, ToolCall.Page page, Sql candidates, SortOrder order, int limit)
            throws QueryFailure {
        var sql = Sql.template("""
                select row_id, sort_key, row_total
                from (
                  select row_id, sort_key, count(*) over () as row_total
                  from ({candidates}) as candidates) as counted
                where {after}
                order by sort_key {direction}, row_id
                limit {limit}""")
                .put("candidates", candidates)
                .put("after", after(page.after(), order))
                .put("direction", order.direction())
                .bind("limit", limit + 1)
                .sql();
        var found = new ArrayList<>(call.query(scope, sql, Found::read));
        long total = found.isEmpty() ? 0 : found.getFirst().total();
        boolean more = found.size() > limit;
        if (more) {
            found.removeLast();
        }
        return new KeyedIds(
                found.stream().map(Found::id).toList(),
                new ListPlace(total, found.size(), more, page.range(), rows -> position(found.get(rows - 1))));
    }

    private static List<String> position(Found last) {
        return List.of(Long.toString(last.key()), last.id());
    }

    private static Sql after(List<String> position, SortOrder order) {
        if (position.isEmpty()) {
            return Sql.of("true");
        }
        return Sql.template("(sort_key {later} {key} or (sort_key = {key} and row_id > {id}))")
                .put("later", order.later())
                .bind("key", Long.parseLong(position.getFirst()))
                .bind("id", position.getLast())
                .sql();
    }
}
