package org.openpanelmcp.analytics;

import org.jspecify.annotations.Nullable;

/** Relative change: {@code (now - before) / before}, signed, four digits; null when there was nothing before. */
public final class Change {
    private Change() {}

    public static @Nullable Double of(long now, long before) {
        return of((double) now, (double) before);
    }

    public static @Nullable Double of(double now, double before) {
        return before == 0 ? null : Rounding.round((now - before) / before, 4);
    }
}
