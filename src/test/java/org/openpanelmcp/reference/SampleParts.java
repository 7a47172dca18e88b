package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Those who entered with one value of a dimension, or with any that is not listed. */
record SampleParts<T>(@Nullable String value, boolean others, List<T> members) {
    /** The values with most members have a part each, all others one. */
    static <T> List<SampleParts<T>> of(List<T> all, Function<T, Set<String>> values, int most) {
        var byValue = new TreeMap<String, List<T>>(SampleRanking.BINARY);
        for (var one : all) {
            for (var value : values.apply(one)) {
                byValue.computeIfAbsent(value, first -> new ArrayList<>()).add(one);
            }
        }
        var ranked = new ArrayList<>(byValue.entrySet());
        ranked.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
        var parts = new ArrayList<SampleParts<T>>();
        ranked.stream()
                .limit(most)
                .forEach(entry -> parts.add(
                        new SampleParts<>(entry.getKey().isEmpty() ? null : entry.getKey(), false, entry.getValue())));
        if (ranked.size() > most) {
            var others = all.stream()
                    .filter(one -> ranked.stream()
                            .skip(most)
                            .anyMatch(entry -> entry.getValue().contains(one)))
                    .toList();
            parts.add(new SampleParts<>(null, true, others));
        }
        return parts;
    }

    /** Of the earliest of the events: the least value, or those of all groups. */
    static Set<String> values(SampleProject project, List<SampleEvent> events, String dimension) {
        var values = new TreeSet<String>(SampleRanking.BINARY);
        long first = events.stream().mapToLong(SampleEvent::at).min().orElse(0);
        if (!dimension.isEmpty()) {
            events.stream()
                    .filter(event -> event.at() == first)
                    .forEach(event -> values.addAll(Matching.ofEvent(project, event, dimension)));
        }
        return dimension.startsWith("group.") || values.isEmpty() ? values : Set.of(values.first());
    }
}
