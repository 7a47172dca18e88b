package org.openpanelmcp.analytics.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventColumn;
import org.openpanelmcp.analytics.RawRows;
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

/** Who somebody is and what they did last. */
public final class GetProfile implements Tool<GetProfile.Input, GetProfile.Result> {
    private static final String DEFINITION = "The profile in its latest state, with the number of its sessions, and its"
            + " events of the whole history, newest first, equal times by id. Times carry the offset of the project's zone;"
            + " revenue is in the smallest currency unit, duration in milliseconds; null is not set.";

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Exact profile id; find_profiles gives it")
            String profileId,

            @Param(value = "Most events", min = 1, max = 100, orElse = "20")
            int eventLimit,

            @Param(value = "Also what its devices did anonymously, before it was identified", orElse = "false")
            boolean stitchDevices,

            @Param("nextCursor of the page before, for earlier events") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("null: events have this id, but no profile is stored") @ChosenColumns(ProfileColumn.class) @Nullable
            Map<String, Object> profile,

            @Doc("One object per event, newest first") @ChosenColumns(EventColumn.class)
            List<Map<String, Object>> recent_events,

            @Doc("The profile for people to look at") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String dashboard_url,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_profile", "Get a profile", Input.class, Result.class)
                .what(
                        "One person: name, e-mail, properties, groups, and the latest events with all columns; meta.total is"
                                + " the number of all events.")
                .useWhen("it matters who a certain person is and what they did last")
                .hint("query_events with profileId gives chosen columns, names or dates of the events.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var person = Person.of(input.profileId(), input.stitchDevices());
        var page = WholeHistory.page(call, scope, new Dates(null, null), input.cursor());
        var profile = person.profile(call, scope);
        var table = new RawRows.Table(call.dialect().events(scope), EventColumn.ALL, GetProfile::id);
        var events = RawRows.newestFirst(
                call,
                scope,
                page,
                table,
                person.owns(call, scope),
                Arrays.asList(EventColumn.values()),
                input.eventLimit());
        var meta = call.meta(scope, DEFINITION + person.aboutDevices()).list(events.place());
        if (profile.isEmpty()) {
            person.mustBeKnown(call, scope);
            meta.warn("No profile is stored under this id, only events or sessions: the site never identified it.");
        }
        var url = call.dashboard(scope).map(pages -> pages.page("profiles", person.id()));
        return new Result(profile.orElse(null), events.rows(), url.orElse(null), meta.build());
    }

    private static Sql id(String text) {
        return Sql.template("cast({id} as UUID)").bind("id", text).sql();
    }
}
