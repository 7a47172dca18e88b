package org.openpanelmcp.analytics.project;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Access;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Which projects this credential may ask about. */
public final class ListProjects implements Tool<ListProjects.Input, ListProjects.Result> {
    /** No arguments. */
    public record Input() {}

    /** The answer. */
    public record Result(
            @Doc("read: one project; root: every project of the organization")
            String clientType,

            List<Listed> projects,
            Meta meta) {}

    /** One project. */
    public record Listed(
            @Doc("What other tools take as projectId") String id,
            String name,
            String organizationId,
            @Doc("Events stored, counted now") long eventsCount,
            @Nullable String domain,
            @Doc("website, app, backend") List<String> types,
            @Doc("Time zone of its days") String timezone,
            @Doc("Time of the newest event") @Nullable OffsetDateTime lastEventAt) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_projects", "List projects", Input.class, Result.class)
                .what("The projects that this credential may query, with their ids, time zones and number of events,"
                        + " the largest first.")
                .useWhen("a projectId is needed, or to see which project is meant");
    }

    @Override
    public Result run(Input input, ToolCall call) throws QueryFailure {
        var listed = new ArrayList<Listed>();
        for (var project : call.projects()) {
            listed.add(listed(project, call));
        }
        listed.sort(Comparator.comparingLong(Listed::eventsCount).reversed().thenComparing(Listed::id));
        var clientType = call.access() instanceof Access.Root ? "root" : "read";
        return new Result(
                clientType, listed, Meta.ofAnswer("eventsCount is the number of events stored, counted now."));
    }

    private static Listed listed(Project project, ToolCall call) throws QueryFailure {
        var scope = call.scope(project);
        var freshness = call.freshness(scope);
        return new Listed(
                project.id(),
                project.name(),
                project.organizationId(),
                events(scope, call),
                project.domain(),
                project.types(),
                scope.zone().getId(),
                freshness
                        .map(instant -> instant.atZone(scope.zone()).toOffsetDateTime())
                        .orElse(null));
    }

    private static long events(ProjectScope scope, ToolCall call) throws QueryFailure {
        var sql = Sql.template("select count(*) as event_total from {events}")
                .put("events", call.dialect().events(scope))
                .sql();
        return call.one(scope, sql, row -> row.whole("event_total"));
    }
}
