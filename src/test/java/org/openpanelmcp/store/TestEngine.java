package org.openpanelmcp.store;

import java.util.List;
import java.util.Map;

/** An engine with empty tables of its own. */
public interface TestEngine extends AutoCloseable {
    EventStore store();

    /**
     * Inserts rows.
     *
     * @param rows each by column: text, whole number, boolean, {@code Instant}, {@code UUID}, list or map of texts
     */
    void insert(String table, List<Map<String, Object>> rows);

    /** Whether a query is being computed at this moment, not only waiting for a thread. */
    boolean computing();

    @Override
    void close();
}
