package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Groups that are not deleted, and what happened in them. */
final class SampleGroups {
    private final SampleProject project;
    private final CivilTime time;

    SampleGroups(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    ArrayNode types() {
        var counts = new LinkedHashMap<String, Integer>();
        for (var group : project.people().existingGroups()) {
            if (!group.id().isEmpty()) {
                counts.merge(group.type(), 1, Integer::sum);
            }
        }
        var sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey, SampleRanking.BINARY));
        var rows = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(type -> rows.addObject().put("type", type.getKey()).put("count", type.getValue()));
        return rows;
    }

    ArrayNode found(String type, String search, Map<String, String> properties) {
        var found = new ArrayList<SampleGroup>();
        for (var group : project.people().existingGroups()) {
            boolean fits = (type.isEmpty() || group.type().equals(type))
                    && (contains(group.name(), search) || contains(group.id(), search))
                    && properties.entrySet().stream()
                            .allMatch(wanted -> group.properties()
                                    .getOrDefault(wanted.getKey(), "")
                                    .equals(wanted.getValue()));
            if (fits && !group.id().isEmpty()) {
                found.add(group);
            }
        }
        found.sort(Comparator.comparingLong(SampleGroup::createdAt)
                .reversed()
                .thenComparing(SampleGroup::id, SampleRanking.BINARY));
        var rows = JsonNodeFactory.instance.arrayNode();
        found.forEach(group -> rows.add(row(group)));
        return rows;
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    Optional<ObjectNode> row(String id) {
        return project.people().existingGroups().stream()
                .filter(group -> group.id().equals(id) && !id.isEmpty())
                .findFirst()
                .map(this::row);
    }

    private ObjectNode row(SampleGroup group) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("id", group.id()).put("projectId", project.id());
        row.put("type", group.type().isEmpty() ? null : group.type());
        row.put("name", group.name().isEmpty() ? null : group.name());
        row.put("createdAt", time.shown(group.createdAt())).put("updatedAt", time.shown(group.version()));
        var properties = row.putObject("properties");
        group.properties().forEach(properties::put);
        return row;
    }

    ObjectNode activity(String id, Span span) {
        long events = 0;
        long revenue = 0;
        long last = Long.MIN_VALUE;
        var active = new HashSet<String>();
        for (var event : project.events()) {
            if (!span.holds(event.at())) {
                continue;
            }
            active.add(event.text("profile_id"));
            if (project.people().groupsOf(event.id().toString()).contains(id)) {
                events++;
                revenue += event.name().equals("revenue") ? event.revenue() : 0;
                last = Math.max(last, event.at());
            }
        }
        long sessions = project.sessions().stream()
                .filter(session -> span.holds(session.at())
                        && project.people().groupsOf(session.id()).contains(id))
                .count();
        long members = project.people().profiles().stream()
                .filter(profile ->
                        !profile.id().isEmpty() && profile.groups().contains(id) && active.contains(profile.id()))
                .count();
        return JsonNodeFactory.instance
                .objectNode()
                .put("events", events)
                .put("sessions", sessions)
                .put("revenue", revenue)
                .put("active_members", members)
                .put("last_seen", last == Long.MIN_VALUE ? null : time.shown(last));
    }
}
