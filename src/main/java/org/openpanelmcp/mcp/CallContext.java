package org.openpanelmcp.mcp;

import org.jspecify.annotations.Nullable;

/** What a running call may tell its client, and how it learns that nobody waits any more. Safe for several threads. */
public interface CallContext {
    /** Runs the action when the call is cancelled; at once when it already is. */
    void onCancel(Runnable action);

    boolean cancelled();

    /** Sends a progress notification when the client asked for them; otherwise does nothing. */
    void progress(double done, @Nullable Double total, @Nullable String message);

    /** Sends a log message when the client wants messages of this level; otherwise does nothing. */
    default void log(LogLevel level, String message) {}

    /** What the client answered when an earlier run of this call asked with {@link InputRequired}. */
    default Input input() {
        return Input.NONE;
    }

    /** Whether the client can be asked; clients of older revisions do not say, then it is worth a try. */
    default boolean canAsk(InputRequest.Kind kind) {
        return false;
    }
}
