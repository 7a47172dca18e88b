package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.reference.SampleMetricFigures.Figure;
import org.openpanelmcp.reference.SampleMetrics.Asked;
import org.openpanelmcp.reference.SampleMetrics.Counted;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer of query_metrics, from plain lists. */
final class SampleMetricsAnswer {
    private static final Comparator<Object> PARTS = (left, right) -> left instanceof Long number
            ? Long.compare(number, (Long) right)
            : SampleRanking.BINARY.compare(left.toString(), right.toString());

    private final SampleProject project;
    private final Asked asked;
    private final Span span;
    private final CivilTime time;
    private final SampleMetrics metrics;
    private final SampleMetricFigures figures;
    private final List<String> rhythms;
    private final Map<List<Object>, List<Counted>> now;
    private final @Nullable Map<List<Object>, List<Counted>> before;
    private final Map<List<Object>, Set<LocalDate>> days;

    SampleMetricsAnswer(SampleProject project, Asked asked, Span span, @Nullable EarlierPeriod earlier) {
        this.project = project;
        this.asked = asked;
        this.span = span;
        this.time = new CivilTime(project.zone());
        this.metrics = new SampleMetrics(project, asked);
        this.figures = new SampleMetricFigures(project, asked);
        this.rhythms = asked.groupBy().stream().filter(AskedMetrics::isRhythm).toList();
        this.now = SampleMetrics.byKey(metrics.counted(span, time::bucketStart));
        this.before = earlier == null ? null : before(earlier);
        this.days = rhythms.isEmpty() ? Map.of() : metrics.days(span, rhythms);
    }

    private Map<List<Object>, List<Counted>> before(EarlierPeriod earlier) {
        var starts = new EnumMap<Width, List<Long>>(Width.class);
        return SampleMetrics.byKey(metrics.counted(
                earlier.span(project.now().toEpochMilli()),
                (width, at) -> earlier.bucketFor(
                                at, width, starts.computeIfAbsent(width, one -> time.bucketStarts(one, span)))
                        .orElse(Long.MIN_VALUE)));
    }

