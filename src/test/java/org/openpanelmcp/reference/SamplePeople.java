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

    List<SampleGroup> existingGroups() {
        return groups.stream().filter(group -> !group.deleted()).toList();
    }
}
