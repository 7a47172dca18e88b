package org.openpanelmcp.store;

import java.util.List;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ScopedQuery;

/** The events, sessions, profiles and groups of all projects. Shared between threads. */
public interface EventStore extends AutoCloseable {
    Dialect dialect();

    /**
     * Runs one query and maps its rows.
     *
     * @throws QueryFailure when it takes too long, is cancelled, is too large or the engine fails
     */
    <T> List<T> query(ScopedQuery query, RowMapper<T> mapper, Budget budget) throws QueryFailure;

    /** Changes whenever stored data changes; what was computed for one version stays true for it. */
    long version();

    @Override
    void close();
}
