package org.openpanelmcp.guide;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.access.Tenancy;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.tool.Caller;

/** The projects that a caller may read. */
public final class VisibleProjects {
    private final Tenancy tenancy;

    public VisibleProjects(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    List<String> ids(Caller caller) {
        return tenancy.visible(caller.access()).stream().map(Project::id).toList();
    }

    /** The project among the arguments of a prompt, else the only one that there is. */
    Optional<String> meant(Caller caller, Map<String, String> arguments) {
        var named = arguments.getOrDefault(Prompts.PROJECT, "");
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        var ids = ids(caller);
        return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
    }
}
