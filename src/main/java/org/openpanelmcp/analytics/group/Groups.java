package org.openpanelmcp.analytics.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.KeyedIds;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ListPlace;
import org.openpanelmcp.tool.ToolCall;

/** Groups that are not deleted. Nothing is the group of the empty id. */
public final class Groups {
    private Groups() {}

    /** A type with its number of groups; {@code typesInAll} is the same on each row. */
    record Counted(String type, long count, long typesInAll) {
        static Counted read(Row row) {
            return new Counted(row.text("group_type"), row.whole("group_total"), row.whole("type_total"));
        }
    }

    /** Which groups; what is null or empty excludes none. */
    record Question(@Nullable String type, @Nullable String search, Map<String, String> properties) {}

    /** A page of groups, the latest created first. */
    record Found(List<GroupRow> rows, ListPlace place) {}

    /** The types, the most frequent first, equal ones by name. */
    static List<Counted> types(ToolCall call, ProjectScope scope, int limit, int offset) throws QueryFailure {
        var sql = Sql.template("""
                select type as group_type, count(*) as group_total, count(*) over () as type_total
                from {groups}
                where id <> ''
                group by group_type
                order by group_total desc, group_type
                limit {limit} offset {offset}""")
                .put("groups", call.dialect().groups(scope))
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }

    static Found page(ToolCall call, ProjectScope scope, ToolCall.Page page, Question question, int limit)
            throws QueryFailure {
        var candidates = Sql.template("""
                select id as row_id, {created} as sort_key from {groups} where id <> '' and {conditions}""")
                .put("created", call.dialect().epochMillis(Sql.of("created_at")))
                .put("groups", call.dialect().groups(scope))
                .put("conditions", conditions(call, question))
                .sql();
        var ids = KeyedIds.page(call, scope, page, candidates, SortOrder.DESC, limit);
        return new Found(rows(call, scope, ids.ids()), ids.place());
    }

    private static Sql conditions(ToolCall call, Question question) {
        var dialect = call.dialect();
        var conditions = new ArrayList<Sql>();
        var type = question.type();
        if (type != null && !type.isEmpty()) {
            conditions.add(Sql.template("type = {type}").bind("type", type).sql());
        }
        var search = question.search();
        if (search != null && !search.isEmpty()) {
            var pattern = Sql.value("%" + Filter.escapedForLike(search) + "%");
            conditions.add(Sql.or(List.of(
                    dialect.likeIgnoringCase(Sql.of("name"), pattern),
                    dialect.likeIgnoringCase(Sql.of("id"), pattern))));
        }
        question.properties()
                .forEach((key, value) -> conditions.add(Sql.template("{property} = {value}")
                        .put("property", dialect.property(Sql.of("properties"), Sql.value(key)))
                        .bind("value", value)
                        .sql()));
        return Sql.and(conditions);
    }

    /** The groups with these ids, in this order; those that are not stored are left out. */
    static List<GroupRow> rows(ToolCall call, ProjectScope scope, List<String> ids) throws QueryFailure {
        if (ids.isEmpty()) {
            return List.of();
        }
        var sql = Sql.template("select {columns} from {groups} where id in ({ids})")
                .put("columns", GroupRow.COLUMNS)
                .put("groups", call.dialect().groups(scope))
                .put("ids", Sql.join(ids.stream().map(Sql::value).toList(), ", "))
                .sql();
        var byId = new HashMap<String, GroupRow>();
        call.query(scope, sql, row -> GroupRow.read(row, scope)).forEach(row -> byId.put(row.id(), row));
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }
}
