package org.openpanelmcp.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a call early, once, and tells everybody who asked to know. Safe for several threads. */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final List<Runnable> actions = new ArrayList<>();
    private @Nullable Ending ending;

    /** Runs the action when the call is ended; at once when it already is. */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (ending == null) {
                actions.add(action);
                return;
            }
        }
        run(action);
    }

    void cancel(Ending reason) {
        List<Runnable> waiting;
        synchronized (this) {
            if (ending != null) {
                return;
            }
            ending = reason;
            waiting = List.copyOf(actions);
            actions.clear();
        }
        waiting.forEach(Cancellation::run);
    }

    synchronized Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("stopping a call failed", failure);
        }
    }
}
