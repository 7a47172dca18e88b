package org.openpanelmcp.query;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What to add to milliseconds since 1970 UTC to get local ones, piece by piece through a range. */
final class Shifts {
    private Shifts() {}

    /**
     * One piece.
     *
     * @param until the first moment of the next piece
     * @param millis to add
     */
    record Shift(Instant until, long millis) {}

    /** The offsets of the zone. */
    static List<Shift> ofZone(TimeRange range, Interval interval) {
        var shifts = new ArrayList<Shift>();
        var at = range.start();
        for (var change : changes(range)) {
            var from = effective(change, interval);
            if (from.isAfter(range.end())) {
                shifts.add(new Shift(
                        range.afterEnd(), millis(change.getOffsetBefore().getTotalSeconds())));
                return shifts;
            }
            if (from.isAfter(at)) {
                shifts.add(new Shift(from, millis(change.getOffsetBefore().getTotalSeconds())));
                at = from;
            }
        }
        long last = millis(range.zone().getRules().getOffset(range.end()).getTotalSeconds());
        shifts.add(new Shift(range.afterEnd(), last));
        return shifts;
    }

    /** The offsets of the zone plus the days to the counterpart in the later range. */
    static List<Shift> ofEarlier(TimeRange earlier, TimeRange range, Comparison comparison, Interval interval) {
        var cuts = new TreeSet<Instant>();
        var zoned = ofZone(earlier, interval);
        zoned.forEach(shift -> cuts.add(shift.until()));
        for (int year = earlier.startLocal().getYear();
                year <= earlier.endLocal().getYear();
                year++) {
            // Around 29 February the same day a year later changes its distance.
            cutAt(LocalDate.of(year, 3, 1).minusDays(1), earlier, cuts);
            cutAt(LocalDate.of(year, 3, 1), earlier, cuts);
        }
        var shifts = new ArrayList<Shift>();
        var at = earlier.start();
        for (var until : cuts) {
            long days = comparison.daysTo(LocalDate.ofInstant(at, earlier.zone()), range);
            shifts.add(
                    new Shift(until, shiftAt(at, zoned) + Duration.ofDays(days).toMillis()));
            at = until;
        }
        return shifts;
    }

    private static void cutAt(LocalDate day, TimeRange range, Set<Instant> cuts) {
        var start = day.atStartOfDay(range.zone()).toInstant();
        if (start.isAfter(range.start()) && start.isBefore(range.afterEnd())) {
            cuts.add(start);
        }
    }

    private static long shiftAt(Instant at, List<Shift> zoned) {
        for (var shift : zoned) {
            if (at.isBefore(shift.until())) {
                return shift.millis();
            }
        }
        return zoned.getLast().millis();
    }

    static List<ZoneOffsetTransition> changes(TimeRange range) {
        var changes = new ArrayList<ZoneOffsetTransition>();
        var rules = range.zone().getRules();
        // One day of overlap before the start: a delayed change may begin to count inside the range.
        var change = rules.nextTransition(range.start().minus(Duration.ofDays(1)));
        while (change != null && !change.getInstant().isAfter(range.end())) {
            changes.add(change);
            change = rules.nextTransition(change.getInstant());
        }
        return changes;
    }

    /**
     * When a change of offset begins to count. TRICKY: where clocks went back over midnight (00:01 to 23:01 in Goose Bay
     * until 2011) the old offset goes on until the overlap has passed, because the day began at its first midnight.
     */
    private static Instant effective(ZoneOffsetTransition change, Interval interval) {
        var before = change.getDateTimeBefore();
        boolean backOverMidnight =
                before.toLocalDate().isAfter(change.getDateTimeAfter().toLocalDate())
                        && !before.toLocalTime().equals(LocalTime.MIDNIGHT);
        return interval != Interval.HOUR && backOverMidnight
                ? change.getInstant().plus(change.getDuration().negated())
                : change.getInstant();
    }

    private static long millis(int seconds) {
        return seconds * 1000L;
    }
}
