package org.openpanelmcp.analytics.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.RawRows;
import org.openpanelmcp.analytics.SessionColumn;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
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

/** The sessions of one person, newest first. */
public final class GetProfileSessions implements Tool<GetProfileSessions.Input, GetProfileSessions.Result> {
    private static final String DEFINITION = "Sessions stored under the profile's id, of the whole history, each in its"
            + " latest state, newest first, equal times by id. session_count is the number of all of them. Times carry the"
            + " offset of the project's zone; duration is in milliseconds, revenue in the smallest currency unit; null is not"
            + " set.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Exact profile id; find_profiles gives it")
            String profileId,

            @Param(
                    value = "Also the anonymous sessions of its devices, from before it was identified",
                    orElse = "false")
            boolean stitchDevices,

            @Param(value = "Most sessions", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            String profileId,

            @Doc("The profile for people to look at") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String dashboard_url,

            @Doc("Number of all sessions, not only of those returned")
            long session_count,

            @Doc("One object per session") @ChosenColumns(SessionColumn.class)
            List<Map<String, Object>> sessions,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_profile_sessions", "Get the sessions of a profile", Input.class, Result.class)
                .what("The visits of one person, newest first, with all columns, and their number in all.")
                .useWhen("it matters how often and how a certain person came back")
                .hint("query_sessions with profileId gives chosen columns or dates.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var person = Person.of(input.profileId(), input.stitchDevices());
        var page = WholeHistory.page(call, scope, new Dates(null, null), input.cursor());
        var table = new RawRows.Table(call.dialect().sessions(scope), SessionColumn.ALL, Sql::value);
        var conditions = Sql.and(List.of(Sql.of("id <> ''"), person.owns(call, scope)));
        var found = RawRows.newestFirst(
                call, scope, page, table, conditions, Arrays.asList(SessionColumn.values()), input.limit());
        if (found.rows().isEmpty()) {
            person.mustBeKnown(call, scope);
        }
        var meta = call.meta(scope, DEFINITION + person.aboutDevices()).list(found.place());
        var url = call.dashboard(scope).map(pages -> pages.page("profiles", person.id()));
        return new Result(person.id(), url.orElse(null), found.place().total(), found.rows(), meta.build());
    }
}
