package org.openpanelmcp.reference;

import java.util.List;
import java.util.Map;

/**
 * The profiles and groups of a project.
 *
 * @param profiles the latest version of each
 * @param oldProfiles earlier versions of some
 * @param groups the latest version of each, deleted ones included
 * @param oldGroups earlier versions of some
 * @param carried the groups of events and sessions, by their ids
 */
record SamplePeople(
        List<SampleProfile> profiles,
        List<SampleProfile> oldProfiles,
        List<SampleGroup> groups,
        List<SampleGroup> oldGroups,
        Map<String, List<String>> carried) {
    static final SamplePeople NONE = new SamplePeople(List.of(), List.of(), List.of(), List.of(), Map.of());

    List<String> groupsOf(String id) {
        return carried.getOrDefault(id, List.of());
    }

    boolean holds(String dimension) {
        return dimension.startsWith("profile.") || dimension.startsWith("group.");
    }

    /** A trait of the person; or of the groups that a row carries, each value once. Not set is the empty text. */
    List<String> values(String dimension, String profileId, String rowId) {
        var trait = trait(dimension);
        if (dimension.startsWith("profile.")) {
            return profiles.stream()
                    .filter(profile -> profile.id().equals(profileId))
                    .map(profile -> trait.startsWith("properties.")
                            ? profile.properties().getOrDefault(trait.substring("properties.".length()), "")
                            : profile.text(trait))
                    .findFirst()
                    .map(List::of)
                    .orElse(List.of(""));
        }
        return ofGroups(dimension, rowId, List.of());
    }

    /** A trait of those groups of a row that fulfil the filters, each value once. */
    List<String> ofGroups(String dimension, String rowId, List<SampleFilter> filters) {
        var values = groupsOf(rowId).stream()
                .filter(id -> filters.stream()
                        .allMatch(filter -> filter.accepts(List.of(ofGroup(trait(filter.dimension()), id)))))
                .map(id -> ofGroup(trait(dimension), id))
                .distinct()
                .toList();
        return values.isEmpty() ? List.of("") : values;
    }

    private static String trait(String dimension) {
        return dimension.substring(dimension.indexOf('.') + 1);
    }

    private String ofGroup(String trait, String id) {
        if (trait.equals("id")) {
            return id;
        }
        return existingGroups().stream()
                .filter(group -> group.id().equals(id))
                .map(group -> switch (trait) {
                    case "type" -> group.type();
                    case "name" -> group.name();
                    default -> group.properties().getOrDefault(trait.substring("properties.".length()), "");
                })
                .findFirst()
                .orElse("");
    }

    List<SampleGroup> existingGroups() {
        return groups.stream().filter(group -> !group.deleted()).toList();
    }
}
