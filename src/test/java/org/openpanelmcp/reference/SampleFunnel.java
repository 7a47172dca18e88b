package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A funnel, group by group. */
final class SampleFunnel {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A step: a name, and what its events must match beside. */
    record Step(String name, List<SampleFilter> filters) {}

    /**
     * What is asked.
     *
     * @param unit the column of the id
     * @param strict whether each step must be at a later millisecond
     */
    record Asked(
            List<Step> steps,
            long window,
            String unit,
            boolean strict,
            List<String> excluded,
            List<SampleFilter> filters) {}

    /** How far one group came; null for a step that it did not reach. */
    private record Way(SampleEvent entry, Set<String> values, List<FunnelSearch.@Nullable Reach> reached) {
        boolean reached(int step) {
            return step < reached.size() && reached.get(step) != null;
        }
    }

    private final SampleProject project;
    private final Asked asked;
    private final long mostWays;

    SampleFunnel(SampleProject project, Asked asked) {
        this(project, asked, FunnelSearch.MOST_WAYS);
    }

    /** @param mostWays up to so many ways of a group are tried one by one */
    SampleFunnel(SampleProject project, Asked asked, long mostWays) {
        this.project = project;
        this.asked = asked;
        this.mostWays = mostWays;
    }

    /** Steps of everybody. */
    ArrayNode steps(Span span, @Nullable Span earlier) {
        return rows(ways(span, ""), earlier == null ? null : ways(earlier, ""));
    }

    /** One funnel per value of the entry event, and one of all values after the first ones. */
    ArrayNode parts(Span span, String dimension, int most) {
        var parts = NODES.arrayNode();
        for (var part : SampleParts.of(ways(span, dimension), Way::values, most)) {
            parts.add(part(part.value(), part.others(), part.members()));
        }
        return parts;
    }

    int values(Span span, String dimension) {
        return Math.toIntExact(ways(span, dimension).stream()
                .flatMap(way -> way.values().stream())
                .distinct()
                .count());
    }

    /** How far one id came: the value and time of its entry, and which steps (from 0) it reached. */
    record Taken(String id, String value, long enteredAt, BitSet reached) {}

    List<Taken> taken(Span span, String dimension) {
        var taken = new ArrayList<Taken>();
        for (var way : ways(span, dimension)) {
            var reached = new BitSet();
            for (int i = 0; i < asked.steps().size(); i++) {
                reached.set(i, way.reached(i));
            }
            taken.add(new Taken(
                    way.entry().text(asked.unit()),
                    way.values().stream().findFirst().orElse(""),
                    way.entry().at(),
                    reached));
        }
        return taken;
    }

    private ObjectNode part(@Nullable String value, boolean other, List<Way> ways) {
        var part = NODES.objectNode().put("value", value).put("other", other);
        totals(part, ways);
        part.set("steps", rows(ways, null));
        return part;
    }

    private void totals(ObjectNode node, List<Way> ways) {
        long completed = users(ways, asked.steps().size() - 1);
        node.put("totalUsers", ways.size())
                .put("completedUsers", completed)
                .put("overallConversionRate", Numbers.ratio(100, completed, ways.size()));
    }

    /** Who entered in each bucket. */
    ArrayNode series(Span span, Width width) {
        var time = new CivilTime(project.zone());
        var byBucket = new LinkedHashMap<Long, List<Way>>();
        ways(span, "")
                .forEach(way -> byBucket.computeIfAbsent(
                                time.bucketStart(width, way.entry().at()), start -> new ArrayList<>())
                        .add(way));
        long now = project.now().toEpochMilli();
        var series = NODES.arrayNode();
        for (long start : time.bucketStarts(width, span)) {
            var ways = byBucket.getOrDefault(start, List.of());
            if (start <= now || !ways.isEmpty()) {
                long next = time.next(width, start);
                long completed = users(ways, asked.steps().size() - 1);
                series.addObject()
                        .put("date", time.shown(start))
                        .put("partial", start < span.start() || next > span.end() + 1 || next > now)
                        .put("entered", ways.size())
                        .put("completed", completed)
                        .put("conversionRate", Numbers.ratio(100, completed, ways.size()));
            }
        }
        return series;
    }

