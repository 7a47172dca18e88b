package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openpanelmcp.reference.SampleMetricFigures.Figure;
import org.openpanelmcp.reference.SampleMetrics.Asked;
import org.openpanelmcp.reference.SampleMetrics.Counted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Any measures by any dimensions, against plain Java. */
class MetricsDifferentialTest extends Differential {
    private static final List<String> OF_SESSIONS = List.of(
            "sessions",
            "visitors",
            "pageviews",
            "bounce_rate",
            "avg_session_duration",
            "pages_per_session",
            "revenue_per_session",
            "revenue_per_visitor",
            "conversion_rate(screen_view)",
            "visitor_conversion_rate(click)");
    private static final List<String> OF_EVENTS = List.of(
            "events",
            "events(screen_view)",
            "people",
            "people(it's)",
            "revenue",
            "sum(properties.price)",
            "avg(properties.price)",
            "min(properties.price)",
            "max(properties.price)",
            "median(properties.price)",
            "p90(properties.price)");
    private static final List<String> GROUPINGS = List.of(
            "hour",
            "day",
            "week",
            "month",
            "hour_of_day",
            "weekday",
            "country",
            "city",
            "path",
            "name",
            "utm_source",
            "entry_path",
            "profile_id",
            "properties.plan",
            "properties.it's \"odd\" {key}?",
            "profile.first_name",
            "profile.properties.plan",
            "group.id",
            "group.name");
    private static final List<String> EVENTS =
            List.of("screen_view", "session_start", "revenue", "!screen_view", "click", "!it's", "nobody did this");
    private static final Comparator<Object> PARTS = (left, right) -> left instanceof Long number
            ? Long.compare(number, (Long) right)
            : SampleRanking.BINARY.compare(left.toString(), right.toString());

    @TestFactory
    Stream<DynamicTest> metrics() {
        return each(6, MetricsDifferentialTest::askMetrics);
    }

    @TestFactory
    Stream<DynamicTest> people() {
        return each(3, MetricsDifferentialTest::askPeople);
    }

    /** Who is behind a row: exactly those whom plain Java counts there. */
    private static void askPeople(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var asked = asked(project, random);
        var arguments = arguments(range, asked, null);
        if (asked.groupBy().contains("hour") || sessionsAfterEvents(project)) {
            return;
        }
        var answer = store().ask(project, "query_metrics", arguments);
        var rows = answer.get("rows");
        if (rows.isEmpty()) {
            return;
        }
        var row = rows.get(random.nextInt(rows.size()));
        for (var measure : asked.measures()) {
            var choice = PeopleBehindDifferentialTest.choice(random, "query_metrics", arguments, answer);
            choice.put("figure", measure).put("limit", 1);
            if (!asked.groupBy().isEmpty()) {
                choice.set("row", row.get("group"));
            }
            long people = store().ask(project, "list_people", choice)
                    .at("/meta/total")
                    .longValue();
            if (measure.equals("visitors") || measure.startsWith("people")) {
                assertThat(people)
                        .as("%s, %s", project.title(), choice)
                        .isEqualTo(row.get("values").get(measure).longValue());
            }
        }
    }

    /** Imports never hold such sessions; an unfinished range is frozen at the newest event. */
    private static boolean sessionsAfterEvents(SampleProject project) {
        long newest = project.events().stream().mapToLong(SampleEvent::at).max().orElse(Long.MIN_VALUE);
        return project.sessions().stream().anyMatch(session -> session.at() > newest);
    }

    private static void askMetrics(SampleProject project, Random random) {
        var range = AskedRange.random(random, project);
        var asked = asked(project, random);
        var earlier = earlier(random, project, range.span());
        if (asked.groupBy().contains("hour")
                && range.span().end() - range.span().start() > 60L * 86_400_000) {
            return;
        }
        var arguments = arguments(range, asked, earlier);
        var order = order(asked, random);
        order.writeTo(arguments);
        var answer = store().ask(project, "query_metrics", arguments);
        var expected = new Expected(project, asked, range.span(), earlier == null ? null : earlier.period());
        compare(project, arguments, answer.get("rows"), expected.rows(order));
        compareSums(project, arguments, answer.get("other"), expected.other(order));
        compareSums(
                project,
                arguments,
                answer.get("totals"),
                asked.groupBy().isEmpty() ? null : expected.sums(counted -> true));
    }

