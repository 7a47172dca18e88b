package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Figures by groups: the first of them in an order, what all others come to, and everything. */
final class MetricsQuery {
    private final ToolCall call;
    private final ProjectScope scope;
    private final MetricsQuestion question;
    private final TimeRange range;
    private final Keys keys;
    private final SessionRows sessions;
    private final EventRows events;

    private MetricsQuery(ToolCall call, ProjectScope scope, MetricsQuestion question, TimeRange range, Keys keys) {
        this.call = call;
        this.scope = scope;
        this.question = question;
        this.range = range;
        this.keys = keys;
        this.sessions = new SessionRows(scope, call.dialect(), question);
        this.events = new EventRows(scope, call.dialect(), question);
    }

    /** @param buckets those of the range, by their width */
    static MetricsQuery in(
            ToolCall call,
            ProjectScope scope,
            MetricsQuestion question,
            TimeRange range,
            Function<Interval, Buckets> buckets) {
        Dialect dialect = call.dialect();
        Keys.Earlier itself = (of, millis) -> of.key(millis, dialect);
        return new MetricsQuery(
                call, scope, question, range, new Keys(question.groupBy(), range, buckets, itself, dialect));
    }

    /** The same question about the period that the range is compared with; its buckets are those of the range. */
    MetricsQuery earlier(TimeRange earlier, Comparison comparison) {
        var dialect = call.dialect();
        Keys.Earlier counterpart = (of, millis) -> of.keyOfEarlier(millis, earlier, comparison, dialect);
        var theirs = new Keys(question.groupBy(), earlier, keys.buckets(), counterpart, dialect);
        return new MetricsQuery(call, scope, question, earlier, theirs);
    }

    /** One group and its figures, in the order of the metrics. */
    record Group(List<Object> key, List<Figure.Value> values) {}

    /**
     * Some groups.
     *
     * @param inAll how many there are
     */
    record Groups(List<Group> list, long inAll) {}

    /** The first groups by their keys. */
    Groups first(int limit) throws QueryFailure {
        return ordered(keys.columns(), limit);
    }

    /** The first groups by a figure, those without it last, equal ones by their keys. */
    Groups first(int place, boolean ascending, int limit) throws QueryFailure {
        var by = Sql.template(ascending ? "{value} asc nulls last, {keys}" : "{value} desc nulls last, {keys}")
                .put("value", new Figure(question.metrics().get(place), place).order())
                .put("keys", keys.columns())
                .sql();
        return ordered(by, limit);
    }

    private Groups ordered(Sql by, int limit) throws QueryFailure {
        var sql = Sql.template("""
                select *, count(*) over () as group_total from {grouped} as grouped_rows
                order by {by} limit {limit}""")
                .put("grouped", grouped())
                .put("by", by)
                .bind("limit", limit)
                .sql();
        var totals = new ArrayList<Long>();
        var list = call.query(scope, sql, row -> {
            totals.add(row.whole("group_total"));
            return group(row);
        });
        return new Groups(list, totals.isEmpty() ? 0 : totals.getFirst());
    }

    /** The figures of these groups, by their keys; absent where there is nothing. */
    Map<List<Object>, List<Figure.Value>> of(List<List<Object>> wanted) throws QueryFailure {
        var found = new LinkedHashMap<List<Object>, List<Figure.Value>>();
        if (wanted.isEmpty()) {
            return found;
        }
        var sql = Sql.template("select * from {grouped} as grouped_rows where {wanted}")
                .put("grouped", grouped())
                .put("wanted", keys.oneOf(wanted))
                .sql();
        call.query(scope, sql, this::group).forEach(group -> found.put(group.key(), group.values()));
        return found;
    }

