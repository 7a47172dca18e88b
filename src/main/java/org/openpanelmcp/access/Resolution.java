package org.openpanelmcp.access;

import java.util.List;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.query.ProjectScope;

/** Which project a call is about. */
public sealed interface Resolution {
    record Found(ProjectScope scope, Project project) implements Resolution {}

    /**
     * The caller may see several projects and named none.
     *
     * @param available the ids it may name
     */
    record MustName(List<String> available) implements Resolution {}

    /**
     * The caller has no such project; whether somebody else has is not told.
     *
     * @param requested the id that was asked for
     * @param nearest ids of its own projects that look alike, the nearest first, three at most
     */
    record NotFound(String requested, List<String> nearest) implements Resolution {}
}
