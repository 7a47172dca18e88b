package org.openpanelmcp.analytics.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Which properties the events of a project carry. */
public final class EventProperties {
    private EventProperties() {}

    /** How many events of a name carry a property; {@code pairsInAll} is the same on each row. */
    public record Counted(String key, String event, long count, long pairsInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.text("property_key"),
                    row.text("event_name"),
                    row.whole("event_total"),
                    row.whole("pair_total"));
        }
    }

    /**
     * A page of the pairs of key and event, by key, then event.
     *
     * @param event only the properties of these events; null for all
     * @param internal also keys that begin with two underscores
     */
    public static List<Counted> in(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            @Nullable String event,
            boolean internal,
            int limit,
            int offset)
            throws QueryFailure {
        var sql = Sql.template("""
                select property_key, event_name, count(*) as event_total, count(*) over () as pair_total
                from (
                  select name as event_name, {key} as property_key
                  from {events}
                  where {range} and {wanted}) as keys_of_events
                where {internal} or property_key not like '\\_\\_%' escape '\\'
                group by property_key, event_name
                order by property_key, event_name
                limit {limit} offset {offset}""")
                .put("key", call.dialect().eachKey(Sql.of("properties")))
                .put("events", call.dialect().events(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("wanted", named(event))
                .bind("internal", internal)
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }

    /** The condition that an event has the name; any when there is none. */
    static Sql named(@Nullable String event) {
        return event == null || event.isEmpty()
                ? Sql.of("true")
                : Sql.template("name = {name}").bind("name", event).sql();
    }
}
