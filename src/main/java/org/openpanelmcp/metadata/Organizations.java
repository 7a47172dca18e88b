package org.openpanelmcp.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The organizations of an installation. */
public interface Organizations {
    /** Does not find deleted ones. */
    Optional<Organization> find(String id);

    /** Those that are not deleted, by id. */
    List<Organization> list();

    /** By id. */
    List<DeletedOrganization> deleted();

    /**
     * Inserts.
     *
     * @return false when the id is taken, be it by a deleted one
     * @throws MetadataRefusal when the id is not allowed
     */
    boolean add(Organization organization);

    /**
     * Inserts, or replaces the one with the same id, deleted or not.
     *
     * @throws MetadataRefusal when the id is not allowed
     */
    void save(Organization organization);

    /**
     * Its projects and clients stay, but nobody reaches them through a deleted organization.
     *
     * @return false when there is no such organization or it is deleted already
     */
    boolean delete(String id, Instant at);
}
