package org.openpanelmcp.analytics.session;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.NamedFilters;
import org.openpanelmcp.analytics.RawRows;
import org.openpanelmcp.analytics.SessionColumn;
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

/** Single sessions, newest first. */
public final class QuerySessions implements Tool<QuerySessions.Input, QuerySessions.Result> {
    private static final String DEFINITION =
            "Sessions that started in the range, each in its latest state, newest first,"
                    + " equal times by id. Times carry the offset of the project's zone; duration is in milliseconds, revenue in"
                    + " the smallest currency unit; screen_view_count counts page views, event_count the other events; null is"
                    + " not set.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,
            VisitorArguments visitor,

            @Param("Further conditions; an event column or property keeps sessions with a matching event")
            Filters filters,

            @Param(value = "Only these columns; all when left out. A few columns make a much shorter answer", max = 36)
            List<SessionColumn> columns,

            @Param(value = "Most sessions", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("One object per session") @ChosenColumns(SessionColumn.class)
            List<Map<String, Object>> rows,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("query_sessions", "Query sessions", Input.class, Result.class)
                .what("Single sessions of a project that started in a range, newest first, with all columns or chosen"
                        + " ones, and their number in all.")
                .useWhen("single visits matter: how one went, which ones match, what a person's visits looked like")
                .hint("For counts and rates take an aggregate tool instead: it is shorter and complete.")
                .example(
                        "the last visits from an AI assistant that ended on the pricing page",
                        "{\"referrerType\":\"ai\",\"filters\":{\"exit_path\":\"/pricing\"},"
                                + "\"columns\":[\"created_at\",\"referrer_name\",\"entry_path\",\"duration\"]}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var filters = filters(input);
        var columns = input.columns().isEmpty() ? Arrays.asList(SessionColumn.values()) : input.columns();
        var table = new RawRows.Table(call.dialect().sessions(scope), SessionColumn.ALL, Sql::value);
        var conditions = filters.onSessions(scope, page.range(), call.dialect());
        var found = RawRows.newestFirst(call, scope, page, table, conditions, columns, input.limit());
        var meta = call.meta(scope, DEFINITION).range(page.range()).list(found.place());
        meta.warn(FilterAdvice.ofExclusionsBySession(filters));
        if (found.rows().isEmpty()) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), filters));
        }
        return new Result(found.rows(), meta.build());
    }

    private static Filters filters(Input input) throws BadValue {
        return input.visitor().addTo(new NamedFilters()).and(input.filters());
    }
}
