package org.openpanelmcp.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.text.Nearest;

/** Finds what an argument names, or says what it might have meant. */
final class Known {
    private Known() {}

    static Organization organization(Metadata metadata, String id) {
        return metadata.organizations()
                .find(id)
                .orElseThrow(() -> new CommandFailure(sentence(
                        "organization",
                        id,
                        metadata.organizations().list().stream()
                                .map(Organization::id)
                                .toList(),
                        "org")));
    }

    /** Deleted ones are unknown. */
    static Project project(Metadata metadata, String id) {
        return metadata.projects()
                .find(id)
                .filter(project -> project.deletedAt() == null)
                .orElseThrow(() -> new CommandFailure(sentence("project", id, projectIds(metadata), "project")));
    }

    static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            var advice = Nearest.to(id, ZoneId.getAvailableZoneIds())
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse("");
            throw new CommandFailure(
                    "There is no time zone '%s'. Use an IANA name such as Europe/Stockholm.%s".formatted(id, advice),
                    e);
        }
    }

    private static List<String> projectIds(Metadata metadata) {
        return metadata.organizations().list().stream()
                .flatMap(organization -> metadata.projects().list(organization.id()).stream())
                .map(Project::id)
                .toList();
    }

    private static String sentence(String what, String id, List<String> known, String command) {
        var advice = Nearest.to(id, known)
                .map(near -> "Did you mean '%s'?".formatted(near))
                .orElse(
                        known.isEmpty()
                                ? "Make one with '%s create'.".formatted(command)
                                : "'%s list' shows those that exist.".formatted(command));
        return "There is no %s '%s'. %s".formatted(what, id, advice);
    }
}
