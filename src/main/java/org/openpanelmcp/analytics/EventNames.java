package org.openpanelmcp.analytics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ToolCall;

/** Which events a project has, the most frequent first. */
public final class EventNames {
    private static final int VOCABULARY = 2_000;

    private EventNames() {}

    /** One name with its number of events and the times of the first and last. */
    public record Counted(String name, long count, Instant first, Instant last, long namesInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.text("event_name"),
                    row.whole("event_total"),
                    row.instant("first_at").orElseThrow(),
                    row.instant("last_at").orElseThrow(),
                    row.whole("name_total"));
        }
    }

    /** A page of the names in a range; by count, then name. */
    public static List<Counted> in(ToolCall call, ProjectScope scope, TimeRange range, int limit, int offset)
            throws QueryFailure {
        var sql = Sql.template("""
                select name as event_name, count(*) as event_total,
                       min(created_at) as first_at, max(created_at) as last_at, count(*) over () as name_total
                from {events}
                where {range}
                group by event_name
                order by event_total desc, event_name
                limit {limit} offset {offset}""")
                .put("events", call.dialect().events(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }

    /** A warning for each wanted name that never happened at all, or not in the range. */
    public static List<String> warnings(ToolCall call, ProjectScope scope, TimeRange range, List<String> wanted)
            throws QueryFailure {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var inRange = names(call, scope, range);
        var missing = wanted.stream().filter(name -> !inRange.contains(name)).toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        var ever = names(call, scope, WholeHistory.in(scope.zone()));
        var warnings = new ArrayList<String>();
        for (var name : missing) {
            warnings.add(
                    ever.contains(name)
                            ? "The event " + Quoted.of(name) + " did not happen in this range, but at other times."
                            : "The event " + Quoted.of(name) + " never happened in this project."
                                    + Nearest.to(name, ever)
                                            .map(near -> " Did you mean \"" + near + "\"?")
                                            .orElse("")
                                    + " list_event_names gives all names.");
        }
        return warnings;
    }

    private static List<String> names(ToolCall call, ProjectScope scope, TimeRange range) throws QueryFailure {
        return in(call, scope, range, VOCABULARY, 0).stream().map(Counted::name).toList();
    }
}
