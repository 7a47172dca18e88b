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

    /** Those of one organization that are deleted, by id. */
    List<Project> deleted(String organizationId);

    /**
     * Inserts.
     *
     * @return false when the id is taken, in whatever organization, be it by a deleted one
     * @throws MetadataRefusal when the id, a type or the organization is not allowed
     */
    boolean add(Project project);

    /**
     * Inserts, or replaces the one with the same id.
     *
     * @throws MetadataRefusal when the id, a type or the organization is not allowed; a project never changes its
     *     organization
     */
    void save(Project project);

    /** @return false when there is no such project or it is deleted already */
    boolean delete(String id, Instant at);
}
