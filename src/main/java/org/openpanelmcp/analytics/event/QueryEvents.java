package org.openpanelmcp.analytics.event;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventColumn;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.RawRows;
import org.openpanelmcp.analytics.VisitorArguments;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
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
            VisitorArguments visitor,

            @Param("Event properties with their exact values")
            Map<String, String> properties,

            @Param("Further conditions, from dimension to value or values; see the server's instructions")
            Filters filters,

            @Param(value = "Only these columns; all when left out. A few columns make a much shorter answer", max = 31)
            List<EventColumn> columns,

            @Param(value = "Most events", min = 1, max = 100, orElse = "20")
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
        var table = new RawRows.Table(call.dialect().events(scope), EventColumn.ALL, QueryEvents::id);
        var conditions = filters.onEvents(scope, call.dialect());
        var found = RawRows.newestFirst(call, scope, page, table, conditions, columns, input.limit());
        var meta = call.meta(scope, DEFINITION).range(page.range()).list(found.place());
        if (found.rows().isEmpty()) {
            meta.warn(EventNames.warnings(call, scope, page.range(), input.eventNames()));
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), EventFilters.withoutNames(filters)));
        }
        return new Result(found.rows(), meta.build());
    }

    private static Sql id(String text) {
        return Sql.template("cast({id} as UUID)").bind("id", text).sql();
    }
}
