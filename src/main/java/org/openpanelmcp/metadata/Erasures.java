package org.openpanelmcp.metadata;

import java.time.Instant;
import java.util.Collection;
import java.util.OptionalInt;

/**
 * People who were deleted, and their devices. Only keyed hashes of their names are kept, which tell whether somebody who
 * comes along was deleted, and nobody's name.
 */
public interface Erasures {
    /**
     * Remembers a deletion.
     *
     * @param until everything that happened up to then is gone
     */
    void add(Collection<Erased> names, Instant until);

    /**
     * All of them, as they are at this moment.
     *
     * @throws MetadataFailure when the key of the hashes is missing
     */
    Marks marks();

    /**
     * Takes over what was deleted in another installation that has the same key, such as a later state of this one.
     *
     * @return how many were not known here; empty when the keys differ
     */
    OptionalInt takeOver(Erasures other);
}
