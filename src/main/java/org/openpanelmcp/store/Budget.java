package org.openpanelmcp.store;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What one query may cost.
 *
 * @param time from submission to the last row
 * @param rows more than this is a failure, not a cut: queries carry their own limit
 * @param characters of text in all rows together
 * @param onCancel registers what stops the query when nobody waits for it any more; runs it at once when that is so
 *     already
 */
public record Budget(Duration time, int rows, long characters, Consumer<Runnable> onCancel) {
    /** Nobody cancels; for start-up work and tests. */
    public static Budget uncancelled(Duration time) {
        return new Budget(time, 100_000, 32_000_000, action -> {});
    }
}