    private ArrayNode rows(List<Way> ways, @Nullable List<Way> before) {
        var rows = NODES.arrayNode();
        int count = asked.steps().size();
        long most = 0;
        int worst = -1;
        for (int i = 0; i < count - 1; i++) {
            long lost = users(ways, i) - users(ways, i + 1);
            if (lost > most) {
                most = lost;
                worst = i;
            }
        }
        for (int i = 0; i < count; i++) {
            var row = rows.addObject();
            long users = users(ways, i);
            var rate = Numbers.ratio(100, users, ways.size());
            row.put("step", i + 1).put("eventName", asked.steps().get(i).name()).put("users", users);
            row.put("conversionRateFromStart", rate);
            row.put("conversionRateFromPrevious", i == 0 ? null : Numbers.ratio(100, users, users(ways, i - 1)));
            boolean last = i == count - 1;
            long lost = last ? 0 : users - users(ways, i + 1);
            row.put("dropoff", last ? null : BigDecimal.valueOf(lost));
            row.put("dropoffPercent", last ? null : Numbers.ratio(100, lost, users));
            row.put("isHighestDropoff", i == worst);
            times(row.putObject("timeFromStart"), ways, i, false);
            times(row.putObject("timeFromPrevious"), ways, i, true);
            removeEmpty(row);
            if (before != null) {
                compare(row, before, i);
            }
        }
        return rows;
    }

    private static void removeEmpty(ObjectNode row) {
        for (var name : List.of("timeFromStart", "timeFromPrevious")) {
            if (row.get(name).isEmpty()) {
                row.putNull(name);
            }
        }
    }

    private static void compare(ObjectNode row, List<Way> before, int step) {
        var users = BigDecimal.valueOf(users(before, step));
        var rate = Numbers.ratio(100, users(before, step), before.size());
        row.putObject("previous").put("users", users).put("conversionRateFromStart", rate);
        row.putObject("change")
                .put("users", Numbers.change(row.get("users").decimalValue(), users))
                .put(
                        "conversionRateFromStart",
                        Numbers.change(row.get("conversionRateFromStart").decimalValue(), rate));
    }

    private static long users(List<Way> ways, int step) {
        return ways.stream().filter(way -> way.reached(step)).count();
    }

    private static void times(ObjectNode node, List<Way> ways, int step, boolean fromPrevious) {
        var millis = new ArrayList<Long>();
        for (var way : ways) {
            var reach = way.reached(step) ? way.reached().get(step) : null;
            if (step > 0 && reach != null) {
                millis.add(reach.at() - (fromPrevious ? reach.before() : reach.start()));
            }
        }
        if (!millis.isEmpty()) {
            millis.sort(Comparator.naturalOrder());
            node.put("median", seconds(millis, 50)).put("p90", seconds(millis, 90));
        }
    }

    /** The value at that hundredth of the sorted list, in between interpolated. */
    private static BigDecimal seconds(List<Long> sorted, int hundredths) {
        long place = (sorted.size() - 1L) * hundredths;
        int below = Math.toIntExact(place / 100);
        long rest = place % 100;
        long low = sorted.get(below);
        long high = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return BigDecimal.valueOf(low * 100 + (high - low) * rest)
                .divide(BigDecimal.valueOf(100_000), 2, RoundingMode.HALF_UP);
    }

    private List<Way> ways(Span span, String dimension) {
        var groups = new LinkedHashMap<String, List<SampleEvent>>();
        for (var event : project.events()) {
            var id = event.text(asked.unit());
            if (!id.isEmpty() && span.holds(event.at())) {
                groups.computeIfAbsent(id, group -> new ArrayList<>()).add(event);
            }
        }
        var ways = new ArrayList<Way>();
        for (var group : groups.values()) {
            var entries = group.stream().filter(event -> is(event, 0)).toList();
            entries.stream()
                    .min(Comparator.comparingLong(SampleEvent::at))
                    .ifPresent(entry -> ways.add(way(entry, SampleParts.values(project, entries, dimension), group)));
        }
        return ways;
    }

    private Way way(SampleEvent entry, Set<String> values, List<SampleEvent> group) {
        var marked = group.stream()
                .map(event -> new FunnelSearch.Marked(event.at(), marks(event)))
                .toList();
        var bars = group.stream()
                .filter(event -> asked.excluded().contains(event.name()))
                .map(SampleEvent::at)
                .toList();
        var search = new FunnelSearch(marked, bars, asked.steps().size(), asked.window(), asked.strict());
        return new Way(entry, values, search.reached(mostWays));
    }

    private boolean is(SampleEvent event, int step) {
        var wanted = asked.steps().get(step);
        return event.name().equals(wanted.name())
                && Matching.event(project, event, asked.filters())
                && Matching.event(project, event, wanted.filters());
    }

    private String marks(SampleEvent event) {
        var marks = new StringBuilder();
        for (int i = 0; i < asked.steps().size(); i++) {
            marks.append(is(event, i) ? '1' : '0');
        }
        return marks.toString();
    }
}
