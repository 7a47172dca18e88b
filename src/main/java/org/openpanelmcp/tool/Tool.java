package org.openpanelmcp.tool;

import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.QueryFailure;

/**
 * One question that an assistant can ask. Shared between threads.
 *
 * @param <I> its arguments; see {@link Param}
 * @param <R> its answer, a record with a component {@code Meta meta}
 */
public interface Tool<I extends Record, R extends Record> {
    ToolSpec<I, R> spec();

    /**
     * @throws BadValue an argument that only the tool can judge
     * @throws ToolProblem what else the caller can mend
     * @throws QueryFailure when the store gives no answer
     */
    R run(I input, ToolCall call) throws BadValue, QueryFailure;
}