    /** The figures of everything outside of these groups, each session and each event once. */
    List<Figure.Value> without(List<List<Object>> left) throws QueryFailure {
        if (left.isEmpty() && !question.groupBy().isEmpty() && !groupingLeavesSessionsOut()) {
            return new MetricsQuery(call, scope, question.whole(), range, keys.none()).without(left);
        }
        // Without groups each session and each event is there once as it is.
        boolean once = question.groupBy().isEmpty();
        var condition = left.isEmpty() ? Sql.of("true") : Sql.of("not ").then(Sql.and(List.of(keys.oneOf(left))));
        var parts = new ArrayList<Sql>();
        tables().forEach(table -> parts.add(
                Sql.template("(select {figures} from (select {own} from {counted} as counted_rows where {condition})"
                                + " as distinct_rows) as {name}")
                        .put("figures", table.figures())
                        .put("own", once ? table.own() : Sql.of("distinct ").then(table.own()))
                        .put("counted", table.counted())
                        .put("condition", condition)
                        .put("name", table.name())
                        .sql()));
        var sql = Sql.template("select * from {parts}")
                .put("parts", Sql.join(parts, " cross join "))
                .sql();
        return call.one(scope, sql, this::values);
    }

    /** By a dimension of events only sessions that hold a fitting event are counted. */
    private boolean groupingLeavesSessionsOut() {
        return !question.places(Measure.Of.SESSIONS).isEmpty()
                && question.groupBy().stream().anyMatch(MetricsQuestion::ofEvents);
    }

    /**
     * A query for the people of what a metric counts, as {@code person_id}.
     *
     * @param key of one group; null: of everything
     */
    Sql people(int place, @Nullable List<Object> key) {
        var figure = new Figure(question.metrics().get(place), place);
        boolean ofEvents = figure.metric().measure().of() == Measure.Of.EVENTS;
        var conditions = new ArrayList<Sql>();
        if (ofEvents || figure.metric().event().isPresent()) {
            conditions.add(figure.applies());
        }
        if (key != null) {
            conditions.add(keys.oneOf(List.of(key)));
        }
        return Sql.template("select person_key as person_id from {counted} as counted_rows where {conditions}")
                .put("counted", ofEvents ? events.counted(range, keys) : sessions.counted(range, keys))
                .put("conditions", Sql.and(conditions))
                .sql();
    }

    private Group group(Row row) {
        return new Group(keys.read(row), values(row));
    }

    private List<Figure.Value> values(Row row) {
        return figures().map(figure -> figure.read(row)).toList();
    }

    private Stream<Figure> figures() {
        return IntStream.range(0, question.metrics().size())
                .mapToObj(place -> new Figure(question.metrics().get(place), place));
    }

    /** The figures where nothing happened. */
    List<Figure.Value> nothing() {
        return figures().map(Figure::nothing).toList();
    }

    /** Both kinds of rows, grouped, side by side. */
    private Sql grouped() {
        var parts = tables().stream()
                .map(table -> Sql.template(
                                "(select {keys}, {figures} from {counted} as counted_rows group by {keys}) as {name}")
                        .put("keys", keys.columns())
                        .put("figures", table.figures())
                        .put("counted", table.counted())
                        .put("name", table.name())
                        .sql())
                .toList();
        return parts.size() == 1
                ? Sql.template("(select * from {part})")
                        .put("part", parts.getFirst())
                        .sql()
                : Sql.template("(select * from {sessions} full join {events} using ({keys}))")
                        .put("sessions", parts.getFirst())
                        .put("events", parts.getLast())
                        .put("keys", keys.columns())
                        .sql();
    }

    private record Table(Sql name, Sql counted, Sql own, Sql figures) {}

    private List<Table> tables() {
        var tables = new ArrayList<Table>();
        if (!question.places(Measure.Of.SESSIONS).isEmpty()) {
            tables.add(new Table(
                    Sql.of("of_sessions"),
                    sessions.counted(range, keys),
                    sessions.own(),
                    columns(Measure.Of.SESSIONS)));
        }
        if (!question.places(Measure.Of.EVENTS).isEmpty()) {
            tables.add(new Table(
                    Sql.of("of_events"), events.counted(range, keys), events.own(), columns(Measure.Of.EVENTS)));
        }
        return tables;
    }

    private Sql columns(Measure.Of rows) {
        return Sql.join(
                Figure.of(question, rows).stream()
                        .map(figure -> figure.columns(call.dialect()))
                        .toList(),
                ", ");
    }
}
