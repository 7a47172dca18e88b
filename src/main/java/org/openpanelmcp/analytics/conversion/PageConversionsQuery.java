package org.openpanelmcp.analytics.conversion;

import java.time.Duration;
import java.util.List;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Pages by how many who saw them converted afterwards. */
public final class PageConversionsQuery {
    private PageConversionsQuery() {}

    /** Who converts. Named for callers. */
    public enum Unit {
        PEOPLE(Sql.of("profile_id")),
        SESSIONS(Sql.of("session_id"));

        private final Sql column;

        Unit(Sql column) {
            this.column = column;
        }
    }

    /** Which of the page views in the window before a conversion get it. */
    public enum Attribution {
        ANY,
        FIRST,
        LAST
    }

    /** What pages can be ranked by. */
    public enum Measure {
        UNIQUE_CONVERTERS(Sql.of("converter_total")),
        TOTAL_VISITORS(Sql.of("visitor_total")),
        CONVERSION_RATE(Sql.of("converter_total * 1.0 / visitor_total"));

        private final Sql column;

        Measure(Sql column) {
            this.column = column;
        }
    }

    /**
     * Which pages.
     *
     * @param event the conversion; those in the range count
     * @param window how long before it a page view still counts, even before the range
     * @param filters on page views
     * @param fewestVisitors pages with fewer are left out
     */
    public record Question(
            TimeRange range,
            String event,
            Duration window,
            Unit unit,
            Attribution attribution,
            Filters filters,
            int fewestVisitors,
            Measure sortBy) {}

    /** A page with at least one who converted; {@code pagesInAll} is the same on each row. */
    public record Counted(String origin, String path, long converters, long visitors, long pagesInAll) {
        static Counted read(Row row) {
            return new Counted(
                    row.text("shown_origin"),
                    row.text("shown_path"),
                    row.whole("converter_total"),
                    row.whole("visitor_total"),
                    row.whole("page_total"));
        }
    }

