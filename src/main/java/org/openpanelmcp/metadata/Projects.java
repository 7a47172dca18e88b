package org.openpanelmcp.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The projects of an installation. */
public interface Projects {
    /** Finds deleted ones too: look at {@link Project#deletedAt()}. */
    Optional<Project> find(String id);

    /** Those of one organization that are not deleted, by id. */
    List<Project> list(String organizationId);

    /** Inserts, or replaces the one with the same id. */
    void save(Project project);

    /** @return false when there is no such project or it is deleted already */
    boolean delete(String id, Instant at);
}
