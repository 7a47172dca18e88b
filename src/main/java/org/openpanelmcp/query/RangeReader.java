package org.openpanelmcp.query;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/**
 * Reads {@code startDate} and {@code endDate}: a day, a local date-time, an instant with offset, or a word for a period.
 * Nothing given means the last 30 days including today. Shared between threads.
 */
public final class RangeReader {
    /** The days of a range when the caller names none, today included. */
    public static final int DEFAULT_DAYS = 30;

    /** What both arguments accept, for schemas and messages. */
    public static final String FORMS = "a day (2026-11-20), a local time in the project's zone (2026-11-20T14:30), an"
            + " instant with offset (2026-11-20T14:30:00Z), or one of: " + String.join(", ", Period.WORDS)
            + ", Nd (the last N days including today, such as 7d)";

    private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s?([Zz]|[+-]\\d{2}:?\\d{2})?");
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 2);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private final ZoneId zone;
    private final Instant now;

    public RangeReader(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.now = clock.instant();
    }

    /** The range that the two arguments name; either may be null. */
    public TimeRange read(@Nullable String startDate, @Nullable String endDate) throws BadValue {
        var today = LocalDate.ofInstant(now, zone);
        if (startDate == null && endDate == null) {
            return TimeRange.ofDays(today.minusDays(DEFAULT_DAYS - 1L), today, zone);
        }
        var from = startDate == null ? null : moment("startDate", startDate, today);
        var to = endDate == null ? null : moment("endDate", endDate, today);
        var end = to != null ? to.last() : from != null && from.period() ? from.last() : lastMoment(today, from);
        var start = from != null ? from.first() : firstOfDefault(end);
        if (start.isAfter(end)) {
            throw new BadValue(
                    "startDate",
                    "The range starts after it ends: startDate is " + shown(start) + ", endDate is " + shown(end)
                            + ". Swap them, or leave one out.");
        }
        return new TimeRange(start, end, zone);
    }

    /**
     * Checks one argument by itself; whether the two fit together shows when they are read.
     *
     * @throws BadValue when it has none of the accepted forms
     */
    public static void check(String field, String given) throws BadValue {
        var anyClock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        new RangeReader(ZoneOffset.UTC, anyClock).moment(field, given, LocalDate.of(2000, 1, 1));
    }

    private Instant lastMoment(LocalDate today, @Nullable Span from) {
        var end = TimeRange.lastMoment(today, zone);
        return from != null && from.first().isAfter(end) ? from.last() : end;
    }

    private Instant firstOfDefault(Instant end) {
        return LocalDate.ofInstant(end, zone)
                .minusDays(DEFAULT_DAYS - 1L)
                .atStartOfDay(zone)
                .toInstant();
    }

    private String shown(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime().toString();
    }

    /** The first and last moment that one argument names. */
    private record Span(Instant first, Instant last, boolean period) {}

    private Span moment(String field, String given, LocalDate today) throws BadValue {
        var text = given.strip();
        var day = DAY.matcher(text);
        if (day.matches()) {
            return days(day(field, text), day(field, text), false);
        }
        var time = TIME.matcher(text);
        if (time.matches()) {
            return time(field, text, time.group(1), time.group(2), time.group(3));
        }
        var period = Period.named(text.toLowerCase(Locale.ROOT), today);
        if (period.isPresent()) {
            return days(period.get().first(), period.get().last(), true);
        }
        var meant = Nearest.to(text, Period.WORDS);
        throw new BadValue(
                field,
                Quoted.of(given) + " is no date. Give " + FORMS + "."
                        + meant.map(word -> " Did you mean \"" + word + "\"?").orElse(""));
    }

    private Span days(LocalDate first, LocalDate last, boolean period) {
        return new Span(first.atStartOfDay(zone).toInstant(), TimeRange.lastMoment(last, zone), period);
    }

    private Span time(String field, String text, String date, String clock, @Nullable String offset) throws BadValue {
        var day = day(field, date);
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(day + "T" + clock);
            if (offset != null) {
                var written = offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset;
                var instant = OffsetDateTime.parse(local + written.toUpperCase(Locale.ROOT))
                        .toInstant();
                return new Span(instant, instant, false);
            }
        } catch (DateTimeException impossible) {
            throw new BadValue(
                    field,
                    "\"" + text + "\" names an impossible time of day or offset. Hours go from 00 to 23, minutes and"
                            + " seconds to 59, offsets to +18:00.");
        }
        var earlier = local.atZone(zone);
        return new Span(earlier.toInstant(), earlier.withLaterOffsetAtOverlap().toInstant(), false);
    }

    private static LocalDate day(String field, String text) throws BadValue {
        var parts = List.of(text.split("-", -1));
        int year = Integer.parseInt(parts.get(0));
        int month = Integer.parseInt(parts.get(1));
        int day = Integer.parseInt(parts.get(2));
        if (month < 1 || month > 12) {
            throw new BadValue(field, "\"" + text + "\" is no day: months go from 01 to 12.");
        }
        int length = YearMonth.of(year, month).lengthOfMonth();
        if (day < 1 || day > length) {
            throw new BadValue(
                    field,
                    "\"" + text + "\" is no day: " + text.substring(0, 7) + " has " + length + " days. The last one is "
                            + text.substring(0, 8) + length + ".");
        }
        var date = LocalDate.of(year, month, day);
        if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
            throw new BadValue(
                    field,
                    "\"" + text + "\" is out of bounds. Days from " + EARLIEST + " to " + LATEST + " are allowed.");
        }
        return date;
    }
}
