package org.openpanelmcp.analytics.group;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Groups by type, name and properties. */
public final class FindGroups implements Tool<FindGroups.Input, FindGroups.Result> {
    private static final int TYPES_LOOKED_AT = 500;
    private static final int TYPES_SHOWN = 5;

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Exact type; list_group_types gives all") @Nullable
            String type,

            @Param("Part of the name or id, in any case") @Nullable
            String search,

            @Param("Group properties with their exact values")
            Map<String, String> properties,

            @Param(value = "Most groups", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(List<GroupRow> rows, Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("find_groups", "Find groups", Input.class, Result.class)
                .what(
                        "Groups of people (companies, teams, …) of a project by type, name and properties, the latest created"
                                + " first, with their number in all.")
                .useWhen("certain groups are meant, or the id of one is needed")
                .hint("get_group tells who belongs to one and what happened in it.")
                .example("companies on the free plan", "{\"type\":\"company\",\"properties\":{\"plan\":\"free\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, new Dates(null, null), input.cursor());
        var question = new Groups.Question(input.type(), input.search(), input.properties());
        var found = Groups.page(call, scope, page, question, input.limit());
        var meta = call.meta(
                        scope,
                        "Groups that fulfil all conditions, each in its latest state, without deleted ones, the latest"
                                + " createdAt first, equal ones by id. updatedAt is the time of the last change; null is"
                                + " not set.")
                .list(found.place());
        if (found.rows().isEmpty()) {
            meta.warn(unknownType(call, scope, input.type()));
        }
        return new Result(found.rows(), meta.build());
    }

    private static List<String> unknownType(ToolCall call, ProjectScope scope, @Nullable String type)
            throws QueryFailure {
        if (type == null || type.isEmpty()) {
            return List.of();
        }
        var types = Groups.types(call, scope, TYPES_LOOKED_AT, 0).stream()
                .map(Groups.Counted::type)
                .toList();
        if (types.contains(type)) {
            return List.of();
        }
        var some = types.stream().limit(TYPES_SHOWN).toList();
        return List.of("No group has the type " + Quoted.of(type) + "."
                + Nearest.to(type, types)
                        .map(near -> " Did you mean " + Quoted.of(near) + "?")
                        .orElse("")
                + (some.isEmpty()
                        ? " This project has no groups at all."
                        : " Most frequent: " + String.join(", ", some) + "."));
    }
}
