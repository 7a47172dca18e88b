package org.openpanelmcp.tool;

import org.jspecify.annotations.Nullable;

/**
 * The argument {@code projectId}: required of a credential for a whole organization, optional (and then only its own
 * project) for a credential of one project.
 */
public record ProjectArgument(@Nullable String id) {
    static final String NAME = "projectId";
}
