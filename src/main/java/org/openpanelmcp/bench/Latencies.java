package org.openpanelmcp.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** How long many calls took, in steps of a tenth of a millisecond up to ten seconds. Shared between threads. */
final class Latencies {
    private static final int STEPS = 100_000;
    private static final double STEPS_PER_MILLI = 10;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS + 1);

    void add(long nanos) {
        counts.incrementAndGet((int) Math.min(STEPS, nanos * STEPS_PER_MILLI / 1e6));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** Milliseconds that a share of the calls did not exceed. */
    double percentile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int i = 0; i <= STEPS; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return (i + 1) / STEPS_PER_MILLI;
            }
        }
        return STEPS / STEPS_PER_MILLI;
    }
}
