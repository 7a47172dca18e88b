package org.openpanelmcp.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A span of time with both ends included, to the millisecond. A start after the end is refused.
 *
 * @param zone in which its days are counted
 */
public record TimeRange(Instant start, Instant end, ZoneId zone) {
    public TimeRange {
        start = start.truncatedTo(ChronoUnit.MILLIS);
        end = end.truncatedTo(ChronoUnit.MILLIS);
        if (start.isAfter(end)) {
            throw new IllegalArgumentException("start after end");
        }
    }

    /** From the first moment of one day to the last of another, in the zone. */
    public static TimeRange ofDays(LocalDate first, LocalDate last, ZoneId zone) {
        return new TimeRange(first.atStartOfDay(zone).toInstant(), lastMoment(last, zone), zone);
    }

    /** The last day that has begun: a later one than the clock shows where clocks went back over midnight. */
    public static LocalDate dayOf(Instant at, ZoneId zone) {
        var day = LocalDate.ofInstant(at, zone);
        var next = day.plusDays(1);
        return next.atStartOfDay(zone).toInstant().isAfter(at) ? day : next;
    }

    static Instant lastMoment(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
    }

    /** The first moment that is no longer part of it. */
    public Instant afterEnd() {
        return end.plusMillis(1);
    }

    public OffsetDateTime startHere() {
        return start.atZone(zone).toOffsetDateTime();
    }

    public OffsetDateTime endHere() {
        return end.atZone(zone).toOffsetDateTime();
    }

    LocalDateTime startLocal() {
        return LocalDateTime.ofInstant(start, zone);
    }

    LocalDateTime endLocal() {
        return LocalDateTime.ofInstant(end, zone);
    }

    /** How many local days it touches. */
    public long days() {
        return ChronoUnit.DAYS.between(startLocal().toLocalDate(), endLocal().toLocalDate()) + 1;
    }

    /** The condition that a timestamp lies in the range. */
    public Sql holds(Sql timestamp) {
        return Sql.template("{at} >= {start} and {at} < {after}")
                .put("at", timestamp)
                .bind("start", start)
                .bind("after", afterEnd())
                .sql();
    }
}
