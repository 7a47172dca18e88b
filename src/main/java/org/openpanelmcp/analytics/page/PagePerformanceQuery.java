package org.openpanelmcp.analytics.page;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.openpanelmcp.analytics.SortOrder;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** How pages hold their readers. */
public final class PagePerformanceQuery {
    /** Views after the range that end the last views within it: no session is longer. */
    private static final Duration AFTERWARDS = Duration.ofDays(1);

    private PagePerformanceQuery() {}

    /** What pages can be sorted by. */
    public enum Measure {
        SESSIONS(Sql.of("session_total")),
        VISITORS(Sql.of("visitor_total")),
        PAGEVIEWS(Sql.of("view_total")),
        BOUNCE_RATE(Sql.of("bounce_share")),
        AVG_DURATION(Sql.of("mean_stay"));

        private final Sql column;

        Measure(Sql column) {
            this.column = column;
        }
    }

    /** Which pages, in which order. */
    public record Question(
            TimeRange range, Filters filters, String search, int minSessions, Measure sortBy, SortOrder order) {}

    /**
     * A page and how it did.
     *
     * @param title of its latest view that had one
     * @param stayMillis mean time on the page; absent when nothing followed any of its views
     * @param pagesInAll the same on each row
     */
    public record Counted(
            String origin,
            String path,
            String title,
            long sessions,
            long visitors,
            long views,
            long bounces,
            OptionalDouble stayMillis,
            long pagesInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.text("page_origin"),
                    row.text("page_path"),
                    row.text("page_title"),
                    row.whole("session_total"),
                    row.whole("visitor_total"),
                    row.whole("view_total"),
                    row.whole("bounce_total"),
                    row.fraction("mean_stay"),
                    row.whole("page_total"));
        }
    }

    /**
     * A page of the list; equal ones by origin and path, pages without a measure last.
     *
     * <p>A view lasts until the next view of the same session, the last one until the session's end. For that order alone
     * sessions are told apart by a fingerprint; they are counted by their ids. Each figure is counted on rows of its own
     * with as few texts as it needs: one table of views with everything takes longer. All views are put in one order,
     * session after session, which is less work than an order for each session.
     */
    public static List<Counted> in(ToolCall call, ProjectScope scope, Question question, int limit, int offset)
            throws QueryFailure {
        var dialect = call.dialect();
        var range = question.range();
        var title = dialect.property(Sql.of("properties"), Sql.of("'__title'"));
        var conditions = question.filters().onEvents(scope, dialect);
        var views = Sql.template("name = 'screen_view' and path <> '' and {range} and {conditions}")
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", conditions)
                .sql();
        var sql = Sql.template("""
                with pages as (
                  select {key} as page_key, {origin} as page_origin, {path} as page_path,
                         {latest_title} as page_title, count(*) as view_total
                  from (
                    select origin, path, created_at, {title} as title_now
                    from {events}
                    where {views}) as named_views
                  group by page_key
                ),
                readings as (
                  select {key} as read_key, session_id as reading_id
                  from {events}
                  where {views} and session_id <> ''
                  group by read_key, reading_id
                ),
                bounced as (
                  select id as bounced_id from {sessions} where ended_at >= {start} and id <> '' and is_bounce
                ),
                read_pages as (
                  select read_key, count(*) as session_count, count(bounced_id) as bounce_count
                  from readings left join bounced on reading_id = bounced_id
                  group by read_key
                ),
                visited_pages as (
                  select visited_key, count(*) as visitor_count
                  from (
                    select {key} as visited_key, profile_id as visitor
                    from {events}
                    where {views} and profile_id <> ''
                    group by visited_key, visitor) as visitors
                  group by visited_key
                ),
                followed as (
                  select viewed_key, visit, view_at, counts,
                         case when lead(visit) over in_order = visit then lead(view_at) over in_order end as next_at
                  from (
                    select {key} as viewed_key, {visit} as visit, {millis} as view_at, id as view_id,
                           {range} and {conditions} as counts
                    from {events}
                    where name = 'screen_view' and path <> '' and session_id <> '' and {read}) as views_in_sessions
                  window in_order as (order by visit, view_at, view_id)
                ),
                ends as (
                  select {ended} as ended_visit, {end} as end_at
                  from {sessions}
                  where ended_at >= {start} and id <> ''
                ),
                stays as (
                  select viewed_key,
                         avg(case when next_at is not null then next_at - view_at
                                  when end_at > view_at then end_at - view_at end) as mean_stay
                  from followed left join ends on visit = ended_visit
                  where counts
                  group by viewed_key
                ),
                listed as (
                  select page_origin, page_path, page_title, coalesce(session_count, 0) as session_total,
                         coalesce(visitor_count, 0) as visitor_total, view_total,
                         coalesce(bounce_count, 0) as bounce_total, mean_stay,
                         bounce_count / session_count as bounce_share
                  from pages
                       left join read_pages on page_key = read_key
                       left join visited_pages on page_key = visited_key
                       left join stays on page_key = viewed_key
                  where coalesce(session_count, 0) >= {fewest} and {search}
                )
                select page_origin, page_path, page_title, session_total, visitor_total, view_total, bounce_total,
                       mean_stay, count(*) over () as page_total
                from listed
                order by {order} nulls last, page_origin, page_path
                limit {limit} offset {offset}""")
                .put("key", dialect.fingerprint(Sql.of("origin"), Sql.of("path")))
                .put("visit", dialect.fingerprint(Sql.of("session_id"), Sql.of("''")))
                .put("ended", dialect.fingerprint(Sql.of("id"), Sql.of("''")))
                .put("views", views)
                .put("title", title)
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("conditions", conditions)
                .put("events", dialect.events(scope))
                .put(
                        "read",
                        new TimeRange(range.start(), range.end().plus(AFTERWARDS), range.zone())
                                .holds(Sql.of("created_at")))
                .put("end", dialect.epochMillis(Sql.of("ended_at")))
                .put("sessions", dialect.sessions(scope))
                .bind("start", range.start())
                .put("range", range.holds(Sql.of("created_at")))
                .put("origin", dialect.any(Sql.of("origin")))
                .put("path", dialect.any(Sql.of("path")))
                .put(
                        "latest_title",
                        dialect.ofLatest(Sql.of("title_now"), Sql.of("case when title_now <> '' then created_at end")))
                .bind("fewest", question.minSessions())
                .put("search", search(call, question.search()))
                .put("order", order(question))
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }

    private static Sql order(Question question) {
        return Sql.join(List.of(question.sortBy().column, question.order().direction()), " ");
    }

    /** The text anywhere in path, origin or title, whatever the case of its letters. */
    private static Sql search(ToolCall call, String text) {
        if (text.isEmpty()) {
            return Sql.of("true");
        }
        var pattern = Sql.value("%" + Filter.escapedForLike(text) + "%");
        return Sql.or(List.of(
                call.dialect().likeIgnoringCase(Sql.of("page_path"), pattern),
                call.dialect().likeIgnoringCase(Sql.of("page_origin"), pattern),
                call.dialect().likeIgnoringCase(Sql.of("page_title"), pattern)));
    }
}
