package org.openpanelmcp.metadata;

import java.util.List;
import java.util.Optional;

/** The organizations of an installation. */
public interface Organizations {
    Optional<Organization> find(String id);

    /** By id. */
    List<Organization> list();

    /** Inserts, or replaces the one with the same id. */
    void save(Organization organization);
}
