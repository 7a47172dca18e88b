package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import org.openpanelmcp.query.Beside;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;

/**
 * The sessions that are counted, as rows with the columns that {@link Figure} counts. By a dimension of events a session is
 * there once for each value that its fitting events have.
 */
final class SessionRows {
    private final ProjectScope scope;
    private final Dialect dialect;
    private final MetricsQuestion question;

    SessionRows(ProjectScope scope, Dialect dialect, MetricsQuestion question) {
        this.scope = scope;
        this.dialect = dialect;
        this.question = question;
    }

    /** The columns of a row that are not what it is grouped by; the same for the same session. */
    Sql own() {
        var columns = new ArrayList<Sql>();
        columns.add(Sql.of("row_key, person_key, is_bounce, duration, screen_view_count, revenue"));
        for (var figure : Figure.of(question, Measure.Of.SESSIONS)) {
            figure.metric().event().ifPresent(_ -> columns.add(figure.applies()));
        }
        return Sql.join(columns, ", ");
    }

    Sql counted(TimeRange range, Keys keys) {
        var columns = new ArrayList<>(keys.values(question.segment().onSessions(scope, range, dialect)));
        columns.add(Sql.of("id as row_key, profile_id as person_key, is_bounce, duration, screen_view_count, revenue"));
        for (var figure : Figure.of(question, Measure.Of.SESSIONS)) {
            figure.metric()
                    .event()
                    .ifPresent(event -> columns.add(Sql.template("{holds} as {name}")
                            .put("holds", Happenings.sessionHolds(Sql.of("id"), event, scope, dialect))
                            .put("name", figure.applies())
                            .sql()));
        }
        boolean byEvents = question.groupBy().stream().anyMatch(MetricsQuestion::ofEvents);
        var conditions = new ArrayList<Sql>();
        conditions.add(range.holds(Sql.of("created_at")));
        var filters = byEvents ? question.filters().ofSessionsOnly() : question.filters();
        conditions.add(filters.onSessions(scope, range, dialect));
        conditions.addAll(new Happenings(scope, dialect, question.happened()).ofSessionAndPerson(Sql.of("id")));
        return Sql.template("(select {columns} from {rows} as session_rows {pairs} where {conditions})")
                .put("columns", Sql.join(columns, ", "))
                .put("rows", rows(range))
                .put("pairs", byEvents ? pairs(range) : Sql.of(""))
                .put("conditions", Sql.and(conditions))
                .sql();
    }

    private Sql rows(TimeRange range) {
        var dimensions = EventRows.dimensions(question.groupBy());
        dimensions
                .keySet()
                .removeIf(place -> MetricsQuestion.ofEvents(question.groupBy().get(place)));
        return Beside.rows(
                scope,
                dialect,
                Beside.Rows.SESSIONS,
                dimensions,
                question.onGroups(),
                range.holds(Sql.of("created_at")));
    }

    private Sql pairs(TimeRange range) {
        return Sql.template("join {pairs} as pairs on pair_session = id")
                .put("pairs", new EventRows(scope, dialect, question).pairs(range))
                .sql();
    }
}
