package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openpanelmcp.analytics.Currencies;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.ToolCall;

/** What an answer says about itself: what it counts, and what to mind. */
final class MetricsNotes {
    private MetricsNotes() {}

    static String definition(MetricsQuestion question) {
        var text = new StringBuilder(question.metrics().stream()
                .map(metric -> metric.label() + ": " + metric.measure().definition())
                .collect(Collectors.joining("; ")));
        text.append('.');
        boolean filtered = !question.filters().isEmpty() || !question.segment().isEmpty();
        if (filtered && !question.places(Measure.Of.SESSIONS).isEmpty()) {
            text.append(" Sessions match by what they have themselves, or by an event that they hold.");
        }
        if (filtered && !question.places(Measure.Of.EVENTS).isEmpty()) {
            text.append(" Events match themselves; utm_, entry_ and exit_ columns are those of their session.");
        }
        if (question.groupBy().stream().anyMatch(MetricsQuestion::ofEvents)
                && !question.places(Measure.Of.SESSIONS).isEmpty()) {
            text.append(" A session counts in each value that "
                    + (question.event().isEmpty() ? "an event" : "such an event") + " of it has.");
        }
        if (question.groupBy().stream().anyMatch(MetricsQuestion::ofGroups)) {
            text.append(" What belongs to several groups counts in each.");
        }
        return text.toString();
    }

    static List<String> warnings(
            ToolCall call, ProjectScope scope, TimeRange range, MetricsQuestion question, List<Figure.Value> totals)
            throws QueryFailure {
        var warnings = new ArrayList<String>();
        if (!question.places(Measure.Of.SESSIONS).isEmpty()
                && question.groupBy().stream().noneMatch(MetricsQuestion::ofEvents)) {
            warnings.addAll(FilterAdvice.ofExclusionsBySession(question.filters()));
        }
        boolean something = totals.stream().allMatch(value -> value.exact() > 0);
        if (!something) {
            warnings.addAll(EventNames.warnings(call, scope, range, names(question)));
            for (var filters : List.of(question.filters(), question.segment())) {
                warnings.addAll(FilterAdvice.ofEmptyAnswer(call, scope, range, filters));
            }
        }
        if (revenue(question, totals)) {
            warnings.addAll(Currencies.warnings(call, scope, range));
        }
        return warnings;
    }

    private static List<String> names(MetricsQuestion question) {
        var named = question.metrics().stream().flatMap(metric -> metric.event().stream());
        var meant = question.event().isEmpty() ? Stream.<String>empty() : Stream.of(question.event());
        return Stream.of(named, meant, question.happened().names())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    private static boolean revenue(MetricsQuestion question, List<Figure.Value> totals) {
        return IntStream.range(0, totals.size())
                .anyMatch(place -> question.metrics().get(place).measure().unit() == Measure.Unit.MONEY
                        && totals.get(place).exact() > 0);
    }
}
