package org.openpanelmcp.metadata;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** For how long projects keep what happened. */
public interface RetentionPeriods {
    /** The longest that can be set, a hundred years. */
    int MOST_DAYS = 36_500;

    /** In days; empty: for ever. */
    OptionalInt find(String projectId);

    /**
     * Sets it.
     *
     * @param days empty: for ever
     * @throws MetadataRefusal when there is no such project, or the number of days is not allowed
     */
    void save(String projectId, OptionalInt days);

    /**
     * Since when what happened is kept, by project, for those that do not keep it for ever: the beginning of the day, in
     * the project's zone, that lies that many days before today.
     */
    Map<String, Instant> keptSince(Instant now);
}
