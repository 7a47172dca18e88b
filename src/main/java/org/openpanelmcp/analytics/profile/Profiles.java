package org.openpanelmcp.analytics.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openpanelmcp.analytics.KeyedIds;
import org.openpanelmcp.analytics.RawColumn;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ListPlace;
import org.openpanelmcp.tool.ToolCall;

/** Profiles as they are given in answers. */
public final class Profiles {
    private static final List<ProfileColumn> COLUMNS = Arrays.asList(ProfileColumn.values());

    private Profiles() {}

    /** What profiles can be sorted by. */
    public enum SortKey {
        CREATED_AT,
        LAST_SEEN_AT,
        SESSIONS
    }

    /**
     * A page of profiles.
     *
     * @param rows one object per profile, by column
     * @param place where they stand in the whole list
     */
    public record Found(List<Map<String, Object>> rows, ListPlace place) {}

    private record Read(String id, Map<String, Object> values) {
        static Read of(Row row, ProjectScope scope) {
            return new Read(row.text("id"), RawColumn.values(row, scope.zone(), COLUMNS));
        }
    }

    /** A page of those that fulfil the conditions, equal ones by id. Nobody has the empty id. */
    public static Found page(
            ToolCall call,
            ProjectScope scope,
            ToolCall.Page page,
            Sql conditions,
            SortKey sortBy,
            SortOrder order,
            int limit)
            throws QueryFailure {
        var candidates = sortBy == SortKey.SESSIONS
                ? bySessions(call, scope, conditions)
                : Sql.template("select id as row_id, {key} as sort_key from {profiles} where id <> '' and {conditions}")
                        .put(
                                "key",
                                call.dialect()
                                        .epochMillis(
                                                Sql.of(sortBy == SortKey.CREATED_AT ? "created_at" : "last_seen_at")))
                        .put("profiles", call.dialect().profiles(scope))
                        .put("conditions", conditions)
                        .sql();
        var ids = KeyedIds.page(call, scope, page, candidates, order, limit);
        return new Found(rows(call, scope, ids.ids()), ids.place());
    }

    private static Sql bySessions(ToolCall call, ProjectScope scope, Sql conditions) {
        return Sql.template("""
                select id as row_id, coalesce(visit_total, 0) as sort_key
                from {profiles} as people
                left join (
                  select profile_id as visitor_id, count(*) as visit_total
                  from {sessions}
                  where id <> ''
                  group by visitor_id) as visits on visitor_id = people.id
                where people.id <> '' and {conditions}""")
                .put("profiles", call.dialect().profiles(scope))
                .put("sessions", call.dialect().sessions(scope))
                .put("conditions", conditions)
                .sql();
    }

    /** The profiles with these ids, in this order; those that are not stored are left out. */
    static List<Map<String, Object>> rows(ToolCall call, ProjectScope scope, List<String> ids) throws QueryFailure {
        if (ids.isEmpty()) {
            return List.of();
        }
        var list = Sql.join(ids.stream().map(Sql::value).toList(), ", ");
        var sql = Sql.template("""
                select {columns}, coalesce(visit_total, 0) as sessions
                from {profiles} as people
                left join (
                  select profile_id as visitor_id, count(*) as visit_total
                  from {sessions}
                  where id <> '' and profile_id in ({ids})
                  group by visitor_id) as visits on visitor_id = people.id""")
                .put("columns", ProfileColumn.STORED)
                .put("profiles", call.dialect().profiles(scope, list))
                .put("sessions", call.dialect().sessions(scope))
                .put("ids", list)
                .sql();
        var byId = new HashMap<String, Map<String, Object>>();
        call.query(scope, sql, row -> Read.of(row, scope)).forEach(read -> byId.put(read.id(), read.values()));
        return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    }
}
