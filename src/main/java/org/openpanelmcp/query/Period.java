package org.openpanelmcp.query;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The days that a word such as {@code last_week} names, seen from today. */
record Period(LocalDate first, LocalDate last) {
    static final List<String> WORDS = List.of(
            "today",
            "yesterday",
            "this_week",
            "last_week",
            "this_month",
            "last_month",
            "this_quarter",
            "last_quarter",
            "this_year",
            "last_year");

    private static final Pattern DAYS = Pattern.compile("(?:(?:last|past)_)?(\\d{1,4})_?d(?:ays?)?");
    private static final int MOST_DAYS = 3660;

    /** Understands spaces and hyphens in place of underscores, and {@code last 7 days} for {@code 7d}. */
    static Optional<Period> named(String text, LocalDate today) {
        var word = text.replaceAll("[\\s-]+", "_");
        var days = DAYS.matcher(word);
        if (days.matches()) {
            int count = Integer.parseInt(days.group(1));
            return count < 1 || count > MOST_DAYS
                    ? Optional.empty()
                    : Optional.of(new Period(today.minusDays(count - 1L), today));
        }
        return Optional.ofNullable(
                switch (word) {
                    case "today" -> new Period(today, today);
                    case "yesterday" -> new Period(today.minusDays(1), today.minusDays(1));
                    case "this_week" -> week(today);
                    case "last_week" -> week(today.minusWeeks(1));
                    case "this_month" -> months(today.withDayOfMonth(1), 1);
                    case "last_month" -> months(today.withDayOfMonth(1).minusMonths(1), 1);
                    case "this_quarter" -> months(quarter(today), 3);
                    case "last_quarter" -> months(quarter(today).minusMonths(3), 3);
                    case "this_year" -> months(today.withDayOfYear(1), 12);
                    case "last_year" -> months(today.withDayOfYear(1).minusYears(1), 12);
                    default -> null;
                });
    }

    private static Period week(LocalDate day) {
        var monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new Period(monday, monday.plusDays(6));
    }

    private static LocalDate quarter(LocalDate day) {
        return day.with(IsoFields.DAY_OF_QUARTER, 1L);
    }

    private static Period months(LocalDate first, int count) {
        return new Period(first, first.plusMonths(count).minusDays(1));
    }
}
