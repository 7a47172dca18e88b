package org.openpanelmcp.query;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How wide the buckets of a series are. Weeks begin on Monday. */
public enum Interval {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** The beginning of the bucket that holds the local time. */
    LocalDateTime floor(LocalDateTime local) {
        var day = local.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    LocalDateTime next(LocalDateTime start) {
        return switch (this) {
            case HOUR -> start.plusHours(1);
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }
}
