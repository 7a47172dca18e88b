package org.openpanelmcp.metadata;

import java.util.List;
import java.util.Optional;

/** The credentials of an installation. */
public interface Clients {
    Optional<Client> find(String id);

    /** By creation time, then id. */
    List<Client> list(String organizationId);

    /**
     * Inserts, or replaces the one with the same id.
     *
     * @throws MetadataRefusal when the id is not allowed or was revoked, or the project is none of the organization's
     */
    void save(Client client);

    /** @return false when there is no such client */
    boolean revoke(String id);

    /** By id. */
    List<RevokedClient> revoked();

    /**
     * Revokes a client that was revoked in another installation, whether it is known here or not.
     *
     * @return false when it was revoked here before
     */
    boolean revoke(RevokedClient client);
}