    private List<List<Object>> keys(AskedMetrics.Order order) {
        var keys = new ArrayList<>(now.keySet());
        boolean onlyTime = asked.groupBy().size() == 1
                && AskedMetrics.isTime(asked.groupBy().getFirst());
        if (onlyTime) {
            addEmpty(keys);
        }
        if (asked.groupBy().isEmpty()) {
            return List.of(List.of());
        }
        Comparator<List<Object>> byKey = (left, right) -> {
            for (int i = 0; i < left.size(); i++) {
                int compared = PARTS.compare(left.get(i), right.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        boolean natural = asked.groupBy().stream().anyMatch(AskedMetrics::isTime);
        var by = order.by() != null
                ? order.by()
                : natural ? null : asked.measures().getFirst();
        if (by == null) {
            keys.sort(byKey);
        } else {
            var values = new LinkedHashMap<List<Object>, Double>();
            keys.forEach(key -> values.put(
                    key, figures.of(by, now.getOrDefault(key, List.of())).exact()));
            Comparator<Double> direction = order.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder();
            Comparator<Double> unknownLast = Comparator.comparing(value -> value.isNaN());
            keys.sort(Comparator.<List<Object>, Double>comparing(
                            key -> values.getOrDefault(key, 0.0), unknownLast.thenComparing(direction))
                    .thenComparing(byKey));
        }
        int limit = order.limit() != null ? order.limit() : onlyTime ? keys.size() : 100;
        return keys.subList(0, Math.min(limit, keys.size()));
    }

    private void addEmpty(List<List<Object>> keys) {
        var grouping = asked.groupBy().getFirst();
        if (AskedMetrics.isRhythm(grouping)) {
            for (long number = 0; number < (grouping.equals("weekday") ? 7 : 24); number++) {
                addOnce(keys, number);
            }
            return;
        }
        for (long start : time.bucketStarts(width(grouping), span)) {
            if (start <= project.now().toEpochMilli()) {
                addOnce(keys, start);
            }
        }
    }

    private static void addOnce(List<List<Object>> keys, long number) {
        if (!keys.contains(List.<Object>of(number))) {
            keys.add(List.of(number));
        }
    }

    private static Width width(String grouping) {
        return Width.valueOf(grouping.toUpperCase(Locale.ROOT));
    }

    /** Which of the groups count together. */
    private interface Kept {
        List<Counted> of(Map<List<Object>, List<Counted>> groups);
    }

    ArrayNode rows(AskedMetrics.Order order) {
        var rows = JsonNodeFactory.instance.arrayNode();
        for (var key : keys(order)) {
            var row = rows.addObject();
            var group = row.putObject("group");
            boolean partial = false;
            for (int i = 0; i < key.size(); i++) {
                partial |= name(group, asked.groupBy().get(i), key.get(i));
            }
            if (partial) {
                row.put("partial", true);
            }
            var found = write(row, groups -> groups.getOrDefault(key, List.of()));
            addDays(row, key, found);
        }
        return rows;
    }

    private boolean name(ObjectNode group, String grouping, Object part) {
        if (SampleMetrics.WIDTHS.contains(grouping)) {
            long start = (Long) part;
            var shown = time.shown(start);
            group.put(grouping, grouping.equals("hour") ? shown : shown.substring(0, 10));
            long next = time.next(width(grouping), start);
            return start < span.start()
                    || next > span.end() + 1
                    || next > project.now().toEpochMilli();
        }
        if (grouping.equals("weekday")) {
            var days = List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
            group.put(grouping, days.get(Math.toIntExact((Long) part)));
        } else if (part instanceof Long number) {
            group.put(grouping, number);
        } else {
            group.put(grouping, part.equals("") ? null : part.toString());
        }
        return false;
    }

    private Map<String, Figure> write(ObjectNode row, Kept kept) {
        var found = figures.all(kept.of(now));
        var values = row.putObject("values");
        found.forEach((measure, figure) -> values.put(measure, figure.shown()));
        if (before != null) {
            var earlier = figures.all(kept.of(before));
            var previous = row.putObject("previous");
            var changes = row.putObject("change");
            earlier.forEach((measure, figure) -> {
                previous.put(measure, figure.shown());
                changes.put(measure, change(found.get(measure), figure));
            });
        }
        return found;
    }

    private static @Nullable BigDecimal change(@Nullable Figure now, Figure before) {
        var later = now == null ? null : now.shown();
        return later == null || before.shown() == null ? null : Numbers.change(later, before.shown());
    }

    private void addDays(ObjectNode row, List<Object> key, Map<String, Figure> found) {
        if (rhythms.isEmpty() || asked.groupBy().stream().anyMatch(SampleMetrics.WIDTHS::contains)) {
            return;
        }
        var numbers = new ArrayList<Object>();
        for (int i = 0; i < key.size(); i++) {
            if (AskedMetrics.isRhythm(asked.groupBy().get(i))) {
                numbers.add(key.get(i));
            }
        }
        int count = days.getOrDefault(numbers, Set.of()).size();
        row.put("days", count);
        var means = row.putObject("per_day");
        found.forEach((measure, figure) -> {
            if (measure.matches("(sessions|pageviews|revenue|events.*|sum.*)")) {
                means.put(
                        measure,
                        count == 0
                                ? BigDecimal.ZERO
                                : BigDecimal.valueOf(figure.exact())
                                        .divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP));
            }
        });
    }

    @Nullable
    ObjectNode other(AskedMetrics.Order order) {
        var shown = keys(order);
        var first = new HashSet<>(shown);
        boolean all = first.containsAll(now.keySet());
        boolean onlyTime = asked.groupBy().size() == 1
                && AskedMetrics.isTime(asked.groupBy().getFirst());
        var wider = onlyTime ? keys(new AskedMetrics.Order(order.by(), order.ascending(), Integer.MAX_VALUE)) : shown;
        return asked.groupBy().isEmpty() || (all && wider.size() == shown.size())
                ? null
                : sums(key -> !first.contains(key));
    }

    /** Of everything. */
    ObjectNode totals() {
        return sums(key -> true);
    }

    private ObjectNode sums(Predicate<List<Object>> kept) {
        var sums = JsonNodeFactory.instance.objectNode();
        write(
                sums,
                groups -> groups.entrySet().stream()
                        .filter(group -> kept.test(group.getKey()))
                        .flatMap(group -> group.getValue().stream())
                        .toList());
        return sums;
    }
}
