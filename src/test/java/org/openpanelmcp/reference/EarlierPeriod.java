package org.openpanelmcp.reference;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** What a span is compared with. */
final class EarlierPeriod {
    private final CivilTime time;
    private final Span span;
    private final boolean yearly;
    private final long days;

    /** @param yearly compared with a year earlier, otherwise with as many days before */
    EarlierPeriod(CivilTime time, Span span, boolean yearly) {
        this.time = time;
        this.span = span;
        this.yearly = yearly;
        this.days = ChronoUnit.DAYS.between(
                        time.local(span.start()).toLocalDate(),
                        time.local(span.end()).toLocalDate())
                + 1;
    }

    /** The earlier span; as long as the asked one is not over, it ends at the same local time. */
    Span span(long now) {
        long until = now >= span.start() && now < span.end() ? now : span.end();
        long start = sameEarlier(span.start(), time.firstMoment(time.dayOf(span.start())), true);
        long end = sameEarlier(until, time.lastMoment(time.dayOf(until)), false);
        return new Span(start, Math.max(start, end));
    }

    private long sameEarlier(long at, long edgeOfDay, boolean first) {
        if (at != edgeOfDay) {
            return time.sameTimeOn(earlier(time.local(at)));
        }
        var day = earlier(time.dayOf(at).atStartOfDay()).toLocalDate();
        return first ? time.firstMoment(day) : time.lastMoment(day);
    }

    private LocalDateTime earlier(LocalDateTime local) {
        return yearly ? local.minusYears(1) : local.minusDays(days);
    }

    /** The bucket of the asked span that a moment of the earlier one is shown in. */
    OptionalLong bucketFor(long at, Width width, List<Long> starts) {
        var local = width == Width.HOUR ? time.local(at) : time.dayOf(at).atStartOfDay();
        var day = later(local.toLocalDate());
        return time.bucketOf(width, day.atTime(local.toLocalTime()), starts);
    }

    /** 28 February stands for the 29th where the asked span begins with that. */
    private LocalDate later(LocalDate day) {
        var first = time.dayOf(span.start());
        var later = yearly ? day.plusYears(1) : day.plusDays(days);
        return later.isBefore(first) ? first : later;
    }

    /** Whether a day that a zone left out is involved, for which "the day before" has no plain meaning. */
    boolean meetsDayThatNeverWas(long now) {
        var earlier = span(now);
        return anyMissing(span) || anyMissing(earlier);
    }

    private boolean anyMissing(Span checked) {
        var last = time.dayOf(checked.end()).plusDays(1);
        for (var day = time.dayOf(checked.start()).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            if (!time.exists(day)) {
                return true;
            }
        }
        return false;
    }
}
