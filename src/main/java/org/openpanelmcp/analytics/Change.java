package org.openpanelmcp.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Relative change: {@code (now - before) / before}, signed, four digits; null when there was nothing before. */
public final class Change {
    private Change() {}

    public static @Nullable Double of(long now, long before) {
        return of((double) now, (double) before);
    }

    public static @Nullable Double of(double now, double before) {
        if (before == 0) {
            return null;
        }
        // In decimals: (1.77 - 1.6) / 1.6 is 0.10625, which binary fractions miss.
        var earlier = BigDecimal.valueOf(before);
        return BigDecimal.valueOf(now)
                .subtract(earlier)
                .divide(earlier, 4, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
