package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openpanelmcp.query.Beside;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;

/** The events that are counted, as rows with the columns that {@link Figure} counts. */
final class EventRows {
    private static final Sql NO_FRAME = Sql.of("name not in ('session_start', 'session_end')");

    private final ProjectScope scope;
    private final Dialect dialect;
    private final MetricsQuestion question;

    EventRows(ProjectScope scope, Dialect dialect, MetricsQuestion question) {
        this.scope = scope;
        this.dialect = dialect;
        this.question = question;
    }

    /** The columns of a row that are not what it is grouped by; the same for the same event. */
    Sql own() {
        var columns = new ArrayList<Sql>();
        columns.add(Sql.of("row_key, person_key, revenue"));
        for (var figure : Figure.of(question, Measure.Of.EVENTS)) {
            columns.add(figure.applies());
            if (figure.metric().measure().argument() == Measure.Argument.PROPERTY) {
                columns.add(figure.number());
            }
        }
        return Sql.join(columns, ", ");
    }

    /** A table of the events of the range to which at least one metric applies. */
    Sql counted(TimeRange range, Keys keys) {
        var figures = Figure.of(question, Measure.Of.EVENTS);
        var columns = new ArrayList<>(keys.values(segment()));
        columns.add(Sql.of("id as row_key, profile_id as person_key, revenue"));
        figures.forEach(figure -> columns.addAll(columns(figure)));
        var happenings = new Happenings(scope, dialect, question.happened());
        var conditions = new ArrayList<Sql>();
        var wanted = Sql.and(List.of(
                range.holds(Sql.of("created_at")),
                Sql.or(figures.stream().map(this::applies).toList())));
        conditions.add(wanted);
        conditions.add(question.filters().onEventsOfSessions(scope, dialect));
        conditions.addAll(happenings.ofSessionAndPerson(Sql.of("session_id")));
        conditions.addAll(happenings.ofLater());
        return Sql.template("(select {columns} from {rows} as event_rows {joins} where {conditions})")
                .put("columns", Sql.join(columns, ", "))
                .put("rows", rows(question.groupBy(), wanted))
                .put("joins", happenings.joins())
                .put("conditions", Sql.and(conditions))
                .sql();
    }

    /**
     * Each session that holds a fitting event once for each value of the dimensions of events: {@code pair_session}, and
     * the values.
     */
    Sql pairs(TimeRange range) {
        var columns = new ArrayList<Sql>();
        columns.add(Sql.of("session_id as pair_session"));
        dimensions(question.groupBy()).forEach((place, dimension) -> {
            if (!Filters.onSessionColumn(dimension)) {
                columns.add(Beside.column(place));
            }
        });
        var happenings = new Happenings(scope, dialect, question.happened());
        var conditions = new ArrayList<Sql>();
        var reached = Sql.template("session_id <> '' and created_at >= {earliest}")
                .bind("earliest", range.start().minus(Filters.BEFORE_START))
                .sql();
        conditions.add(reached);
        conditions.add(question.filters().ofEventsOnly().onEvents(scope, dialect));
        if (!question.event().isEmpty()) {
            conditions.add(named(question.event()));
        }
        conditions.addAll(happenings.ofLater());
        return Sql.template("(select distinct {columns} from {rows} as event_rows {joins} where {conditions})")
                .put("columns", Sql.join(columns, ", "))
                .put(
                        "rows",
                        rows(
                                question.groupBy().stream()
                                        .map(grouping ->
                                                MetricsQuestion.ofEvents(grouping) ? grouping : new Grouping.Segment())
                                        .toList(),
                                reached))
                .put("joins", happenings.joins())
                .put("conditions", Sql.and(conditions))
                .sql();
    }

    private Sql rows(List<Grouping> groupBy, Sql only) {
        return Beside.rows(
                scope, dialect, Beside.Rows.EVENTS_OF_SESSIONS, dimensions(groupBy), question.onGroups(), only);
    }

    static Map<Integer, Dimension> dimensions(List<Grouping> groupBy) {
        var dimensions = new TreeMap<Integer, Dimension>();
        for (int place = 0; place < groupBy.size(); place++) {
            if (groupBy.get(place) instanceof Grouping.Values(Dimension dimension)) {
                dimensions.put(place, dimension);
            }
        }
        return dimensions;
    }

    private Sql segment() {
        return question.segment().onEventsOfSessions(scope, dialect);
    }

    /** Whether a row of events counts for the metric. */
    private Sql applies(Figure figure) {
        var metric = figure.metric();
        Optional<String> event = question.eventOf(metric);
        return switch (metric.measure()) {
            case REVENUE -> Sql.of("name = 'revenue' and revenue > 0");
            case SUM, AVG, MIN, MAX, MEDIAN, P90 ->
                Sql.and(List.of(
                        event.map(EventRows::named).orElse(NO_FRAME),
                        Sql.template("{number} is not null")
                                .put("number", number(figure))
                                .sql()));
            default -> event.map(EventRows::named).orElse(NO_FRAME);
        };
    }

    private static Sql named(String event) {
        return Sql.template("name = {event}").bind("event", event).sql();
    }

    private Sql number(Figure figure) {
        return dialect.number(
                dialect.property(Sql.of("properties"), Sql.value(figure.metric().argument())));
    }

    private List<Sql> columns(Figure figure) {
        var columns = new ArrayList<Sql>();
        columns.add(Sql.template("{condition} as {name}")
                .put("condition", Sql.and(List.of(applies(figure))))
                .put("name", figure.applies())
                .sql());
        if (figure.metric().measure().argument() == Measure.Argument.PROPERTY) {
            columns.add(Sql.template("case when {applies} then {number} end as {name}")
                    .put("applies", applies(figure))
                    .put("number", number(figure))
                    .put("name", figure.number())
                    .sql());
        }
        return columns;
    }
}
