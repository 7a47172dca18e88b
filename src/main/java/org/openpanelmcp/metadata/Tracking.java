package org.openpanelmcp.metadata;

import java.util.Optional;

/** What is set for tracking, per project and client. */
public interface Tracking {
    /** Empty when nothing was ever set: {@link TrackingRules#NONE} counts. */
    Optional<TrackingRules> find(String projectId);

    /**
     * Inserts or replaces.
     *
     * @throws MetadataRefusal when there is no such project, or an origin is none
     */
    void save(String projectId, TrackingRules rules);

    /** The client of this id, of whatever type, as every request of a tracker asks for it. */
    Optional<TrackingClient> client(String clientId);

    /** Whether a client may send from anywhere without its secret. */
    boolean isOpen(String clientId);

    /** @param open whether the client may send from anywhere without its secret */
    void setOpen(String clientId, boolean open);
}
