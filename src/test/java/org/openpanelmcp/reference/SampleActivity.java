package org.openpanelmcp.reference;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who was active in the days that end with each day. */
final class SampleActivity {
    private final SampleProject project;
    private final CivilTime time;

    SampleActivity(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    ArrayNode perDay(Span span, int window, boolean identified, List<SampleFilter> filters) {
        var active = active(identified, filters);
        var today = time.dayOf(project.now().toEpochMilli());
        var first = time.dayOf(span.start());
        var last = time.dayOf(span.end());
        var begun = project.events().stream()
                .map(event -> time.dayOf(event.at()))
                .min(LocalDate::compareTo)
                .orElse(LocalDate.MAX);
        var list = JsonNodeFactory.instance.arrayNode();
        for (var day = first; !day.isAfter(last) && !day.isAfter(today); day = day.plusDays(1)) {
            if (time.exists(day)) {
                var from = day.minusDays(window - 1L);
                list.addObject()
                        .put("date", day.toString())
                        .put("users", people(active, from, day))
                        .put("partial", !day.isBefore(today) || from.isBefore(begun));
            }
        }
        return list;
    }

    /** Who was active on each day. */
    private NavigableMap<LocalDate, Set<String>> active(boolean identified, List<SampleFilter> filters) {
        var active = new TreeMap<LocalDate, Set<String>>();
        for (var event : project.events()) {
            var id = event.text("profile_id");
            boolean counts = !id.isEmpty() && !(identified && id.equals(event.text("device_id")));
            if (counts && Matching.event(project, event, filters)) {
                active.computeIfAbsent(time.dayOf(event.at()), day -> new HashSet<>())
                        .add(id);
            }
        }
        return active;
    }

    private static int people(NavigableMap<LocalDate, Set<String>> active, LocalDate from, LocalDate until) {
        var people = new HashSet<String>();
        active.subMap(from, true, until, true).values().forEach(people::addAll);
        return people.size();
    }
}
