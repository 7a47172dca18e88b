package org.openpanelmcp.query;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** The spans of a range in which the clock shows an hour for the second time. */
final class Repeats {
    private Repeats() {}

    /** One such span, its end not included. */
    record Span(Instant start, Instant end) {
        boolean holds(Instant at) {
            return !at.isBefore(start) && at.isBefore(end);
        }

        Sql holds(Sql millis) {
            return Sql.template("({at} >= {start} and {at} < {end})")
                    .put("at", millis)
                    .bind("start", start.toEpochMilli())
                    .bind("end", end.toEpochMilli())
                    .sql();
        }
    }

    static List<Span> in(TimeRange range) {
        Predicate<Span> touches = span -> span.end().isAfter(range.start());
        return Shifts.changes(range).stream()
                .filter(change -> change.isOverlap())
                .map(change -> {
                    var overlapEnd = change.getDateTimeBefore();
                    return new Span(
                            change.getInstant(), wholeHourFrom(overlapEnd).toInstant(change.getOffsetAfter()));
                })
                .filter(touches)
                .toList();
    }

    private static LocalDateTime wholeHourFrom(LocalDateTime local) {
        var hour = local.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(local) ? hour : hour.plusHours(1);
    }
}
