package org.openpanelmcp.analytics.event;

import java.time.Instant;
import java.util.List;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** The distinct values that events have in a property or a column. */
public final class PropertyValues {
    private PropertyValues() {}

    /** In which order values come. */
    public enum Order {
        COUNT(Sql.of("event_total desc")),
        LAST_SEEN(Sql.of("last_at desc"));

        private final Sql sql;

        Order(Sql sql) {
            this.sql = sql;
        }
    }

    /** A value with its number of events and their first and last time; {@code valuesInAll} is the same on each row. */
    public record Counted(String value, long count, Instant first, Instant last, long valuesInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.text("found_value"),
                    row.whole("event_total"),
                    row.instant("first_at").orElseThrow(),
                    row.instant("last_at").orElseThrow(),
                    row.whole("value_total"));
        }
    }

    /** What is asked: of which events, the values of which expression. */
    public record Question(TimeRange range, Filters filters, Sql value, Order order) {}

    /** A page of the values, empty ones left out; equal ones of the order by value. */
    public static List<Counted> in(ToolCall call, ProjectScope scope, Question question, int limit, int offset)
            throws QueryFailure {
        var sql = Sql.template("""
                select found_value, count(*) as event_total, min(created_at) as first_at, max(created_at) as last_at,
                       count(*) over () as value_total
                from (
                  select {value} as found_value, created_at
                  from {events}
                  where {range} and {conditions}) as values_of_events
                where found_value <> ''
                group by found_value
                order by {order}, found_value
                limit {limit} offset {offset}""")
                .put("value", question.value())
                .put("events", call.dialect().events(scope))
                .put("range", question.range().holds(Sql.of("created_at")))
                .put("conditions", question.filters().onEvents(scope, call.dialect()))
                .put("order", question.order().sql)
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }
}
