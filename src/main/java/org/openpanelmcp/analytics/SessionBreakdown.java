package org.openpanelmcp.analytics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.RowName;
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
        var meta = call.meta(scope, question.definition()).range(range).people();
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

    /**
     * Who is behind the row that is chosen.
     *
     * @param fields that name its rows
     */
    public static PeopleBehind.Behind behind(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            Question question,
            PeopleChoice choice,
            String tool,
            RowFields fields)
            throws BadValue {
        choice.takes(tool, List.of("row"));
        var row = choice.row(tool, List.of(fields.prefix(), fields.name()), fields.example());
        var key = new SessionBreakdownQuery.Key(orNull(row.value(fields.prefix())), orNull(row.value(fields.name())));
        return new PeopleBehind.Behind(
                scope,
                SessionBreakdownQuery.people(call, scope, range, question.by(), question.filters(), key),
                "People on record for the sessions of row " + Quoted.shortened(row.toString()) + " of " + tool
                        + " (its visitors)",
                range,
                () -> mustExist(call, scope, range, question, key, fields));
    }

    /** The fields by which an answer names its rows, and a row as it is written. */
    public record RowFields(String prefix, String name, String example) {}

    private static void mustExist(
            ToolCall call,
            ProjectScope scope,
            TimeRange range,
            Question question,
            SessionBreakdownQuery.Key key,
            RowFields fields)
            throws BadValue, QueryFailure {
        var by = question.by();
        var filters = question.filters();
        if (!SessionBreakdownQuery.of(call, scope, range, by, filters, List.of(key))
                .isEmpty()) {
            return;
        }
        var known =
                SessionBreakdownQuery.in(call, scope, range, by, filters, question.sortBy(), PeopleChoice.MOST_ROWS, 0);
        throw PeopleChoice.noSuchRow(
                named(key, fields),
                known.stream().map(one -> named(one.key(), fields)).toList());
    }

    private static RowName named(SessionBreakdownQuery.Key key, RowFields fields) {
        var name = key.name() == null ? "" : key.name();
        return key.prefix() == null
                ? RowName.of(fields.name(), name)
                : RowName.of(fields.prefix(), key.prefix(), fields.name(), name);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
