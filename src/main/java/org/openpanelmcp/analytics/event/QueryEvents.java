package org.openpanelmcp.analytics.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ChosenColumns;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Raw events, newest first. */
public final class QueryEvents implements Tool<QueryEvents.Input, QueryEvents.Result> {
    private static final String DEFINITION =
            "Raw events, newest first, equal times by id. Times carry the offset of the"
                    + " project's zone; revenue is in the smallest currency unit, duration in milliseconds; null is not set.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(value = "Only these event names", max = 50)
            List<String> eventNames,

            @Param("Exact path") @Nullable String path,
            @Param("Two-letter code, such as SE") @Nullable String country,
            @Param("Exact city") @Nullable String city,
            @Param("desktop, mobile, tablet, …") @Nullable String device,
            @Param("Exact browser") @Nullable String browser,
            @Param("Exact operating system") @Nullable String os,
            @Param("Exact referrer address") @Nullable String referrer,
            @Param("Such as Google") @Nullable String referrerName,

            @Param("Such as search, social, email") @Nullable
            String referrerType,

            @Param("Exact profile id") @Nullable String profileId,

            @Param("Event properties with their exact values")
            Map<String, String> properties,

            @Param("Further conditions, from dimension to value or values; see the server's instructions")
            Filters filters,

            @Param(value = "Only these columns; all when left out. A few columns make a much shorter answer", max = 31)
            List<EventColumn> columns,

            @Param(value = "Most events to return", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("One object per event") @ChosenColumns(EventColumn.class)
            List<Map<String, Object>> rows,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("query_events", "Query events", Input.class, Result.class)
                .what("Raw events of a project in a range, newest first, with all columns or chosen ones, and their"
                        + " number in all.")
                .useWhen("single events matter: examples, debugging, what one person did")
                .hint("For counts and rates take an aggregate tool instead: it is shorter and complete.")
                .example(
                        "the last sign-ups with the plan pro",
                        "{\"eventNames\":[\"sign_up\"],\"properties\":{\"plan\":\"pro\"},\"startDate\":\"7d\","
                                + "\"columns\":[\"created_at\",\"profile_id\",\"country\",\"properties\"]}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var filters = EventFilters.of(input);
        var columns = input.columns().isEmpty() ? Arrays.asList(EventColumn.values()) : input.columns();
        var rows = new ArrayList<>(rows(call, scope, page, filters, columns, input.limit()));
        boolean more = rows.size() > input.limit();
        if (more) {
            rows.removeLast();
        }
        var meta = call.meta(scope, DEFINITION).range(page.range());
        long total = more || !page.after().isEmpty() ? total(call, scope, page.range(), filters) : rows.size();
        meta.list(total, more ? call.cursor(page.range(), rows.getLast().position()) : null);
        if (rows.isEmpty()) {
            meta.warn(EventNames.warnings(call, scope, page.range(), input.eventNames()));
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), EventFilters.withoutNames(filters)));
        }
        return new Result(rows.stream().map(Found::values).toList(), meta.build());
    }

    /** An event as it is answered, and where it stands in the list. */
    private record Found(Map<String, Object> values, List<String> position) {
        static Found read(Row row, ProjectScope scope, List<EventColumn> columns) {
            var values = new LinkedHashMap<String, Object>();
            for (var column : columns) {
                put(values, column.label(), column.read(row, scope.zone()));
            }
            var at = row.instant("created_at").orElseThrow().toEpochMilli();
            return new Found(values, List.of(Long.toString(at), row.text("id")));
        }

        @SuppressWarnings("NullAway") // The values of the map may be null: JSON null is the answer for "not set".
        private static void put(Map<String, Object> values, String label, @Nullable Object value) {
            values.put(label, value);
        }
    }

    private static List<Found> rows(
            ToolCall call,
            ProjectScope scope,
            ToolCall.Page page,
            Filters filters,
            List<EventColumn> columns,
            int limit)
            throws QueryFailure {
        var sql = Sql.template("""
                select {columns}
                from {events}
                where {range} and {conditions} and {after}
                order by created_at desc, id
                limit {limit}""")
                .put("columns", EventColumn.ALL)
                .put("events", call.dialect().events(scope))
                .put("range", page.range().holds(Sql.of("created_at")))
                .put("conditions", filters.onEvents(scope, call.dialect()))
                .put("after", after(page.after()))
                .bind("limit", limit + 1)
                .sql();
        return call.query(scope, sql, row -> Found.read(row, scope, columns));
    }

    private static Sql after(List<String> position) {
        if (position.isEmpty()) {
            return Sql.of("true");
        }
        return Sql.template("(created_at < {at} or (created_at = {at} and id > cast({id} as UUID)))")
                .bind("at", Instant.ofEpochMilli(Long.parseLong(position.getFirst())))
                .bind("id", position.getLast())
                .sql();
    }

    private static long total(ToolCall call, ProjectScope scope, TimeRange range, Filters filters) throws QueryFailure {
        var sql = Sql.template("select count(*) as event_total from {events} where {range} and {conditions}")
                .put("events", call.dialect().events(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onEvents(scope, call.dialect()))
                .sql();
        return call.one(scope, sql, row -> row.whole("event_total"));
    }
}
