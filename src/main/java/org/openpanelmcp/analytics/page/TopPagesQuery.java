package org.openpanelmcp.analytics.page;

import java.util.List;
import org.openpanelmcp.analytics.TrafficFigures;
import org.openpanelmcp.analytics.TrafficMeasure;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Page views of a range by page. */
public final class TopPagesQuery {
    private TopPagesQuery() {}

    /** A page: where it is served and its path. */
    public record Page(String origin, String path) {}

    /**
     * A page and what was counted on it.
     *
     * @param key the page's fingerprint in this store
     * @param pagesInAll the same on each row
     */
    public record Counted(long key, Page page, TrafficFigures figures, long pagesInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.whole("page_key"),
                    new Page(row.text("page_origin"), row.text("page_path")),
                    TrafficFigures.read(row),
                    row.whole("page_total"));
        }
    }

    /** A stretch of the list of all pages, the greatest by the measure first, equal ones by origin and path. */
    public static List<Counted> in(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            Filters filters,
            TrafficMeasure measure,
            int limit,
            int offset)
            throws QueryFailure {
        return query(call, scope, range, filters, Sql.of("true"), measure, limit, offset);
    }

    /** The figures of the same pages in another range; pages without a view are absent. */
    public static List<Counted> of(
            ToolCall call, ProjectScope scope, TimeRange range, Filters filters, List<Counted> pages)
            throws QueryFailure {
        if (pages.isEmpty()) {
            return List.of();
        }
        var keys = pages.stream().map(page -> Sql.value(page.key())).toList();
        var only = Sql.template("{key} in ({keys})")
                .put("key", key(call))
                .put("keys", Sql.join(keys, ", "))
                .sql();
        return query(call, scope, range, filters, only, TrafficMeasure.SESSIONS, pages.size(), 0);
    }

    /** Who viewed one page, as {@code person_id}. */
    static Sql people(ToolCall call, ProjectScope scope, TimeRange range, Filters filters, Page page) {
        var dialect = call.dialect();
        var only = Sql.template("{key} = {wanted}")
                .put("key", key(call))
                .put("wanted", dialect.fingerprint(Sql.value(page.origin()), Sql.value(page.path())))
                .sql();
        return Sql.template("select profile_id as person_id from {events} where {views}")
                .put("events", dialect.events(scope))
                .put("views", views(call, scope, range, filters, only))
                .sql();
    }

    private static Sql views(ToolCall call, ProjectScope scope, TimeRange range, Filters filters, Sql only) {
        return Sql.template("name = 'screen_view' and path <> '' and {range} and {conditions} and {only}")
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onEvents(scope, call.dialect()))
                .put("only", only)
                .sql();
    }

    private static Sql key(ToolCall call) {
        return call.dialect().fingerprint(Sql.of("origin"), Sql.of("path"));
    }

    /** A session without an id is none, and the empty profile id is nobody: neither is counted. */
    private static List<Counted> query(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            Filters filters,
            Sql only,
            TrafficMeasure measure,
            int limit,
            int offset)
            throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                with page_views as (
                  select {key} as page_key, origin, path, session_id, profile_id
                  from {events}
                  where {views}
                ),
                paying as (
                  select id as paying_id, revenue as session_revenue from {sessions} where revenue > 0
                ),
                earned as (
                  select page_key as earned_key, sum(session_revenue) as page_revenue
                  from (
                    select distinct page_key, paying_id, session_revenue
                    from page_views join paying on session_id = paying_id) as paid_views
                  group by earned_key
                ),
                counted as (
                  select page_key, {origin} as page_origin, {path} as page_path, count(*) as view_total,
                         count(distinct nullif(session_id, '')) as session_total,
                         count(distinct nullif(profile_id, '')) as visitor_total
                  from page_views
                  group by page_key
                )
                select page_key, page_origin, page_path, view_total, session_total, visitor_total,
                       coalesce(page_revenue, 0) as revenue_total, count(*) over () as page_total
                from counted left join earned on page_key = earned_key
                order by {measure} desc, page_origin, page_path
                limit {limit} offset {offset}""")
                .put("key", key(call))
                .put("origin", dialect.any(Sql.of("origin")))
                .put("path", dialect.any(Sql.of("path")))
                .put("events", dialect.events(scope))
                .put("sessions", dialect.sessions(scope))
                .put("views", views(call, scope, range, filters, only))
                .put("measure", measure.column())
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }
}
