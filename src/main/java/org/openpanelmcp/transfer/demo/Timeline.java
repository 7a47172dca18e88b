package org.openpanelmcp.transfer.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The days that are filled, as the project's zone cuts them, and the part of the last one that is over. */
final class Timeline {
    static final int DAYS = 90;
    static final long HOUR = 3_600_000L;

    private final ZoneId zone;
    private final LocalDate firstDay;
    private final long first;
    private final long end;

    /** @param until a demo that ends at midnight ends with a whole day; else the day that has begun is its last */
    Timeline(ZoneId zone, Instant until) {
        this.zone = zone;
        this.firstDay = LocalDate.ofInstant(until.minusMillis(1), zone).minusDays(DAYS - 1L);
        this.first = firstInstant().toEpochMilli();
        this.end = until.toEpochMilli();
    }

    ZoneId zone() {
        return zone;
    }

    LocalDate firstDay() {
        return firstDay;
    }

    LocalDate lastDay() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(end - 1), zone);
    }

    Instant firstInstant() {
        return firstDay.atStartOfDay(zone).toInstant();
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    /** How many hours pass from the beginning to the end, the last one perhaps in part. */
    int hours() {
        return (int) Math.ceilDiv(end - first, HOUR);
    }

    /** When an hour begins that is counted from the beginning. */
    long hour(int number) {
        return first + number * HOUR;
    }

    Moment moment(int hour) {
        var local = Instant.ofEpochMilli(hour(hour)).atZone(zone);
        var date = local.toLocalDate();
        return new Moment((int) ChronoUnit.DAYS.between(firstDay, date), date, local.getHour());
    }

    Instant at(int day, int hour) {
        return firstDay.plusDays(day).atTime(hour, 0).atZone(zone).toInstant();
    }

    /**
     * Where on calendar and clock an hour is.
     *
     * @param day counted from the first day
     */
    record Moment(int day, LocalDate date, int hour) {}
}
