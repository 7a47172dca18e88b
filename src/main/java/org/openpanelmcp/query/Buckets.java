package org.openpanelmcp.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The buckets of a series: cut in Java from the rules of the zone, found by the engine with whole-number arithmetic.
 *
 * <p>A row's bucket key is computed from its milliseconds plus the zone's offset (a {@code case} where the offset changes
 * within the range), because converting the zone row by row costs an engine five times more. The repeated hour of autumn
 * is two hour buckets.
 */
public final class Buckets {
    /** More buckets than anybody reads are refused. */
    public static final int MOST = 2_000;

    /**
     * One bucket.
     *
     * @param key what {@link Buckets#key} gives for its rows
     * @param start its first moment, which may lie before the range
     * @param next the first moment of the following bucket
     */
    public record Bucket(long key, OffsetDateTime start, OffsetDateTime next) {
        /** Whether a part of it lies outside the range or in the future. */
        public boolean partial(TimeRange range, Instant now) {
            return start.toInstant().isBefore(range.start())
                    || next.toInstant().isAfter(range.afterEnd())
                    || next.toInstant().isAfter(now);
        }
    }

    private final TimeRange range;
    private final Interval interval;
    private final List<Bucket> list;

    private Buckets(TimeRange range, Interval interval, List<Bucket> list) {
        this.range = range;
        this.interval = interval;
        this.list = List.copyOf(list);
    }

    /** The buckets that touch the range, without gaps. */
    public static Buckets of(TimeRange range, Interval interval) throws BadValue {
        var buckets = new Buckets(range, interval, List.of());
        var list = new ArrayList<Bucket>();
        for (var start = buckets.firstStart(); !start.isAfter(range.end()); ) {
            var next = buckets.startAfter(start);
            list.add(new Bucket(buckets.key(start), here(start, range.zone()), here(next, range.zone())));
            start = next;
            if (list.size() > MOST) {
                throw new BadValue(
                        "interval",
                        "The range has more than " + MOST + " buckets of one "
                                + interval.name().toLowerCase(java.util.Locale.ROOT)
                                + ". Take a wider interval or a shorter range.");
            }
        }
        return new Buckets(range, interval, list);
    }

    /** The day in the range's zone that a row of the range belongs to, as a number; for ranges of any length. */
    public static Sql day(TimeRange range, Sql millis, Dialect dialect) {
        return new Buckets(range, Interval.DAY, List.of()).key(millis, dialect);
    }

    /** Milliseconds by the clock of the range's zone, of a row of the range. */
    static Sql local(TimeRange range, Interval interval, Sql millis) {
        return shifted(millis, Shifts.ofZone(range, interval));
    }

    public List<Bucket> list() {
        return list;
    }

    /** Without those that lie wholly in the future, unless rows came from there. */
    public List<Bucket> begun(Instant now, LongPredicate hasRows) {
        return list.stream()
                .filter(bucket -> !bucket.start().toInstant().isAfter(now) || hasRows.test(bucket.key()))
                .toList();
    }

    /** The key of the bucket that a row of the range belongs to. */
    public Sql key(Sql millis, Dialect dialect) {
        var local = shifted(millis, Shifts.ofZone(range, interval));
        if (interval != Interval.HOUR) {
            return keyOfLocal(local, dialect);
        }
        var hour = keyOfLocal(local, dialect);
        var repeated =
                Repeats.in(range).stream().map(span -> span.holds(millis)).toList();
        return repeated.isEmpty()
                ? hour
                : Sql.template("({hour} + case when {repeated} then 1 else 0 end)")
                        .put("hour", hour)
                        .put("repeated", Sql.or(repeated))
                        .sql();
    }

    /** The key of the bucket whose counterpart in the earlier period a row belongs to. */
    public Sql keyOfEarlier(Sql millis, TimeRange earlier, Comparison comparison, Dialect dialect) {
        return keyOfLocal(shifted(millis, Shifts.ofEarlier(earlier, range, comparison, interval)), dialect);
    }

    private Sql keyOfLocal(Sql local, Dialect dialect) {
        return switch (interval) {
            case HOUR ->
                Sql.template("({hour} * 2)")
                        .put("hour", dialect.divideWhole(local, Sql.value(3_600_000L)))
                        .sql();
            case DAY -> dialect.divideWhole(local, Sql.value(86_400_000L));
            // 1970-01-01 was a Thursday: three days later the first full week begins.
            case WEEK ->
                dialect.divideWhole(
                        Sql.template("({local} + {days})")
                                .put("local", local)
                                .bind("days", 3 * 86_400_000L)
                                .sql(),
                        Sql.value(7 * 86_400_000L));
            case MONTH -> dialect.monthIndex(local);
        };
    }

    private static Sql shifted(Sql millis, List<Shifts.Shift> shifts) {
        var last = shifts.getLast();
        if (shifts.size() == 1) {
            return Sql.template("({at} + {shift})")
                    .put("at", millis)
                    .bind("shift", last.millis())
                    .sql();
        }
        var cases = shifts.subList(0, shifts.size() - 1).stream()
                .map(shift -> Sql.template("when {at} < {until} then {shift}")
                        .put("at", millis)
                        .bind("until", shift.until().toEpochMilli())
                        .bind("shift", shift.millis())
                        .sql())
                .toList();
        return Sql.template("({at} + case {cases} else {shift} end)")
                .put("at", millis)
                .put("cases", Sql.join(cases, " "))
                .bind("shift", last.millis())
                .sql();
    }

    private Instant firstStart() {
        var zone = range.zone();
        if (interval != Interval.HOUR) {
            return interval.floor(range.startLocal())
                    .toLocalDate()
                    .atStartOfDay(zone)
                    .toInstant();
        }
        var rules = zone.getRules();
        var start = range.start();
        var floor = interval.floor(range.startLocal()).toInstant(rules.getOffset(start));
        var change = rules.previousTransition(start.plusMillis(1));
        return change != null && change.getInstant().isAfter(floor) ? change.getInstant() : floor;
    }

    private Instant startAfter(Instant start) {
        var zone = range.zone();
        var local = LocalDateTime.ofInstant(start, zone);
        if (interval != Interval.HOUR) {
            return startOfDayAfter(interval.next(interval.floor(local)).toLocalDate(), start);
        }
        var rules = zone.getRules();
        var next = interval.next(interval.floor(local)).toInstant(rules.getOffset(start));
        var change = rules.nextTransition(start);
        return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    /** Skips days that a zone left out (Samoa had no 30 December 2011). */
    private Instant startOfDayAfter(LocalDate day, Instant start) {
        var candidate = day;
        var next = candidate.atStartOfDay(range.zone()).toInstant();
        while (!next.isAfter(start)) {
            candidate = candidate.plusDays(1);
            next = candidate.atStartOfDay(range.zone()).toInstant();
        }
        return next;
    }

    private long key(Instant start) {
        var local = LocalDateTime.ofInstant(start, range.zone());
        long day = local.toLocalDate().toEpochDay();
        return switch (interval) {
            case HOUR ->
                ChronoUnit.HOURS.between(LocalDate.EPOCH.atStartOfDay(), interval.floor(local)) * 2
                        + (Repeats.in(range).stream().anyMatch(span -> span.holds(start)) ? 1 : 0);
            case DAY -> day;
            case WEEK -> Math.floorDiv(day + 3, 7);
            case MONTH -> local.getYear() * 12L + local.getMonthValue() - 1;
        };
    }

    private static OffsetDateTime here(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }
}
