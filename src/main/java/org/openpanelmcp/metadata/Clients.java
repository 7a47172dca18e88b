package org.openpanelmcp.metadata;

import java.util.List;
import java.util.Optional;

/** The credentials of an installation. */
public interface Clients {
    Optional<Client> find(String id);

    /** By creation time, then id. */
    List<Client> list(String organizationId);

    /** Inserts, or replaces the one with the same id. */
    void save(Client client);

    /** @return false when there is no such client */
    boolean revoke(String id);
}
