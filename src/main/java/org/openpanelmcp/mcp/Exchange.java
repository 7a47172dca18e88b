package org.openpanelmcp.mcp;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What goes from a running call to its client: messages on the way, then the answer. Safe for several threads. */
final class Exchange {
    /** A client that reads slower than this gets no more progress, only the answer. */
    private static final int MOST_WAITING = 1_000;

    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final Cancellation cancellation = new Cancellation();
    private final boolean streams;

    Exchange(boolean streams) {
        this.streams = streams;
    }

    /** Whether the client reads anything besides the answer. */
    boolean streams() {
        return streams;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    void tell(ObjectNode message) {
        if (streams && items.size() < MOST_WAITING) {
            items.add(new Item.Told(message.toString()));
        }
    }

    /** The first answer counts. */
    void done(RpcAnswer answer) {
        items.add(new Item.Done(answer));
    }

    /** Null when nothing came in time. */
    @Nullable
    Item next(long nanoseconds) throws InterruptedException {
        return items.poll(Math.max(nanoseconds, 0), TimeUnit.NANOSECONDS);
    }

    sealed interface Item {
        record Told(String json) implements Item {}

        record Done(RpcAnswer answer) implements Item {}
    }
}