    private static void compareSums(
            SampleProject project, ObjectNode arguments, @Nullable JsonNode actual, @Nullable JsonNode expected) {
        JsonNode nothing = JsonNodeFactory.instance.nullNode();
        compare(project, arguments, actual == null ? nothing : actual, expected == null ? nothing : expected);
    }

    private static Asked asked(SampleProject project, Random random) {
        var groupBy = new ArrayList<String>();
        int groupings = random.nextInt(4);
        for (int i = 0; i < groupings; i++) {
            var grouping = one(random, GROUPINGS);
            boolean second =
                    grouping.startsWith("group.") && groupBy.stream().anyMatch(other -> other.startsWith("group."));
            if (!groupBy.contains(grouping) && !second) {
                groupBy.add(grouping);
            }
        }
        var segment = random.nextInt(5) == 0 ? List.of(new AskedFilters(random).one(project)) : List.<SampleFilter>of();
        if (!segment.isEmpty()) {
            groupBy.addFirst("segment");
        }
        boolean byEvents = groupBy.stream().anyMatch(Matching::isOnEvents);
        var measures = new ArrayList<String>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            var measure = one(random, random.nextBoolean() ? OF_SESSIONS : OF_EVENTS);
            if (!measures.contains(measure) && !(byEvents && measure.equals("pageviews"))) {
                measures.add(measure);
            }
        }
        if (measures.isEmpty()) {
            measures.add("sessions");
        }
        boolean ofSessions = measures.stream().anyMatch(measure -> !Asked.ofEvents(measure));
        return new Asked(
                measures,
                groupBy,
                random.nextInt(4) == 0 ? one(random, List.of("screen_view", "revenue")) : "",
                new AskedFilters(random).some(project),
                segment,
                random.nextInt(5) == 0 ? List.of(one(random, EVENTS)) : List.of(),
                random.nextInt(4) == 0 && (byEvents || !ofSessions) ? List.of(one(random, EVENTS)) : List.of(),
                random.nextInt(5) == 0 ? List.of(one(random, EVENTS), "screen_view") : List.of());
    }

    private static ObjectNode arguments(AskedRange range, Asked asked, @Nullable AskedComparison earlier) {
        var arguments = arguments(range, asked.filters(), earlier);
        texts(arguments, "measures", asked.measures());
        texts(
                arguments,
                "groupBy",
                asked.groupBy().stream()
                        .filter(grouping -> !grouping.equals("segment"))
                        .toList());
        if (!asked.event().isEmpty()) {
            arguments.put("event", asked.event());
        }
        var segment = arguments.putObject("segment");
        asked.segment().forEach(filter -> filter.writeTo(segment));
        texts(arguments, "sessionsWith", asked.sessionsWith());
        texts(arguments, "laterInSession", asked.laterInSession());
        texts(arguments, "peopleWhoEver", asked.peopleWhoEver());
        return arguments;
    }

    private static void texts(ObjectNode arguments, String name, List<String> texts) {
        var list = arguments.putArray(name);
        texts.forEach(list::add);
    }

    /** By what rows are ordered, and how many are wanted; null: the default. */
    private record Order(
            @Nullable String by,
            boolean ascending,
            @Nullable Integer limit) {
        void writeTo(ObjectNode arguments) {
            if (by != null) {
                arguments.put("orderBy", by);
            }
            arguments.put("order", ascending ? "asc" : "desc");
            if (limit != null) {
                arguments.put("limit", limit);
            }
        }
    }

    private static Order order(Asked asked, Random random) {
        var exact = asked.measures().stream()
                .filter(measure -> !measure.startsWith("p90"))
                .toList();
        var by = exact.isEmpty() || random.nextBoolean() ? null : one(random, exact);
        if (by == null
                && asked.measures().getFirst().startsWith("p90")
                && asked.groupBy().stream().noneMatch(MetricsDifferentialTest::isTime)) {
            return new Order(null, false, 1000);
        }
        return new Order(by, random.nextBoolean(), random.nextInt(3) == 0 ? null : 1 + random.nextInt(8));
    }

    private static boolean isTime(String grouping) {
        return SampleMetrics.WIDTHS.contains(grouping) || isRhythm(grouping);
    }

    private static boolean isRhythm(String grouping) {
        return List.of("hour_of_day", "weekday").contains(grouping);
    }

    private interface Kept {
        boolean test(List<Object> key);
    }

    /** The answer, from plain lists. */
    private static final class Expected {
        private final SampleProject project;
        private final Asked asked;
        private final Span span;
        private final CivilTime time;
        private final SampleMetrics metrics;
        private final SampleMetricFigures figures;
        private final List<Counted> now;
        private final @Nullable List<Counted> before;

        Expected(SampleProject project, Asked asked, Span span, @Nullable EarlierPeriod earlier) {
            this.project = project;
            this.asked = asked;
            this.span = span;
            this.time = new CivilTime(project.zone());
            this.metrics = new SampleMetrics(project, asked);
            this.figures = new SampleMetricFigures(project, asked);
            this.now = metrics.counted(span, time::bucketStart);
            this.before = earlier == null
                    ? null
                    : metrics.counted(
                            earlier.span(project.now().toEpochMilli()),
                            (width, at) -> earlier.bucketFor(at, width, time.bucketStarts(width, span))
                                    .orElse(Long.MIN_VALUE));
        }

        private List<List<Object>> keys(Order order) {
            var groups = SampleMetrics.byKey(now);
            var keys = new ArrayList<>(groups.keySet());
            boolean onlyTime =
                    asked.groupBy().size() == 1 && isTime(asked.groupBy().getFirst());
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
            boolean natural = asked.groupBy().stream().anyMatch(MetricsDifferentialTest::isTime);
            var by = order.by() != null
                    ? order.by()
                    : natural ? null : asked.measures().getFirst();
            if (by == null) {
                keys.sort(byKey);
            } else {
                var values = new LinkedHashMap<List<Object>, Double>();
                keys.forEach(key -> values.put(
                        key, figures.of(by, groups.getOrDefault(key, List.of())).exact()));
                Comparator<Double> direction =
                        order.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder();
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
            if (isRhythm(grouping)) {
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

        ArrayNode rows(Order order) {
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
                var found = write(row, key::equals);
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
            var found = figures.all(kept(now, kept));
            var values = row.putObject("values");
            found.forEach((measure, figure) -> values.put(measure, figure.shown()));
            if (before != null) {
                var earlier = figures.all(kept(before, kept));
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

        private static List<Counted> kept(List<Counted> counted, Kept kept) {
            return counted.stream().filter(one -> kept.test(one.key())).toList();
        }

        private void addDays(ObjectNode row, List<Object> key, Map<String, Figure> found) {
            var rhythms = asked.groupBy().stream()
                    .filter(MetricsDifferentialTest::isRhythm)
                    .toList();
            if (rhythms.isEmpty() || asked.groupBy().stream().anyMatch(SampleMetrics.WIDTHS::contains)) {
                return;
            }
            var numbers = new ArrayList<Object>();
            for (int i = 0; i < key.size(); i++) {
                if (isRhythm(asked.groupBy().get(i))) {
                    numbers.add(key.get(i));
                }
            }
            int days = metrics.days(span, rhythms, numbers);
            row.put("days", days);
            var means = row.putObject("per_day");
            found.forEach((measure, figure) -> {
                if (measure.matches("(sessions|pageviews|revenue|events.*|sum.*)")) {
                    means.put(
                            measure,
                            days == 0
                                    ? BigDecimal.ZERO
                                    : BigDecimal.valueOf(figure.exact())
                                            .divide(BigDecimal.valueOf(days), 2, RoundingMode.HALF_UP));
                }
            });
        }

        @Nullable
        ObjectNode other(Order order) {
            var shown = keys(order);
            boolean all = shown.containsAll(SampleMetrics.byKey(now).keySet());
            boolean onlyTime =
                    asked.groupBy().size() == 1 && isTime(asked.groupBy().getFirst());
            var wider = onlyTime ? keys(new Order(order.by(), order.ascending(), Integer.MAX_VALUE)) : shown;
            return asked.groupBy().isEmpty() || (all && wider.size() == shown.size())
                    ? null
                    : sums(key -> !shown.contains(key));
        }

        ObjectNode sums(Kept kept) {
            var sums = JsonNodeFactory.instance.objectNode();
            write(sums, kept);
            return sums;
        }
    }
}
