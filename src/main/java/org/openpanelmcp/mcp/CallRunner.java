package org.openpanelmcp.mcp;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.http.EventStream;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Response;

/** Runs a call on a thread of its own and answers with JSON when it is quick and quiet, otherwise with a stream. */
final class CallRunner {
    private final McpOptions options;
    private final Semaphore places;

    CallRunner(McpOptions options) {
        this.options = options;
        this.places = new Semaphore(options.calls());
    }

    /**
     * @param work makes the answer; never throws
     * @throws Problem 503 when as many calls run as may
     */
    Response run(Exchange exchange, Accepted accepted, Supplier<RpcAnswer> work) {
        if (!places.tryAcquire()) {
            throw new Problem(
                    503,
                    "busy",
                    "The server runs as many calls as it may; try again shortly.",
                    Map.of("Retry-After", "1"));
        }
        Thread.ofVirtual().name("call").start(() -> {
            try {
                exchange.done(work.get());
            } finally {
                places.release();
            }
        });
        var deadline = System.nanoTime() + options.callTime().toNanos();
        try {
            var first = exchange.next(
                    Math.min(options.patience().toNanos(), options.callTime().toNanos()));
            if (accepted.streams() && !(accepted.json() && first instanceof Exchange.Item.Done)) {
                return Response.events(stream -> stream(exchange, first, deadline, stream));
            }
            return whole(exchange, first, deadline);
        } catch (InterruptedException stopping) {
            throw stopped(exchange);
        }
    }

    private static Response whole(Exchange exchange, Exchange.@Nullable Item first, long deadline)
            throws InterruptedException {
        var item = first;
        while (!(item instanceof Exchange.Item.Done(var answer))) {
            item = exchange.next(deadline - System.nanoTime());
            if (item == null) {
                exchange.cancellation().cancel(Ending.TIMED_OUT);
                item = exchange.next(Long.MAX_VALUE);
            }
        }
        return Response.json(answer.status(), answer.body());
    }

    private void stream(Exchange exchange, Exchange.@Nullable Item first, long deadline, EventStream stream)
            throws IOException {
        var item = first;
        try {
            while (true) {
                switch (item) {
                    case null -> stream.comment("working");
                    case Exchange.Item.Told(var json) -> stream.send(json);
                    case Exchange.Item.Done(var answer) -> {
                        stream.send(answer.text());
                        return;
                    }
                }
                if (System.nanoTime() >= deadline) {
                    exchange.cancellation().cancel(Ending.TIMED_OUT);
                }
                item = exchange.next(
                        Math.min(options.keepAlive().toNanos(), Math.max(deadline - System.nanoTime(), 1_000_000)));
            }
        } catch (IOException gone) {
            exchange.cancellation().cancel(Ending.CLIENT_GONE);
            throw gone;
        } catch (InterruptedException stopping) {
            throw stopped(exchange);
        }
    }

    private static Problem stopped(Exchange exchange) {
        exchange.cancellation().cancel(Ending.STOPPING);
        Thread.currentThread().interrupt();
        return new Problem(503, "stopping", Ending.STOPPING.sentence());
    }
}
