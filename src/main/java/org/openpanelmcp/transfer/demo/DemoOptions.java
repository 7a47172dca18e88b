package org.openpanelmcp.transfer.demo;

import java.time.LocalDate;

/**
 * What to invent. The same options give the same rows.
 *
 * @param day the UTC day whose beginning ends the data; the 90 days before it are filled
 * @param events about how many events, 1,000 to 10,000,000
 */
public record DemoOptions(long seed, LocalDate day, long events) {
    public static final long DEFAULT_SEED = 20_260_101;
    public static final long DEFAULT_EVENTS = 200_000;

    public DemoOptions {
        if (events < 1_000 || events > 10_000_000) {
            throw new IllegalArgumentException("events is " + events + ", allowed are 1,000 to 10,000,000");
        }
    }

    /** The default seed and size, up to {@code day}. */
    public static DemoOptions upTo(LocalDate day) {
        return new DemoOptions(DEFAULT_SEED, day, DEFAULT_EVENTS);
    }
}
