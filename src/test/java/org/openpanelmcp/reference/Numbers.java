package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Exact arithmetic, rounded half up at the end. */
final class Numbers {
    private Numbers() {}

    /** {@code factor * part / whole} with two digits; 0 of nothing. */
    static BigDecimal ratio(long factor, long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(factor)
                        .multiply(BigDecimal.valueOf(part))
                        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    /** The relative change with four digits; null from nothing. */
    static @Nullable BigDecimal change(BigDecimal now, BigDecimal before) {
        return before.signum() == 0
                ? null
                : now.subtract(before).divide(before, MathContext.DECIMAL128).setScale(4, RoundingMode.HALF_UP);
    }
}
