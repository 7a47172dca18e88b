package org.openpanelmcp.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.query.Beside;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.tool.ToolCall;

/** When filters leave nothing: which of them match nothing by themselves, and which values there are instead. */
public final class FilterAdvice {
    private static final int VALUES_LOOKED_AT = 500;
    private static final int VALUES_SHOWN = 5;

    private FilterAdvice() {}

    /** One warning for each filter that matches none of the values that the events of the range have. */
    public static List<String> ofEmptyAnswer(ToolCall call, ProjectScope scope, TimeRange range, Filters filters)
            throws QueryFailure {
        var warnings = new ArrayList<String>();
        for (var filter : filters.list()) {
            if (filter.wanted().isEmpty()) {
                continue;
            }
            var values = values(call, scope, range, filter.dimension());
            var missing = filter.wanted().stream()
                    .filter(Filter.Match.Exactly.class::isInstance)
                    .map(match -> ((Filter.Match.Exactly) match).text())
                    .filter(text -> !values.contains(text))
                    .toList();
            if (missing.size() == filter.wanted().size() && values.size() < VALUES_LOOKED_AT) {
                warnings.add(warning(filter.dimension(), missing, values));
            }
        }
        return warnings;
    }

    /** On session-based questions: a filter on events that only excludes keeps nearly every session. */
    public static List<String> ofExclusionsBySession(Filters filters) {
        return filters.list().stream()
                .filter(filter -> filter.wanted().isEmpty())
                .filter(filter -> !Filters.onSessionColumn(filter.dimension()))
                .map(filter -> "The filter on " + filter.dimension().label()
                        + " keeps sessions with at least one event that is not excluded, which most sessions have; it"
                        + " does not remove the sessions in which an excluded event happened.")
                .toList();
    }

    private static String warning(Dimension dimension, List<String> missing, List<String> values) {
        var text = new StringBuilder(
                "No event of the range has " + dimension.label() + " \"" + String.join("\" or \"", missing) + "\".");
        Nearest.to(missing.getFirst(), values)
                .ifPresent(near -> text.append(" Did you mean \"").append(near).append("\"?"));
        var some = values.stream()
                .filter(value -> !value.isEmpty())
                .limit(VALUES_SHOWN)
                .toList();
        if (!some.isEmpty()) {
            text.append(" Most frequent: ").append(String.join(", ", some)).append('.');
        }
        return text.toString();
    }

    private static List<String> values(ToolCall call, ProjectScope scope, TimeRange range, Dimension dimension)
            throws QueryFailure {
        Dialect dialect = call.dialect();
        boolean onSessions = dimension instanceof Dimension.Column(var field)
                && field.onEvents().isEmpty();
        var rows = onSessions ? Beside.Rows.SESSIONS : Beside.Rows.EVENTS;
        var inRange = range.holds(Sql.of("created_at"));
        var sql = Sql.template("""
                select {value} as dimension_value, count(*) as row_count
                from {rows} as rows_with_values
                where {range}
                group by dimension_value
                order by row_count desc, dimension_value
                limit {limit}""")
                .put("value", Beside.column(0))
                .put("rows", Beside.rows(scope, dialect, rows, Map.of(0, dimension), List.of(), inRange))
                .put("range", inRange)
                .bind("limit", VALUES_LOOKED_AT)
                .sql();
        return call.query(scope, sql, row -> row.text("dimension_value"));
    }
}
