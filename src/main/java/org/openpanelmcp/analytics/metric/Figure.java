package org.openpanelmcp.analytics.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.Metric;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Row;

/**
 * A metric as SQL and back: one aggregate, or two that are divided in Java, over rows that name their columns as
 * {@link SessionRows} and {@link EventRows} do.
 *
 * @param place where it stands among all metrics of the question; names its columns
 */
record Figure(Metric metric, int place) {
    private static final String UPPER = "a_";
    private static final String LOWER = "b_";
    private static final int DIGITS_OF_PROPERTIES = 4;

    /** The row's column that says whether the metric's event happened, or the row is one of its events. */
    Sql applies() {
        return Sql.numbered("applies_", place);
    }

    /** The row's column with the property's number. */
    Sql number() {
        return Sql.numbered("number_", place);
    }

    /** For a select list over grouped rows. */
    Sql columns(Dialect dialect) {
        var upper = Sql.template("{value} as {name}")
                .put("value", upper(dialect))
                .put("name", Sql.numbered(UPPER, place))
                .sql();
        return lower().map(value -> Sql.template("{upper}, {value} as {name}")
                        .put("upper", upper)
                        .put("value", value)
                        .put("name", Sql.numbered(LOWER, place))
                        .sql())
                .orElse(upper);
    }

    private Sql upper(Dialect dialect) {
        return switch (metric.measure()) {
            case SESSIONS -> Sql.of("count(*)");
            case VISITORS -> Sql.of("count(distinct nullif(person_key, ''))");
            case PAGEVIEWS, PAGES_PER_SESSION -> dialect.sum(Sql.of("screen_view_count"));
            case BOUNCE_RATE -> dialect.countIf(Sql.of("is_bounce"));
            case AVG_SESSION_DURATION -> dialect.averageIf(Sql.of("duration"), Sql.of("duration > 0"));
            case REVENUE_PER_SESSION, REVENUE_PER_VISITOR -> dialect.sum(Sql.of("revenue"));
            case CONVERSION_RATE, EVENTS -> dialect.countIf(applies());
            case VISITOR_CONVERSION_RATE, PEOPLE -> people();
            case REVENUE -> dialect.sumIf(Sql.of("revenue"), applies());
            case SUM -> dialect.sum(number());
            case AVG -> dialect.averageIf(number(), Sql.of("true"));
            case MIN -> Sql.template("min({x})").put("x", number()).sql();
            case MAX -> dialect.max(number());
            case MEDIAN -> dialect.median(number());
            case P90 -> dialect.percentile90(number());
        };
    }

    private Sql people() {
        return Sql.template("count(distinct case when {applies} then nullif(person_key, '') end)")
                .put("applies", applies())
                .sql();
    }

    private Optional<Sql> lower() {
        return switch (metric.measure()) {
            case BOUNCE_RATE, PAGES_PER_SESSION, REVENUE_PER_SESSION, CONVERSION_RATE ->
                Optional.of(Sql.of("count(*)"));
            case REVENUE_PER_VISITOR, VISITOR_CONVERSION_RATE ->
                Optional.of(Sql.of("count(distinct nullif(person_key, ''))"));
            default -> Optional.empty();
        };
    }

    /** Whether there may be none: of no numbers there is no mean. */
    private boolean mayBeUnknown() {
        return switch (metric.measure()) {
            case AVG, MIN, MAX, MEDIAN, P90 -> true;
            default -> false;
        };
    }

    /** What an answer is ordered by. */
    Sql order() {
        var upper = Sql.numbered(UPPER, place);
        if (mayBeUnknown()) {
            return upper;
        }
        var exact = lower().isEmpty()
                ? upper
                : Sql.template("cast({upper} as double) / nullif({lower}, 0)")
                        .put("upper", upper)
                        .put("lower", Sql.numbered(LOWER, place))
                        .sql();
        return Sql.template("coalesce({exact}, 0)").put("exact", exact).sql();
    }

    /** The value of a row of the answer. */
    Value read(Row row) {
        var upper = row.fraction(UPPER + place);
        return lower().isEmpty() ? value(upper) : divided(upper.orElse(0), row.whole(LOWER + place));
    }

    /** The value of what never happened. */
    Value nothing() {
        return lower().isEmpty() ? value(OptionalDouble.empty()) : divided(0, 0);
    }

    private Value value(OptionalDouble upper) {
        return switch (metric.measure()) {
            case AVG_SESSION_DURATION -> Value.of(Rounding.seconds(upper), upper.orElse(0));
            case SUM -> Value.of(Rounding.round(upper.orElse(0), DIGITS_OF_PROPERTIES), upper.orElse(0));
            case AVG, MIN, MAX, MEDIAN, P90 ->
                upper.stream()
                        .mapToObj(number -> Value.of(Rounding.round(number, DIGITS_OF_PROPERTIES), number))
                        .findFirst()
                        .orElse(Value.NONE);
            default -> Value.of(Math.round(upper.orElse(0)), upper.orElse(0));
        };
    }

    private Value divided(double upper, long lower) {
        double exact = lower == 0 ? 0 : upper / lower;
        return switch (metric.measure().unit()) {
            case PERCENT -> Value.of(Rounding.percent(Math.round(upper), lower), exact);
            default -> Value.of(Rounding.ratio(upper, lower), exact);
        };
    }

    /**
     * A figure.
     *
     * @param shown rounded; null where there is none
     * @param exact what it is ordered by; NaN where there is none
     */
    record Value(@Nullable Number shown, double exact) {
        static final Value NONE = new Value(null, Double.NaN);

        static Value of(Number shown, double exact) {
            return new Value(shown, exact);
        }
    }

    /** The figures of the metrics that count such rows. */
    static List<Figure> of(MetricsQuestion question, Measure.Of rows) {
        return question.places(rows).stream()
                .map(place -> new Figure(question.metrics().get(place), place))
                .toList();
    }
}