    /** A stretch of the list, the greatest by the measure first, equal ones by converters, origin and path. */
    public static List<Counted> in(ToolCall call, ProjectScope scope, Question question, int limit, int offset)
            throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                with goals as ({goals}),
                touches as ({touches}),
                credited as (
                  select touch_page as page_key, touch_unit as unit_key, {touchedOrigin} as page_origin,
                         {touchedPath} as page_path, 1 as converted
                  from touches
                  group by page_key, unit_key),
                seen as (
                  select {key} as page_key, {unit} as unit_key, origin as page_origin, path as page_path,
                         0 as converted
                  from {events}
                  where {views} and {range}),
                counted as (
                  select page_key, {origin} as shown_origin, {path} as shown_path,
                         sum(converted) as converter_total, count(distinct unit_key) as visitor_total
                  from (select * from credited union all select * from seen) as both_of_them
                  group by page_key)
                select shown_origin, shown_path, converter_total, visitor_total, count(*) over () as page_total
                from counted
                where converter_total > 0 and visitor_total >= {fewest}
                order by {measure} desc, converter_total desc, shown_origin, shown_path
                limit {limit} offset {offset}""")
                .put("goals", goals(dialect, scope, question))
                .put("touches", touches(dialect, scope, question))
                .put("touchedOrigin", dialect.any(Sql.of("touch_origin")))
                .put("touchedPath", dialect.any(Sql.of("touch_path")))
                .put("origin", dialect.any(Sql.of("page_origin")))
                .put("path", dialect.any(Sql.of("page_path")))
                .put("key", key(dialect))
                .put("unit", question.unit().column)
                .put("events", dialect.events(scope))
                .put("views", views(dialect, scope, question))
                .put("range", question.range().holds(Sql.of("created_at")))
                .bind("fewest", question.fewestVisitors())
                .put("measure", question.sortBy().column)
                .bind("limit", limit)
                .bind("offset", offset)
                .sql();
        return call.query(scope, sql, Counted::read);
    }

    /**
     * The units that a page's figures count, as {@code unit_id}.
     *
     * @param converted only those who converted
     */
    static Sql units(
            ToolCall call, ProjectScope scope, Question question, String origin, String path, boolean converted) {
        var dialect = call.dialect();
        var page = dialect.fingerprint(Sql.value(origin), Sql.value(path));
        var credited = Sql.template("select touch_unit as unit_id from touches where touch_page = {page}")
                .put("page", page)
                .sql();
        var seen = Sql.template("select {unit} as unit_id from {events} where {key} = {page} and {views} and {range}")
                .put("unit", question.unit().column)
                .put("events", dialect.events(scope))
                .put("key", key(dialect))
                .put("page", page)
                .put("views", views(dialect, scope, question))
                .put("range", question.range().holds(Sql.of("created_at")))
                .sql();
        return Sql.template("with goals as ({goals}), touches as ({touches}) {units}")
                .put("goals", goals(dialect, scope, question))
                .put("touches", touches(dialect, scope, question))
                .put("units", converted ? credited : Sql.join(List.of(credited, seen), " union all "))
                .sql();
    }

    private static Sql key(Dialect dialect) {
        return dialect.fingerprint(Sql.of("origin"), Sql.of("path"));
    }

    private static Sql goals(Dialect dialect, ProjectScope scope, Question question) {
        return Sql.template("""
                select {unit} as goal_unit, {millis} as goal_ms
                from {events}
                where name = {event} and {unit} <> '' and {range}
                group by goal_unit, goal_ms""")
                .put("unit", question.unit().column)
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("events", dialect.events(scope))
                .bind("event", question.event())
                .put("range", question.range().holds(Sql.of("created_at")))
                .sql();
    }

    /** An id that is empty is nobody's. */
    private static Sql views(Dialect dialect, ProjectScope scope, Question question) {
        return Sql.template("name = 'screen_view' and path <> '' and {unit} <> '' and {conditions}")
                .put("unit", question.unit().column)
                .put("conditions", question.filters().onEvents(scope, dialect))
                .sql();
    }

    /** The page views that get a conversion, each row a page and a unit, perhaps more than once. */
    private static Sql touches(Dialect dialect, ProjectScope scope, Question question) {
        var views = Sql.template("""
                        select {unit} as view_unit, {millis} as view_ms, {key} as view_page,
                               origin as view_origin, path as view_path
                        from {events}
                        where {views} and {range} and {unit} in (select goal_unit from goals)""")
                .put("unit", question.unit().column)
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("key", key(dialect))
                .put("events", dialect.events(scope))
                .put("views", views(dialect, scope, question))
                .put("range", reach(question).holds(Sql.of("created_at")))
                .sql();
        var sql = switch (question.attribution()) {
            case ANY -> Sql.template("""
                        select view_page as touch_page, view_unit as touch_unit, view_origin as touch_origin,
                               view_path as touch_path
                        from ({views}) as viewed asof join goals on goal_unit = view_unit and goal_ms > view_ms
                        where view_ms >= goal_ms - {window}""").put("views", views);
            case FIRST -> Sql.template("""
                        select touch_page, touch_unit, touch_origin, touch_path
                        from (select goal_unit, goal_ms, goal_ms - {window} as earliest_ms from goals) as windows
                        asof join ({views}) as viewed on goal_unit = touch_unit and earliest_ms <= touch_ms
                        where touch_ms < goal_ms""").put("views", oneEachMillisecond(dialect, views));
            case LAST -> Sql.template("""
                        select touch_page, touch_unit, touch_origin, touch_path
                        from goals asof join ({views}) as viewed on goal_unit = touch_unit and goal_ms > touch_ms
                        where touch_ms >= goal_ms - {window}""").put("views", oneEachMillisecond(dialect, views));
        };
        return sql.bind("window", question.window().toMillis()).sql();
    }

    /** Of several pages at one moment the least by origin and path. */
    private static Sql oneEachMillisecond(Dialect dialect, Sql views) {
        var by = Sql.of("(view_origin, view_path)");
        return Sql.template("""
                select view_unit as touch_unit, view_ms as touch_ms, {page} as touch_page, {origin} as touch_origin,
                       {path} as touch_path
                from ({views}) as views_before
                group by touch_unit, touch_ms""")
                .put("page", dialect.ofEarliest(Sql.of("view_page"), by))
                .put("origin", dialect.ofEarliest(Sql.of("view_origin"), by))
                .put("path", dialect.ofEarliest(Sql.of("view_path"), by))
                .put("views", views)
                .sql();
    }

    /** The range and the window before it. */
    private static TimeRange reach(Question question) {
        var range = question.range();
        return new TimeRange(range.start().minus(question.window()), range.end(), range.zone());
    }
}
