package org.openpanelmcp.analytics.metric;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.tool.RowName;

/** Groups and figures by the names that people read. */
final class MetricNames {
    private final MetricsQuestion question;
    private final TimeRange range;
    private final Instant now;
    private final Map<Interval, Map<Long, Buckets.Bucket>> buckets = new HashMap<>();
    private final List<Grouping.Rhythm> rhythms = new ArrayList<>();
    private final @Nullable Slots slots;

    MetricNames(MetricsQuestion question, TimeRange range, Instant now, Map<Interval, Buckets> buckets) {
        this.question = question;
        this.range = range;
        this.now = now;
        buckets.forEach((interval, of) -> {
            var byKey = new HashMap<Long, Buckets.Bucket>();
            of.list().forEach(bucket -> byKey.put(bucket.key(), bucket));
            this.buckets.put(interval, byKey);
        });
        for (var grouping : question.groupBy()) {
            if (grouping instanceof Grouping.Rhythm rhythm) {
                rhythms.add(rhythm);
            }
        }
        // Within a bucket of a day or a week "so many Thursdays" would mean something else in each row.
        this.slots = rhythms.isEmpty() || !buckets.isEmpty() ? null : Slots.of(range, now, rhythms);
    }

    QueryMetrics.Line line(MetricsQuery.Group group, @Nullable List<Figure.Value> before) {
        var days = days(group.key());
        return new QueryMetrics.Line(
                named(group.key()),
                shown(question, group.values()),
                before == null ? null : shown(question, before),
                before == null ? null : changes(question, group.values(), before),
                partial(group.key()) ? Boolean.TRUE : null,
                days,
                days == null ? null : perDay(group.values(), days));
    }

    @SuppressWarnings("NullAway") // JSON null is the answer for "not set".
    private Map<String, Object> named(List<Object> key) {
        var named = new LinkedHashMap<String, Object>();
        for (int place = 0; place < key.size(); place++) {
            var grouping = question.groupBy().get(place);
            named.put(grouping.label(), name(grouping, key.get(place)));
        }
        return named;
    }

    /** As {@code list_people} takes it. */
    RowName rowName(List<Object> key) {
        var fields = new LinkedHashMap<String, String>();
        named(key).forEach((label, value) -> fields.put(label, value == null ? "" : value.toString()));
        return new RowName(fields);
    }

    @Nullable
    Object name(Grouping grouping, Object part) {
        return switch (grouping) {
            case Grouping.Values _, Grouping.Segment _ -> part.equals("") ? null : part;
            case Grouping.Course(Interval interval) -> {
                var start = bucket(interval, part).start();
                yield interval == Interval.HOUR
                        ? ISO_OFFSET_DATE_TIME.format(start)
                        : start.toLocalDate().toString();
            }
            case Grouping.Rhythm rhythm ->
                rhythm == Grouping.Rhythm.HOUR_OF_DAY
                        ? part
                        : DayOfWeek.of(Math.toIntExact((Long) part) + 1).name().toLowerCase(Locale.ROOT);
        };
    }

    private Buckets.Bucket bucket(Interval interval, Object key) {
        var bucket = buckets.getOrDefault(interval, Map.of()).get(key);
        if (bucket == null) {
            throw new IllegalStateException("a row outside of all buckets: " + key);
        }
        return bucket;
    }

    private boolean partial(List<Object> key) {
        for (int place = 0; place < key.size(); place++) {
            if (question.groupBy().get(place) instanceof Grouping.Course(Interval interval)
                    && bucket(interval, key.get(place)).partial(range, now)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Integer days(List<Object> key) {
        if (slots == null) {
            return null;
        }
        var numbers = new ArrayList<Long>();
        for (int place = 0; place < key.size(); place++) {
            if (question.groupBy().get(place) instanceof Grouping.Rhythm) {
                numbers.add((Long) key.get(place));
            }
        }
        return slots.days(numbers);
    }

    private Map<String, Number> perDay(List<Figure.Value> values, int days) {
        var means = new LinkedHashMap<String, Number>();
        for (int place = 0; place < values.size(); place++) {
            var metric = question.metrics().get(place);
            if (metric.measure().additive()) {
                means.put(metric.label(), Rounding.ratio(values.get(place).exact(), days));
            }
        }
        return means;
    }

    static Map<String, Number> shown(MetricsQuestion question, List<Figure.Value> values) {
        return byLabel(question, place -> values.get(place).shown());
    }

    static Map<String, Number> changes(MetricsQuestion question, List<Figure.Value> now, List<Figure.Value> before) {
        return byLabel(question, place -> {
            var later = now.get(place).shown();
            var earlier = before.get(place).shown();
            return later == null || earlier == null ? null : Change.of(later.doubleValue(), earlier.doubleValue());
        });
    }

    @SuppressWarnings("NullAway") // JSON null is the answer where there is no figure.
    private static Map<String, Number> byLabel(MetricsQuestion question, IntFunction<@Nullable Number> figure) {
        var byLabel = new LinkedHashMap<String, Number>();
        for (int place = 0; place < question.metrics().size(); place++) {
            byLabel.put(question.metrics().get(place).label(), figure.apply(place));
        }
        return byLabel;
    }
}
