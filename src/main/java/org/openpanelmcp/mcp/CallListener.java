package org.openpanelmcp.mcp;

import java.time.Duration;

/**
 * Is told about every request of the protocol that reached its method, for audit and metrics. Called once for each, on
 * the thread that made the answer; must not block long.
 *
 * @param <C> what the product knows about a caller
 */
@FunctionalInterface
public interface CallListener<C> {
    void finished(Call<C> call);

    /**
     * A finished request; never holds values of arguments.
     *
     * @param requestId as in the log
     * @param method such as {@code tools/call}
     * @param subject the tool, prompt or resource as the client named it; empty when the method has none
     * @param bytes length of the JSON answer
     */
    record Call<C>(
            C caller,
            String callerId,
            String requestId,
            String method,
            String subject,
            Duration duration,
            long bytes,
            Outcome outcome) {}

    /** How a request ended. */
    enum Outcome {
        ANSWERED,
        /** The tool answered that it could not do what was asked. */
        TOOL_ERROR,
        /** The client has to answer questions first. */
        INPUT_REQUIRED,
        /** The request broke the protocol. */
        FAULT,
        /** Our own defect; the log has it under the request id. */
        FAILED,
        CANCELLED,
        TIMED_OUT
    }
}
