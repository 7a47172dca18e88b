package org.openpanelmcp.store;

/** Makes a value of one row. Runs on a thread of the engine: it must not block. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(Row row);
}
