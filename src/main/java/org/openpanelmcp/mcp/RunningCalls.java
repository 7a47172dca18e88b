package org.openpanelmcp.mcp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The calls that run now. Safe for several threads. */
final class RunningCalls {
    private final Set<RunningCall<?>> running = ConcurrentHashMap.newKeySet();

    void add(RunningCall<?> call) {
        running.add(call);
    }

    void remove(RunningCall<?> call) {
        running.remove(call);
    }

    /**
     * Cancels what a caller asks to cancel. Request ids are only unique within one connection, which is not known here:
     * where two calls of one credential have the same id, stopping either would be a guess.
     */
    void cancel(String callerId, JsonNode id) {
        var meant = running.stream()
                .filter(call -> call.turn().admission().callerId().equals(callerId)
                        && call.turn().call().id().equals(id))
                .toList();
        if (meant.size() == 1) {
            meant.getFirst().cancellation().cancel(Ending.CANCELLED);
        }
    }

    void stopAll() {
        running.forEach(call -> call.cancellation().cancel(Ending.STOPPING));
    }
}
