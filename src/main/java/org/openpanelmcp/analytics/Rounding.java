package org.openpanelmcp.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Figures for people: rounded half up, never infinite. Rounding happens here and never in SQL. */
public final class Rounding {
    private Rounding() {}

    public static double round(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    /** {@code 100 * part / whole} with two digits; 0 of nothing. */
    public static double percent(long part, long whole) {
        return whole == 0 ? 0 : round(100.0 * part / whole, 2);
    }

    /** {@code amount / count} with two digits; 0 of nothing. */
    public static double ratio(double amount, long count) {
        return count == 0 ? 0 : round(amount / count, 2);
    }

    /** Milliseconds as seconds with two digits; 0 when there are none. */
    public static double seconds(OptionalDouble millis) {
        return millis.isPresent() ? round(millis.getAsDouble() / 1000, 2) : 0;
    }
}
