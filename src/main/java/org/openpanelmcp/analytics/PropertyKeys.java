package org.openpanelmcp.analytics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ToolCall;

/** Which properties events carry, for whoever asked for one that none of them has. */
public final class PropertyKeys {
    private static final int LOOKED_AT = 1_000;

    private PropertyKeys() {}

    /**
     * A warning for each key that no event of the range has.
     *
     * @param event only events of this name; null for all
     */
    public static List<String> warnings(
            ToolCall call, ProjectScope scope, TimeRange range, @Nullable String event, List<String> wanted)
            throws QueryFailure {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var known = known(call, scope, range, event);
        return wanted.stream()
                .filter(key -> !known.contains(key))
                .map(key -> "None of these events has the property " + Quoted.of(key) + "."
                        + Nearest.to(key, known)
                                .map(near -> " Did you mean " + Quoted.of(near) + "?")
                                .orElse("")
                        + " list_event_properties gives all keys.")
                .toList();
    }

    private static List<String> known(ToolCall call, ProjectScope scope, TimeRange range, @Nullable String event)
            throws QueryFailure {
        var sql = Sql.template("""
                select distinct property_key
                from (select {key} as property_key from {events} where {range} and {wanted}) as keys_of_events
                order by property_key limit {limit}""")
                .put("key", call.dialect().eachKey(Sql.of("properties")))
                .put("events", call.dialect().events(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put(
                        "wanted",
                        event == null || event.isEmpty()
                                ? Sql.of("true")
                                : Sql.template("name = {name}")
                                        .bind("name", event)
                                        .sql())
                .bind("limit", LOOKED_AT)
                .sql();
        return call.query(scope, sql, row -> row.text("property_key"));
    }
}
