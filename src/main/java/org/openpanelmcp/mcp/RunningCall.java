package org.openpanelmcp.mcp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A call while it runs, as its tool, prompt or resource sees it. */
final class RunningCall<C> implements CallContext {
    private final Turn<C> turn;
    private final Exchange exchange;
    private final Cancellation cancellation;
    private final @Nullable LogLevel threshold;
    private final @Nullable JsonNode progressToken;
    private final long startedAt = System.nanoTime();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private double progressed = Double.NEGATIVE_INFINITY;
    private volatile Input input = Input.NONE;

    /** @param threshold least level of log messages that the client wants; null for none at all */
    RunningCall(Turn<C> turn, Exchange exchange, Cancellation cancellation, @Nullable LogLevel threshold) {
        this.turn = turn;
        this.exchange = exchange;
        this.cancellation = cancellation;
        this.threshold = threshold;
        var token = turn.meta().get(MetaKey.PROGRESS_TOKEN);
        this.progressToken = token != null && (token.isString() || token.isIntegralNumber()) ? token : null;
    }

    Turn<C> turn() {
        return turn;
    }

    Exchange exchange() {
        return exchange;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** In terms of {@link System#nanoTime()}. */
    long startedAt() {
        return startedAt;
    }

    /** True for the first who asks: whoever that is writes the one answer of this call. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void input(Input given) {
        input = given;
    }

    @Override
    public void onCancel(Runnable action) {
        cancellation.onCancel(action);
    }

    @Override
    public boolean cancelled() {
        return cancellation.ending().isPresent();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        if (progressToken == null || cancelled()) {
            return;
        }
        synchronized (this) {
            // The protocol wants progress to increase; an equal or smaller value says nothing new.
            if (!(done > progressed)) {
                return;
            }
            progressed = done;
        }
        var params = Json.object();
        params.set("progressToken", progressToken);
        params.put("progress", done);
        if (total != null) {
            params.put("total", total.doubleValue());
        }
        if (message != null) {
            params.put("message", message);
        }
        exchange.tell(notification("notifications/progress", params));
    }

    @Override
    public void log(LogLevel level, String message) {
        if (threshold != null && level.compareTo(threshold) >= 0 && !cancelled()) {
            exchange.tell(notification(
                    "notifications/message",
                    Json.object().put("level", level.wireName()).put("data", message)));
        }
    }

    @Override
    public Input input() {
        return input;
    }

    @Override
    public boolean canAsk(InputRequest.Kind kind) {
        return turn.revision().modern()
                ? turn.meta().path(MetaKey.CLIENT_CAPABILITIES).has(kind.capability())
                : exchange.streams();
    }

    static ObjectNode notification(String method, ObjectNode params) {
        var message = Json.object().put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        return message;
    }
}
