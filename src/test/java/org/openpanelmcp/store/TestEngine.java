package org.openpanelmcp.store;

import java.util.Map;

/** An engine with empty tables of its own. */
public interface TestEngine extends AutoCloseable {
    EventStore store();

    /**
     * Inserts one row.
     *
     * @param row by column: text, whole number, boolean, {@code Instant}, {@code UUID}, list or map of texts
     */
    void insert(String table, Map<String, Object> row);

    /** Whether a query is being computed at this moment, not only waiting for a thread. */
    boolean computing();

    @Override
    void close();
}
