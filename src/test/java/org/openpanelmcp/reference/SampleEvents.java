package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Raw events and their names. */
final class SampleEvents {
    private static final List<String> TEXT_COLUMNS =
            List.of("name", "session_id", "profile_id", "device_id", "path", "origin", "country", "city", "referrer");

    /** The columns that are compared. */
    static final List<String> COLUMNS = concat(List.of("id", "created_at", "revenue", "duration", "properties"));

    private final SampleProject project;
    private final CivilTime time;

    SampleEvents(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    /** Newest first, equal times by id. */
    ArrayNode newestFirst(Span span, List<SampleFilter> filters) {
        var found = new ArrayList<SampleEvent>();
        for (var event : project.events()) {
            if (span.holds(event.at()) && Matching.event(project, event, filters)) {
                found.add(event);
            }
        }
        found.sort(Comparator.comparingLong(SampleEvent::at)
                .reversed()
                .thenComparing(event -> event.id().toString()));
        var list = JsonNodeFactory.instance.arrayNode();
        found.forEach(event -> list.add(row(event)));
        return list;
    }

    ObjectNode row(SampleEvent event) {
        var row = JsonNodeFactory.instance.objectNode();
        for (var column : TEXT_COLUMNS) {
            var text = event.text(column);
            row.put(column, text.isEmpty() ? null : text);
        }
        row.put("id", event.id().toString());
        row.put("created_at", time.shown(event.at()));
        row.put("revenue", event.revenue());
        row.put("duration", event.duration());
        var properties = row.putObject("properties");
        event.properties().forEach(properties::put);
        return row;
    }

    /** The names with their number and times, the most frequent first, equal ones by name. */
    ArrayNode names(Span span) {
        var byName = new LinkedHashMap<String, List<Long>>();
        for (var event : project.events()) {
            if (span.holds(event.at())) {
                byName.computeIfAbsent(event.name(), name -> new ArrayList<>()).add(event.at());
            }
        }
        var names = new ArrayList<>(byName.entrySet());
        names.sort(Comparator.comparing(entry -> entry.getKey(), SampleRanking.BINARY));
        names.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
        var list = JsonNodeFactory.instance.arrayNode();
        for (var entry : names) {
            var times = entry.getValue().stream().sorted().toList();
            list.addObject()
                    .put("name", entry.getKey())
                    .put("count", times.size())
                    .put("first_seen", time.shown(times.getFirst()))
                    .put("last_seen", time.shown(times.getLast()));
        }
        return list;
    }

    private static List<String> concat(List<String> others) {
        var all = new ArrayList<>(TEXT_COLUMNS);
        all.addAll(others);
        return List.copyOf(all);
    }
}
