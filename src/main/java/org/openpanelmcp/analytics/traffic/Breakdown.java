package org.openpanelmcp.analytics.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Currencies;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.TrafficFigures;
import org.openpanelmcp.analytics.TrafficMeasure;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.ToolCall;

/** The answer that all tools share which break sessions down by one column. */
public final class Breakdown {
    private static final String DEFINITION = "Sessions that started in the range, with all their page views and their"
            + " revenue (smallest currency unit). Visitors are distinct profile ids (device ids while anonymous); who"
            + " appears in several rows counts in each. A name of null is not set.";

    private Breakdown() {}

    /** The answer. */
    public record Result(List<Group> rows, Meta meta) {}

    /** One value of the column. */
    public record Group(
            @Doc("The country of a region or city") @Nullable
            String prefix,

            @Doc("null: not set") @Nullable String name,
            @JsonUnwrapped TrafficFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TrafficFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) TrafficFigures.@Nullable Changes change) {}

    /** What is asked. */
    record Question(
            BreakdownQuery.By by,
            TrafficMeasure sortBy,
            Filters filters,
            @Nullable Comparison compare,
            int limit) {}

    static Result answer(ToolCall call, ProjectScope scope, ToolCall.Page page, Question question) throws QueryFailure {
        var range = page.range();
        var counted = BreakdownQuery.in(
                call,
                scope,
                range,
                question.by(),
                question.filters(),
                question.sortBy(),
                question.limit(),
                page.offset());
        var meta = call.meta(scope, DEFINITION).range(range);
        long total = counted.isEmpty() ? 0 : counted.getFirst().groupsInAll();
        Paging.describe(call, meta, page, counted.size(), total);
        meta.warn(FilterAdvice.ofExclusionsBySession(question.filters()));
        if (counted.isEmpty()) {
            meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, question.filters()));
        }
        if (counted.stream().anyMatch(one -> one.figures().revenue() > 0)) {
            meta.warn(Currencies.warnings(call, scope, range));
        }
        var comparison = question.compare();
        if (comparison == null) {
            return new Result(counted.stream().map(Breakdown::group).toList(), meta.build());
        }
        var earlier = comparison.of(range, call.now());
        meta.comparedWith(earlier);
        var before = before(call, scope, earlier, question, counted);
        return new Result(counted.stream().map(one -> group(one, before)).toList(), meta.build());
    }

    private static Map<BreakdownQuery.Key, TrafficFigures> before(
            ToolCall call,
            ProjectScope scope,
            TimeRange earlier,
            Question question,
            List<BreakdownQuery.Counted> counted)
            throws QueryFailure {
        var keys = counted.stream().map(BreakdownQuery.Counted::key).toList();
        return BreakdownQuery.of(call, scope, earlier, question.by(), question.filters(), keys).stream()
                .collect(Collectors.toMap(BreakdownQuery.Counted::key, BreakdownQuery.Counted::figures));
    }

    private static Group group(BreakdownQuery.Counted counted) {
        return new Group(counted.key().prefix(), counted.key().name(), counted.figures(), null, null);
    }

    private static Group group(BreakdownQuery.Counted counted, Map<BreakdownQuery.Key, TrafficFigures> before) {
        var previous = before.getOrDefault(counted.key(), TrafficFigures.NONE);
        return new Group(
                counted.key().prefix(),
                counted.key().name(),
                counted.figures(),
                previous,
                counted.figures().since(previous));
    }
}
