package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The properties of events and their values. */
final class SampleProperties {
    private final SampleProject project;
    private final CivilTime time;

    SampleProperties(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    /** Pairs of key and event, by key, then event. */
    ArrayNode pairs(Span span, String event, boolean internal) {
        var pairs = new TreeMap<String, TreeMap<String, Integer>>(SampleRanking.BINARY);
        for (var one : project.events()) {
            if (!span.holds(one.at()) || !(event.isEmpty() || one.name().equals(event))) {
                continue;
            }
            for (var key : one.properties().keySet()) {
                if (internal || !key.startsWith("__")) {
                    pairs.computeIfAbsent(key, found -> new TreeMap<>(SampleRanking.BINARY))
                            .merge(one.name(), 1, Integer::sum);
                }
            }
        }
        var list = JsonNodeFactory.instance.arrayNode();
        pairs.forEach((key, events) -> events.forEach((name, count) -> list.addObject()
                .put("property_key", key)
                .put("event_name", name)
                .put("count", count)));
        return list;
    }

    private record Value(String text, List<Long> times) {
        long last() {
            return times.stream().mapToLong(Long::longValue).max().orElseThrow();
        }
    }

    /** The values of a property; of the column of that name when no event that matches has such a property. */
    ArrayNode values(Span span, String event, String key, List<SampleFilter> filters, boolean newest) {
        var matching = project.events().stream()
                .filter(one ->
                        span.holds(one.at()) && (event.isEmpty() || one.name().equals(event)))
                .filter(one -> Matching.event(project, one, filters))
                .toList();
        boolean column = List.of("country", "path").contains(key)
                && matching.stream()
                        .allMatch(one -> one.properties().getOrDefault(key, "").isEmpty());
        var byText = new TreeMap<String, Value>(SampleRanking.BINARY);
        for (var one : matching) {
            var text = column ? one.text(key) : one.properties().getOrDefault(key, "");
            if (!text.isEmpty()) {
                byText.computeIfAbsent(text, found -> new Value(found, new ArrayList<>()))
                        .times()
                        .add(one.at());
            }
        }
        var values = new ArrayList<>(byText.values());
        values.sort(
                newest
                        ? Comparator.comparingLong(value -> -value.last())
                        : Comparator.comparingInt(value -> -value.times().size()));
        var list = JsonNodeFactory.instance.arrayNode();
        for (var value : values) {
            var times = value.times().stream().sorted().toList();
            list.addObject()
                    .put("value", value.text())
                    .put("count", times.size())
                    .put("first_seen", time.shown(times.getFirst()))
                    .put("last_seen", time.shown(times.getLast()));
        }
        return list;
    }
}
