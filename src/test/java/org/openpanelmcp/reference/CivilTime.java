package org.openpanelmcp.reference;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Days and buckets of a zone by the slowest way that is plainly right: a day begins when its date is first reached, an
 * hour is a stretch of minutes with one local hour and one offset.
 */
final class CivilTime {
    private static final long MINUTE = 60_000;

    private final ZoneId zone;

    CivilTime(ZoneId zone) {
        this.zone = zone;
    }

    LocalDateTime local(long at) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(at), zone);
    }

    String shown(long at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(at).atZone(zone));
    }

    /** For a day that the zone left out: the first moment of the next one. */
    long firstMoment(LocalDate day) {
        var midnight = day.atStartOfDay();
        var offsets = zone.getRules().getValidOffsets(midnight);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(midnight).getInstant().toEpochMilli()
                : midnight.toInstant(offsets.getFirst()).toEpochMilli();
    }

    long lastMoment(LocalDate day) {
        return firstMoment(day.plusDays(1)) - 1;
    }

    boolean exists(LocalDate day) {
        return dayOf(firstMoment(day)).equals(day);
    }

    /** The last day that has begun. */
    LocalDate dayOf(long at) {
        var day = local(at).toLocalDate().plusDays(1);
        while (firstMoment(day) > at) {
            day = day.minusDays(1);
        }
        return day;
    }

    long bucketStart(Width width, long at) {
        return width == Width.HOUR ? hourStart(at) : firstMoment(firstDay(width, dayOf(at)));
    }

    /** The first moment of every bucket that touches the span. */
    List<Long> bucketStarts(Width width, Span span) {
        var starts = new ArrayList<Long>();
        for (long start = bucketStart(width, span.start()); start <= span.end(); start = next(width, start)) {
            starts.add(start);
        }
        return starts;
    }

    long next(Width width, long start) {
        if (width == Width.HOUR) {
            long end = start;
            while (sameHour(end, start)) {
                end += MINUTE;
            }
            return end;
        }
        var day = dayOf(start);
        while (firstMoment(firstDay(width, day)) <= start) {
            day = day.plusDays(1);
        }
        return firstMoment(firstDay(width, day));
    }

    /** The moment with the same local time some days later or earlier; the first one where there are two. */
    long sameTimeOn(LocalDateTime local) {
        return local.atZone(zone).toInstant().toEpochMilli();
    }

    /** The bucket among {@code starts} that a local time belongs to, the first one where its hour came twice. */
    OptionalLong bucketOf(Width width, LocalDateTime local, List<Long> starts) {
        if (width == Width.HOUR) {
            var hour = local.truncatedTo(ChronoUnit.HOURS);
            return starts.stream()
                    .filter(start -> local(start).truncatedTo(ChronoUnit.HOURS).equals(hour))
                    .mapToLong(Long::longValue)
                    .findFirst();
        }
        var day = local.toLocalDate();
        if (width == Width.DAY && !exists(day)) {
            return OptionalLong.empty();
        }
        long start = firstMoment(firstDay(width, day));
        return starts.contains(start) ? OptionalLong.of(start) : OptionalLong.empty();
    }

    private long hourStart(long at) {
        long start = Math.floorDiv(at, MINUTE) * MINUTE;
        while (sameHour(start - MINUTE, at)) {
            start -= MINUTE;
        }
        return start;
    }

    private boolean sameHour(long left, long right) {
        return offset(left).equals(offset(right))
                && local(left).truncatedTo(ChronoUnit.HOURS).equals(local(right).truncatedTo(ChronoUnit.HOURS));
    }

    private ZoneOffset offset(long at) {
        return zone.getRules().getOffset(Instant.ofEpochMilli(at));
    }

    private static LocalDate firstDay(Width width, LocalDate day) {
        return switch (width) {
            case HOUR, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }
}
