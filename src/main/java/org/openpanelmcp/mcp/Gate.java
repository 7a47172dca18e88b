package org.openpanelmcp.mcp;

import java.util.Map;
import org.openpanelmcp.http.Request;

/**
 * Decides who is calling, on every request and before any protocol work.
 *
 * @param <C> what the product knows about a caller
 */
@FunctionalInterface
public interface Gate<C> {
    /** @throws org.openpanelmcp.http.Problem 401, 403 or 429 */
    Admission<C> admit(Request request);

    /**
     * A caller that was let in.
     *
     * @param caller passed on to the tools
     * @param callerId stable id of the credential; cancellation and cursors are bound to it
     * @param headers to add to the answer, such as the rate limit
     */
    record Admission<C>(C caller, String callerId, Map<String, String> headers) {}
}
