package org.openpanelmcp.analytics.profile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.NearestIds;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ToolCall;

/** When nobody was found: which conditions nobody fulfils by themselves, and what there is instead. */
final class ProfileAdvice {
    private static final int LOOKED_AT = 500;
    private static final int SHOWN = 5;

    private final ToolCall call;
    private final ProjectScope scope;
    private final List<String> warnings = new ArrayList<>();

    ProfileAdvice(ToolCall call, ProjectScope scope) {
        this.call = call;
        this.scope = scope;
    }

    void add(List<String> more) {
        warnings.addAll(more);
    }

    void property(String key, String value) throws QueryFailure {
        var values = values(key);
        if (values.contains(value) || values.size() >= LOOKED_AT) {
            return;
        }
        var some = values.stream().filter(text -> !text.isEmpty()).limit(SHOWN).toList();
        warnings.add("No profile has the property " + Quoted.of(key) + " with the value " + Quoted.of(value) + "."
                + Nearest.to(value, values)
                        .map(near -> " Did you mean " + Quoted.of(near) + "?")
                        .orElse("")
                + (some.isEmpty()
                        ? " No profile has this property at all."
                        : " Most frequent: " + String.join(", ", some) + "."));
    }

    void group(@Nullable String id) throws QueryFailure {
        if (id == null || id.isEmpty()) {
            return;
        }
        var sql = Sql.template("select count(*) as member_total from {profiles} where {belongs}")
                .put("profiles", call.dialect().profiles(scope))
                .put("belongs", call.dialect().contains(Sql.of("groups"), Sql.value(id)))
                .sql();
        if (call.one(scope, sql, row -> row.whole("member_total")) == 0) {
            var near = NearestIds.of(call, scope, call.dialect().groups(scope), id);
            warnings.add("No profile belongs to a group " + Quoted.of(id) + ". " + NearestIds.sentence(near)
                    + "find_groups gives the ids of groups.");
        }
    }

    List<String> warnings() {
        return warnings;
    }

    private List<String> values(String key) throws QueryFailure {
        var sql = Sql.template("""
                select {value} as found_value, count(*) as profile_total
                from {profiles}
                group by found_value
                order by profile_total desc, found_value
                limit {limit}""")
                .put("value", call.dialect().property(Sql.of("properties"), Sql.value(key)))
                .put("profiles", call.dialect().profiles(scope))
                .bind("limit", LOOKED_AT)
                .sql();
        return call.query(scope, sql, row -> row.text("found_value"));
    }
}
