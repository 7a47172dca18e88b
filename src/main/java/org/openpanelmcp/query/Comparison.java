package org.openpanelmcp.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The period that a range is compared with: {@code PREVIOUS_PERIOD} lies as many local days earlier as the range has,
 * {@code PREVIOUS_YEAR} a calendar year earlier (29 February becomes the 28th). While the range is unfinished, the other
 * one is cut at the same local time, so that like is compared with like.
 */
public enum Comparison {
    PREVIOUS_PERIOD,
    PREVIOUS_YEAR;

    /** The other period, in the zone of the range. */
    public TimeRange of(TimeRange range, Instant now) {
        long days = range.days();
        var end = now.isBefore(range.end()) && !now.isBefore(range.start()) ? now : range.end();
        var localEnd = LocalDateTime.ofInstant(end, range.zone());
        var earlierStart = startsWithDay(range)
                ? earlier(range.startLocal(), days)
                        .toLocalDate()
                        .atStartOfDay(range.zone())
                        .toInstant()
                : earlier(range.startLocal(), days).atZone(range.zone()).toInstant();
        var earlierEnd = wholeDay(range, end)
                ? TimeRange.lastMoment(earlier(localEnd, days).toLocalDate(), range.zone())
                : earlier(localEnd, days).atZone(range.zone()).toInstant();
        return new TimeRange(earlierStart, earlierEnd.isBefore(earlierStart) ? earlierStart : earlierEnd, range.zone());
    }

    /** True at 01:00, too, where a change of the clocks skipped midnight. */
    private static boolean startsWithDay(TimeRange range) {
        return range.startLocal()
                .toLocalDate()
                .atStartOfDay(range.zone())
                .toInstant()
                .equals(range.start());
    }

    private static boolean wholeDay(TimeRange range, Instant end) {
        return TimeRange.lastMoment(LocalDate.ofInstant(end, range.zone()), range.zone())
                .equals(end);
    }

    private LocalDateTime earlier(LocalDateTime local, long days) {
        return switch (this) {
            case PREVIOUS_PERIOD -> local.minusDays(days);
            case PREVIOUS_YEAR -> local.minusYears(1);
        };
    }

    /** How many local days a moment of the earlier period lies before its counterpart in the range. */
    long daysTo(LocalDate earlierDay, TimeRange range) {
        return switch (this) {
            case PREVIOUS_PERIOD -> range.days();
            case PREVIOUS_YEAR -> {
                var first = range.startLocal().toLocalDate();
                var counterpart = earlierDay.plusYears(1);
                // A range that begins on 29 February begins a year earlier on the 28th.
                yield ChronoUnit.DAYS.between(earlierDay, counterpart.isBefore(first) ? first : counterpart);
            }
        };
    }
}
