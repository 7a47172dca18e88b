package org.openpanelmcp.analytics.group;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The types of groups that a project has. */
public final class ListGroupTypes implements Tool<ListGroupTypes.Input, ListGroupTypes.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param(value = "Most types", min = 1, max = 500, orElse = "100")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("The types alone, same order as rows") List<String> types, List<TypeRow> rows, Meta meta) {}

    /** One type. */
    public record TypeRow(
            String type, @Doc("Number of groups") long count) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_group_types", "List group types", Input.class, Result.class)
                .what(
                        "The types of groups that a project has, such as company or team, with the number of groups of each,"
                                + " the most frequent first.")
                .useWhen("it matters whether and how people are grouped, or the exact name of a type is needed");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, new Dates(null, null), input.cursor());
        var counted = Groups.types(call, scope, input.limit(), page.offset());
        var meta = call.meta(scope, "count is the number of groups of that type; deleted groups do not count.");
        long total = counted.isEmpty() ? 0 : counted.getFirst().typesInAll();
        Paging.describe(meta, page, counted.size(), total);
        return new Result(
                counted.stream().map(Groups.Counted::type).toList(),
                counted.stream()
                        .map(one -> new TypeRow(one.type(), one.count()))
                        .toList(),
                meta.build());
    }
}
