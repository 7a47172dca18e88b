package org.openpanelmcp.analytics.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dashboard;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Addresses at which people see a project, or one thing in it. */
public final class GetDashboardUrls implements Tool<GetDashboardUrls.Input, GetDashboardUrls.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Also the page of this profile") @Nullable
            String profileId,

            @Param("Also the page of this session") @Nullable
            String sessionId,

            @Param("Also the page of this dashboard") @Nullable
            String dashboardId,

            @Param("Also the page of this report") @Nullable String reportId) {}

    /** The answer; only pages that there are. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            @Nullable String overview,
            @Nullable String events,
            @Nullable String profiles,
            @Nullable String sessions,
            @Nullable String dashboards,
            @Nullable String reports,
            @Nullable String realtime,
            @Nullable String pages,
            @Nullable String insights,

            @Doc("Absent: not asked for, or no such profile") @Nullable
            String profile,

            @Doc("Absent: not asked for, or no such session") @Nullable
            String session,

            @Doc("Absent: not asked for, or no such dashboard") @Nullable
            String dashboard,

            @Doc("Absent: not asked for, or no such report") @Nullable
            String report,

            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_dashboard_urls", "Dashboard addresses", Input.class, Result.class)
                .what(
                        "Addresses of a project's pages on its dashboard, and of one profile, session, dashboard or report"
                                + " when its id is given.")
                .useWhen("a person wants to look at something themselves");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var meta = call.meta(scope, "Pages of the dashboard that this server was told of.");
        var pages = call.dashboard(scope);
        if (pages.isEmpty()) {
            meta.warn(
                    "This server knows no dashboard, so there are no addresses to give. The operator can name one with"
                            + " --dashboard-url.");
        }
        var things = new Things(call, scope, meta, pages);
        return new Result(
                pages.map(Dashboard.Pages::overview).orElse(null),
                page(pages, "events"),
                page(pages, "profiles"),
                page(pages, "sessions"),
                page(pages, "dashboards"),
                page(pages, "reports"),
                page(pages, "realtime"),
                page(pages, "pages"),
                page(pages, "insights"),
                things.page("profiles", input.profileId()),
                things.page("sessions", input.sessionId()),
                things.page("dashboards", input.dashboardId()),
                things.page("reports", input.reportId()),
                meta.build());
    }

    private static @Nullable String page(Optional<Dashboard.Pages> pages, String name) {
        return pages.map(known -> known.page(name)).orElse(null);
    }

    /** Pages of single things: only of those that the project has. */
    private record Things(
            ToolCall call, ProjectScope scope, ToolCall.MetaBuilder meta, Optional<Dashboard.Pages> pages) {
        @Nullable
        String page(String kind, @Nullable String id) throws QueryFailure {
            if (id == null || id.isEmpty() || pages.isEmpty()) {
                return null;
            }
            if (!exists(kind, id)) {
                var one = kind.substring(0, kind.length() - 1);
                meta.warn("The project has no " + one + " \"" + id + "\", so there is no address for it.");
                return null;
            }
            return pages.get().page(kind, id);
        }

        private boolean exists(String kind, String id) throws QueryFailure {
            return switch (kind) {
                case "profiles" -> has(call.dialect().profiles(scope), id);
                case "sessions" -> has(call.dialect().sessions(scope), id);
                default -> call.hasCatalogEntry(scope, kind, id);
            };
        }

        private boolean has(Sql rows, String id) throws QueryFailure {
            var sql = Sql.template("select count(*) as row_total from {rows} where id = {id}")
                    .put("rows", rows)
                    .bind("id", id)
                    .sql();
            return call.one(scope, sql, row -> row.whole("row_total")) > 0;
        }
    }
}
