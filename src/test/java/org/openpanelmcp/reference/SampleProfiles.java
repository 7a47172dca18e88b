package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who fulfils the conditions of find_profiles. */
final class SampleProfiles {
    private static final long DAY = 86_400_000;

    private final SampleProject project;
    private final CivilTime time;

    SampleProfiles(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    /** What is asked; an empty text, a null and an empty map exclude nobody. */
    record Asked(
            String name,
            String email,
            Map<String, String> properties,
            String group,
            @Nullable Boolean identified,
            @Nullable Integer inactiveDays,
            @Nullable Integer minSessions,
            String performedEvent,
            int minPerformed,
            Span span,
            String sortBy,
            boolean ascending) {}

    ArrayNode found(Asked asked) {
        var found = new ArrayList<SampleProfile>();
        for (var profile : project.people().profiles()) {
            if (!profile.id().isEmpty() && whoTheyAre(profile, asked) && whatTheyDid(profile.id(), asked)) {
                found.add(profile);
            }
        }
        ToLongFunction<SampleProfile> key = switch (asked.sortBy()) {
            case "created_at" -> SampleProfile::createdAt;
            case "last_seen_at" -> SampleProfile::seenAt;
            default -> profile -> sessions(profile.id());
        };
        var byKey = Comparator.comparingLong(key);
        found.sort(
                (asked.ascending() ? byKey : byKey.reversed()).thenComparing(SampleProfile::id, SampleRanking.BINARY));
        var rows = JsonNodeFactory.instance.arrayNode();
        found.forEach(profile -> rows.add(row(profile)));
        return rows;
    }

    private static boolean whoTheyAre(SampleProfile profile, Asked asked) {
        for (var word : asked.name().split("\\s+")) {
            if (!contains(profile.id(), word)
                    && !contains(profile.text("email"), word)
                    && !contains(profile.text("first_name"), word)
                    && !contains(profile.text("last_name"), word)) {
                return false;
            }
        }
        for (var wanted : asked.properties().entrySet()) {
            if (!profile.properties().getOrDefault(wanted.getKey(), "").equals(wanted.getValue())) {
                return false;
            }
        }
        var identified = asked.identified();
        return contains(profile.text("email"), asked.email())
                && (asked.group().isEmpty() || profile.groups().contains(asked.group()))
                && (identified == null || identified == profile.identified());
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private boolean whatTheyDid(String id, Asked asked) {
        long performed = 0;
        boolean active = false;
        var days = asked.inactiveDays();
        for (var event : project.index().eventsOfProfile(id)) {
            boolean meant =
                    event.name().equals(asked.performedEvent()) && asked.span().holds(event.at());
            performed += meant ? 1 : 0;
            active |= days != null && event.at() >= project.now().toEpochMilli() - days * DAY;
        }
        var fewest = asked.minSessions();
        return !active
                && (fewest == null || sessions(id) >= fewest)
                && (asked.performedEvent().isEmpty() || performed >= asked.minPerformed());
    }

    private long sessions(String id) {
        return project.index().sessionsOfProfile(id).size();
    }

    Optional<ObjectNode> row(String id) {
        return project.people().profiles().stream()
                .filter(profile -> profile.id().equals(id))
                .findFirst()
                .map(this::row);
    }

    ArrayNode members(String groupId) {
        return found(
                new Asked("", "", Map.of(), groupId, null, null, null, "", 1, new Span(0, 0), "created_at", false));
    }

    private ObjectNode row(SampleProfile profile) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("id", profile.id()).put("project_id", project.id());
        for (var column : List.of("first_name", "last_name", "email", "avatar")) {
            var text = profile.text(column);
            row.put(column, text.isEmpty() ? null : text);
        }
        var properties = row.putObject("properties");
        profile.properties().forEach(properties::put);
        var groups = row.putArray("groups");
        profile.groups().forEach(groups::add);
        return row.put("is_external", profile.identified())
                .put("created_at", time.shown(profile.createdAt()))
                .put("last_seen_at", time.shown(profile.seenAt()))
                .put("sessions", sessions(profile.id()));
    }
}
