package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.ToolCall;

/** Puts the answer together: the groups in their order, those of time without gaps, what is left, everything, and before. */
final class MetricsAnswer {
    private static final int DEFAULT_LIMIT = 100;

    private final ToolCall call;
    private final ProjectScope scope;
    private final MetricsQuestion question;
    private final TimeRange range;
    private final Order order;
    private final Map<Interval, Buckets> buckets = new EnumMap<>(Interval.class);
    private final MetricsQuery query;

    /**
     * @param place of the metric; null: by the keys
     * @param limit null: the default
     */
    record Order(
            @Nullable Integer place,
            boolean ascending,
            @Nullable Integer limit) {}

    MetricsAnswer(ToolCall call, ProjectScope scope, MetricsQuestion question, TimeRange range, Order order)
            throws BadValue {
        this.call = call;
        this.scope = scope;
        this.question = question;
        this.range = range;
        this.order = order;
        for (var grouping : question.groupBy()) {
            if (grouping instanceof Grouping.Course(Interval interval)) {
                buckets.put(interval, bucketsOf(interval));
            }
        }
        this.query = MetricsQuery.in(call, scope, question, range, this::known);
    }

    private Buckets bucketsOf(Interval interval) throws BadValue {
        try {
            return Buckets.of(range, interval);
        } catch (BadValue tooMany) {
            throw new BadValue("groupBy", tooMany.text());
        }
    }

    Buckets known(Interval interval) {
        var known = buckets.get(interval);
        if (known == null) {
            throw new IllegalArgumentException("not grouped by " + interval);
        }
        return known;
    }

    MetricsQuery query() {
        return query;
    }

    MetricNames names() {
        return new MetricNames(question, range, call.now(), buckets);
    }

    QueryMetrics.Result of(@Nullable Comparison comparison) throws QueryFailure {
        var shown = groups();
        var keys = shown.list().stream().map(MetricsQuery.Group::key).toList();
        boolean grouped = !question.groupBy().isEmpty();
        boolean cut = shown.list().size() < shown.inAll();
        var totals =
                grouped ? query.without(List.of()) : shown.list().getFirst().values();
        var other = cut ? query.without(keys) : null;
        var meta =
                call.meta(scope, MetricsNotes.definition(question)).range(range).people();
        meta.cutList(shown.inAll(), shown.list().size());
        meta.warn(MetricsNotes.warnings(call, scope, range, question, totals));
        var before = before(comparison, meta);
        var earlier = before == null || !grouped ? null : before.of(keys);
        var everything = before == null ? null : before.without(List.of());
        var names = names();
        var lines = new ArrayList<QueryMetrics.Line>();
        for (var group : shown.list()) {
            var previous = earlier == null ? everything : earlier.getOrDefault(group.key(), query.nothing());
            lines.add(names.line(group, previous));
        }
        return new QueryMetrics.Result(
                lines,
                other == null ? null : sums(other, before == null ? null : before.without(keys)),
                grouped ? sums(totals, everything) : null,
                meta.build());
    }

    private @Nullable MetricsQuery before(@Nullable Comparison comparison, ToolCall.MetaBuilder meta) {
        if (comparison == null) {
            return null;
        }
        var earlier = comparison.of(range, call.now());
        meta.comparedWith(earlier);
        return query.earlier(earlier, comparison);
    }

    MetricsQuery.Groups groups() throws QueryFailure {
        if (question.groupBy().isEmpty()) {
            return new MetricsQuery.Groups(List.of(new MetricsQuery.Group(List.of(), query.without(List.of()))), 1);
        }
        boolean onlyTime =
                question.groupBy().size() == 1 && question.groupBy().getFirst().isTime();
        if (onlyTime) {
            return wholeCourse();
        }
        int limit = order.limit() == null ? DEFAULT_LIMIT : order.limit();
        var place = order.place();
        return place == null ? query.first(limit) : query.first(place, order.ascending(), limit);
    }

    /** All buckets, also those in which nothing happened: the least of them may be the answer. */
    private MetricsQuery.Groups wholeCourse() throws QueryFailure {
        var found = new HashMap<Long, MetricsQuery.Group>();
        query.first(Buckets.MOST)
                .list()
                .forEach(group -> found.put((Long) group.key().getFirst(), group));
        var all = new ArrayList<MetricsQuery.Group>();
        for (long key : keysOf(question.groupBy().getFirst(), found)) {
            var group = found.get(key);
            all.add(group == null ? new MetricsQuery.Group(List.of(key), query.nothing()) : group);
        }
        var place = order.place();
        if (place != null) {
            all.sort(byValue(place));
        }
        int limit = order.limit() != null ? order.limit() : all.size();
        return new MetricsQuery.Groups(all.subList(0, Math.min(limit, all.size())), all.size());
    }

    private List<Long> keysOf(Grouping grouping, Map<Long, MetricsQuery.Group> found) {
        return switch (grouping) {
            case Grouping.Course(Interval interval) ->
                known(interval).begun(call.now(), found::containsKey).stream()
                        .map(Buckets.Bucket::key)
                        .toList();
            case Grouping.Rhythm rhythm ->
                LongStream.range(0, rhythm == Grouping.Rhythm.WEEKDAY ? 7 : 24)
                        .boxed()
                        .toList();
            case Grouping.Values _, Grouping.Segment _ -> throw new IllegalArgumentException(grouping.label());
        };
    }

    /** Those without a value last; equal ones by time. */
    private Comparator<MetricsQuery.Group> byValue(int place) {
        Comparator<Double> values = order.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder();
        Comparator<Double> unknownLast = Comparator.comparing(value -> value.isNaN());
        return Comparator.comparing(
                (MetricsQuery.Group group) -> group.values().get(place).exact(), unknownLast.thenComparing(values));
    }

    private QueryMetrics.Sums sums(List<Figure.Value> now, @Nullable List<Figure.Value> before) {
        return new QueryMetrics.Sums(
                MetricNames.shown(question, now),
                before == null ? null : MetricNames.shown(question, before),
                before == null ? null : MetricNames.changes(question, now, before));
    }
}
