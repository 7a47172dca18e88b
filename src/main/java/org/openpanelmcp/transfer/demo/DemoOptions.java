package org.openpanelmcp.transfer.demo;

import java.time.Instant;

/**
 * What to invent. The same options give the same rows.
 *
 * @param until the end of the data; the 90 days up to it are filled, the last one as far as it has come
 * @param events about how many events, {@link #LEAST_EVENTS} to {@link #MOST_EVENTS}
 */
public record DemoOptions(long seed, Instant until, long events) {
    public static final long DEFAULT_SEED = 20_260_101;
    public static final long DEFAULT_EVENTS = 200_000;
    public static final long LEAST_EVENTS = 1_000;
    public static final long MOST_EVENTS = 10_000_000;

    public DemoOptions {
        if (events < LEAST_EVENTS || events > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "events is %d, allowed are %,d to %,d".formatted(events, LEAST_EVENTS, MOST_EVENTS));
        }
    }
}
