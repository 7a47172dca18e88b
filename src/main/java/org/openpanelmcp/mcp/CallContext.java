package org.openpanelmcp.mcp;

import org.jspecify.annotations.Nullable;

/** What a running call may tell its client, and how it learns that nobody waits any more. Safe for several threads. */
public interface CallContext {
    /** Runs the action when the call is cancelled; at once when it already is. */
    void onCancel(Runnable action);

    boolean cancelled();

    /** Sends a progress notification when the client asked for them; otherwise does nothing. */
    void progress(double done, @Nullable Double total, @Nullable String message);
}
