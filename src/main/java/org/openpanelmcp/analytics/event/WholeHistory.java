package org.openpanelmcp.analytics.event;

import java.time.LocalDate;
import java.time.ZoneId;
import org.openpanelmcp.query.TimeRange;

/** The range that leaves nothing out. */
final class WholeHistory {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 2);
    private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

    private WholeHistory() {}

    static TimeRange in(ZoneId zone) {
        return TimeRange.ofDays(FIRST, LAST, zone);
    }
}
