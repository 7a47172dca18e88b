package org.openpanelmcp.analytics.group;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.NearestIds;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.analytics.profile.ProfileColumn;
import org.openpanelmcp.analytics.profile.Profiles;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.ChosenColumns;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolProblem;
import org.openpanelmcp.tool.ToolSpec;

/** One group: what it is, who belongs to it, what happened in it. */
public final class GetGroup implements Tool<GetGroup.Input, GetGroup.Result> {
    private static final String DEFINITION =
            "The group in its latest state. Members are the profiles that belong to it,"
                    + " latest created_at first, equal ones by id; member_count is the number of all of them, whenever they were"
                    + " seen. activity is about the range: events, revenue and last_seen are those of events that carry the group,"
                    + " sessions those that started in the range and carry it, active_members the members with any event. Revenue is"
                    + " in the smallest currency unit; null is not set.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            @Param("Exact group id; find_groups gives it") String groupId,
            Dates dates,

            @Param(value = "Most members", min = 1, max = 50, orElse = "10")
            int memberLimit,

            @Param("nextCursor of the page before, for further members") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            GroupRow group,
            @Doc("Number of all members") long member_count,

            @Doc("One object per member, as in find_profiles") @ChosenColumns(ProfileColumn.class)
            List<Map<String, Object>> members,

            GroupActivity activity,
            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_group", "Get a group", Input.class, Result.class)
                .what(
                        "One group of people (a company, a team, …): its properties, its members with their number in all, and"
                                + " what happened in it in a range: events, sessions, revenue, active members, last event.")
                .useWhen("it matters who belongs to a certain group and how active it is")
                .hint("find_profiles with group finds certain ones among many members.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var id = input.groupId();
        var page = call.page(scope, input.dates(), input.cursor());
        var group = Groups.rows(call, scope, List.of(id)).stream()
                .filter(row -> !row.id().isEmpty())
                .findFirst();
        if (group.isEmpty()) {
            throw unknown(call, scope, id);
        }
        var belongs = call.dialect().contains(Sql.of("groups"), Sql.value(id));
        var members = Profiles.page(
                call, scope, page, belongs, Profiles.SortKey.CREATED_AT, SortOrder.DESC, input.memberLimit());
        var activity = GroupActivity.of(call, scope, page.range(), id);
        var meta = call.meta(scope, DEFINITION).range(page.range()).list(members.place());
        if (activity.events() == 0 && activity.active_members() > 0) {
            meta.warn("Members were active, but no event of the range carries the group: the site sets membership"
                    + " without sending the group along with events.");
        }
        return new Result(group.get(), members.place().total(), members.rows(), activity, meta.build());
    }

    private static ToolProblem unknown(ToolCall call, ProjectScope scope, String id) throws QueryFailure {
        var near = NearestIds.of(call, scope, call.dialect().groups(scope), id);
        return new ToolProblem(
                ToolProblem.Code.NOT_FOUND,
                "This project has no group " + Quoted.of(id) + ".",
                NearestIds.sentence(near) + "find_groups finds ids by type, name or property.");
    }
}
