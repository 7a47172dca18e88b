package org.openpanelmcp.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.text.Nearest;

/** The wall between tenants: turns an access and the project that a call names into a scope. Safe for several threads. */
public final class Tenancy {
    private static final int SUGGESTIONS = 3;

    private final Metadata metadata;

    public Tenancy(Metadata metadata) {
        this.metadata = metadata;
    }

    /**
     * Finds the project of a call.
     *
     * @param projectId as the caller gave it; blank counts as absent
     */
    public Resolution resolve(Access access, @Nullable String projectId) {
        var named = Optional.ofNullable(projectId).filter(id -> !id.isBlank());
        return switch (access) {
            case Access.Read read -> resolve(access, named.orElse(read.projectId()), visible(access));
            case Access.Root _ -> {
                var visible = visible(access);
                yield named.isPresent() ? resolve(access, named.get(), visible) : new Resolution.MustName(ids(visible));
            }
            case Access.Write write -> new Resolution.NotFound(named.orElse(write.projectId()), List.of());
        };
    }

    /** The projects that a caller may read, by id; the deleted ones are left out. */
    public List<Project> visible(Access access) {
        return switch (access) {
            case Access.Read read ->
                projects(read).stream()
                        .filter(project -> project.id().equals(read.projectId()))
                        .toList();
            case Access.Root root -> projects(root);
            case Access.Write _ -> List.of();
        };
    }

    private List<Project> projects(Access access) {
        return organization(access).isPresent() ? metadata.projects().list(access.organizationId()) : List.of();
    }

    /** Looks among what the caller may see and nowhere else: unknown, foreign and deleted cannot come out differently. */
    private Resolution resolve(Access access, String projectId, List<Project> visible) {
        var project = visible.stream()
                .filter(candidate -> candidate.id().equals(projectId))
                .findFirst();
        var organization = organization(access);
        if (project.isEmpty() || organization.isEmpty()) {
            return new Resolution.NotFound(projectId, Nearest.several(projectId, ids(visible), SUGGESTIONS));
        }
        return new Resolution.Found(scope(project.get(), organization.get()), project.get());
    }

    private Optional<Organization> organization(Access access) {
        return metadata.organizations().find(access.organizationId());
    }

    private static ProjectScope scope(Project project, Organization organization) {
        var own = project.zone();
        return new ProjectScope(organization.id(), project.id(), own == null ? organization.zone() : own);
    }

    private static List<String> ids(List<Project> projects) {
        return projects.stream().map(Project::id).toList();
    }
}
