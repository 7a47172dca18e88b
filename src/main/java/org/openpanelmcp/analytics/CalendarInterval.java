package org.openpanelmcp.analytics;

import java.time.Period;
import org.openpanelmcp.query.Interval;

/** How wide the buckets of questions about people are: an hour says nothing about who comes back. */
public enum CalendarInterval {
    DAY(Interval.DAY),
    WEEK(Interval.WEEK),
    MONTH(Interval.MONTH);

    private final Interval width;

    CalendarInterval(Interval width) {
        this.width = width;
    }

    public Interval width() {
        return width;
    }

    /** As long as that many of them. */
    public Period times(int count) {
        return switch (this) {
            case DAY -> Period.ofDays(count);
            case WEEK -> Period.ofWeeks(count);
            case MONTH -> Period.ofMonths(count);
        };
    }
}
