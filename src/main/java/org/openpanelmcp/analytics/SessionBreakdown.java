package org.openpanelmcp.analytics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.ToolCall;

/** Sessions by one column of theirs: the answer of all tools that ask so, before each gives it its own field names. */
public record SessionBreakdown(List<Line> lines, Meta meta) {
    /** What is asked; {@code definition} says what the figures count. */
    public record Question(
            SessionBreakdownQuery.By by,
            TrafficMeasure sortBy,
            Filters filters,
            @Nullable Comparison compare,
            int limit,
            String definition) {}

    /** One value of the column; the last two only when a comparison was asked for. */
    public record Line(
            SessionBreakdownQuery.Key key,
            SessionFigures figures,
            @Nullable SessionFigures previous,
            SessionFigures.@Nullable Changes change) {
        static Line of(SessionBreakdownQuery.Counted counted) {
            return new Line(counted.key(), counted.figures(), null, null);
        }

        static Line of(SessionBreakdownQuery.Counted counted, Map<SessionBreakdownQuery.Key, SessionFigures> before) {
            var previous = before.getOrDefault(counted.key(), SessionFigures.NONE);
            return new Line(
                    counted.key(),
                    counted.figures(),
                    previous,
                    counted.figures().since(previous));
        }
    }

    /** Counts a page of the list of all values. */
    public static SessionBreakdown of(ToolCall call, ProjectScope scope, ToolCall.Page page, Question question)
            throws QueryFailure {
        var range = page.range();
        var counted = SessionBreakdownQuery.in(
                call,
                scope,
                range,
                question.by(),
                question.filters(),
                question.sortBy(),
                question.limit(),
                page.offset());
        var meta = meta(call, scope, page, question, counted);
        var comparison = question.compare();
        if (comparison == null) {
            return new SessionBreakdown(counted.stream().map(Line::of).toList(), meta.build());
        }
        var earlier = comparison.of(range, call.now());
        meta.comparedWith(earlier);
        var before = before(call, scope, earlier, question, counted);
        return new SessionBreakdown(
                counted.stream().map(one -> Line.of(one, before)).toList(), meta.build());
    }

    private static ToolCall.MetaBuilder meta(
            ToolCall call,
            ProjectScope scope,
            ToolCall.Page page,
            Question question,
            List<SessionBreakdownQuery.Counted> counted)
            throws QueryFailure {
        var range = page.range();
        var meta = call.meta(scope, question.definition()).range(range);
        long total = counted.isEmpty() ? 0 : counted.getFirst().groupsInAll();
        Paging.describe(meta, page, counted.size(), total);
        meta.warn(FilterAdvice.ofExclusionsBySession(question.filters()));
        if (counted.isEmpty()) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, question.filters()));
        }
        if (counted.stream().anyMatch(one -> one.figures().revenue() > 0)) {
            meta.warn(Currencies.warnings(call, scope, range));
        }
        return meta;
    }

    private static Map<SessionBreakdownQuery.Key, SessionFigures> before(
            ToolCall call,
            ProjectScope scope,
            TimeRange earlier,
            Question question,
            List<SessionBreakdownQuery.Counted> counted)
            throws QueryFailure {
        var keys = counted.stream().map(SessionBreakdownQuery.Counted::key).toList();
        return SessionBreakdownQuery.of(call, scope, earlier, question.by(), question.filters(), keys).stream()
                .collect(Collectors.toMap(SessionBreakdownQuery.Counted::key, SessionBreakdownQuery.Counted::figures));
    }
}
