package org.openpanelmcp.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Profiles and groups of all projects as files of a transfer folder. */
final class PeopleFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private PeopleFiles() {}

    static Path ofOldVersions(Path folder, List<SampleProject> projects) throws IOException {
        var profiles = new ArrayList<ObjectNode>();
        var groups = new ArrayList<ObjectNode>();
        for (var project : projects) {
            project.people().oldProfiles().forEach(profile -> profiles.add(row(project, profile)));
            project.people().oldGroups().forEach(group -> groups.add(row(project, group)));
        }
        return write(folder, profiles, groups);
    }

    static void ofLatestVersions(Path folder, List<SampleProject> projects) throws IOException {
        var profiles = new ArrayList<ObjectNode>();
        var groups = new ArrayList<ObjectNode>();
        for (var project : projects) {
            project.people().profiles().forEach(profile -> profiles.add(row(project, profile)));
            project.people().groups().forEach(group -> groups.add(row(project, group)));
        }
        write(folder, profiles, groups);
    }

    private static Path write(Path folder, List<ObjectNode> profiles, List<ObjectNode> groups) throws IOException {
        Files.write(
                folder.resolve("profiles.jsonl"),
                profiles.stream().map(ObjectNode::toString).toList());
        Files.write(
                folder.resolve("groups.jsonl"),
                groups.stream().map(ObjectNode::toString).toList());
        return folder;
    }

    private static ObjectNode row(SampleProject project, SampleProfile profile) {
        var row = row(project, profile.id(), profile.createdAt(), profile.properties());
        row.put("is_external", profile.identified()).put("last_seen_at", time(profile.seenAt()));
        profile.columns().forEach(row::put);
        var groups = row.putArray("groups");
        profile.groups().forEach(groups::add);
        return row;
    }

    private static ObjectNode row(SampleProject project, SampleGroup group) {
        var row = row(project, group.id(), group.createdAt(), group.properties());
        return row.put("type", group.type())
                .put("name", group.name())
                .put("version", group.version())
                .put("deleted", group.deleted() ? 1 : 0);
    }

    private static ObjectNode row(SampleProject project, String id, long createdAt, Map<String, String> properties) {
        var row = JSON.createObjectNode();
        row.put("id", id).put("project_id", project.id()).put("created_at", time(createdAt));
        var map = row.putObject("properties");
        properties.forEach(map::put);
        return row;
    }

    private static String time(long at) {
        return Instant.ofEpochMilli(at).toString();
    }
}
