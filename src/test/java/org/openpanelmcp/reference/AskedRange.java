package org.openpanelmcp.reference;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A range as a caller writes it, and the span that this means. */
record AskedRange(@Nullable String startDate, @Nullable String endDate, Span span) {
    private static final int DEFAULT_DAYS = 30;

    void writeTo(ObjectNode arguments) {
        if (startDate != null) {
            arguments.put("startDate", startDate);
        }
        if (endDate != null) {
            arguments.put("endDate", endDate);
        }
    }

    /** Any way of writing a range that lies near the project's rows. */
    static AskedRange random(Random random, SampleProject project) {
        var time = new CivilTime(project.zone());
        var asked = switch (random.nextInt(8)) {
            case 0, 1, 2 -> days(random, project, time);
            case 3 -> endOnly(random, project, time);
            case 4 -> word(random, project, time);
            case 5 -> localTimes(random, project, time);
            case 6 -> instants(random, project);
            default -> neither(project, time);
        };
        return asked.span().start() <= asked.span().end() ? asked : neither(project, time);
    }

    /** A moment near the rows. */
    static long moment(Random random, SampleProject project) {
        var events = project.events();
        var sessions = project.sessions();
        if (!events.isEmpty() && random.nextBoolean()) {
            return events.get(random.nextInt(events.size())).at();
        }
        return sessions.isEmpty()
                ? project.now().toEpochMilli()
                : sessions.get(random.nextInt(sessions.size())).at();
    }

    static AskedRange ofDays(CivilTime time, LocalDate first, LocalDate last) {
        return new AskedRange(
                first.toString(), last.toString(), new Span(time.firstMoment(first), time.lastMoment(last)));
    }

    private static AskedRange days(Random random, SampleProject project, CivilTime time) {
        var one = time.dayOf(moment(random, project));
        var other = random.nextInt(3) == 0 ? one : time.dayOf(moment(random, project));
        if (random.nextInt(4) == 0) {
            other = one.plusDays(random.nextInt(10));
        }
        return one.isBefore(other) ? ofDays(time, one, other) : ofDays(time, other, one);
    }

    private static AskedRange endOnly(Random random, SampleProject project, CivilTime time) {
        var last = time.dayOf(moment(random, project));
        long start = time.firstMoment(last.minusDays(DEFAULT_DAYS - 1));
        return new AskedRange(null, last.toString(), new Span(start, time.lastMoment(last)));
    }

    private static AskedRange neither(SampleProject project, CivilTime time) {
        var today = today(project);
        return new AskedRange(
                null, null, new Span(time.firstMoment(today.minusDays(DEFAULT_DAYS - 1)), time.lastMoment(today)));
    }

    private static AskedRange localTimes(Random random, SampleProject project, CivilTime time) {
        long one = moment(random, project);
        long other = moment(random, project);
        var first = time.local(Math.min(one, other));
        var last = time.local(Math.max(one, other));
        long start = first.atZone(project.zone())
                .withEarlierOffsetAtOverlap()
                .toInstant()
                .toEpochMilli();
        long end = last.atZone(project.zone())
                .withLaterOffsetAtOverlap()
                .toInstant()
                .toEpochMilli();
        return new AskedRange(first.toString(), last.toString().replace('T', ' '), new Span(start, end));
    }

    private static AskedRange instants(Random random, SampleProject project) {
        long one = moment(random, project);
        long other = moment(random, project);
        var offset = ZoneOffset.ofTotalSeconds(900 * (random.nextInt(80) - 40));
        return new AskedRange(
                shown(Math.min(one, other), offset),
                shown(Math.max(one, other), offset),
                new Span(Math.min(one, other), Math.max(one, other)));
    }

    private static String shown(long at, ZoneOffset offset) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(at), offset).toString();
    }

    private static LocalDate today(SampleProject project) {
        return LocalDate.ofInstant(project.now(), project.zone());
    }

    private static AskedRange word(Random random, SampleProject project, CivilTime time) {
        var today = today(project);
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var month = today.withDayOfMonth(1);
        var quarter = month.minusMonths((month.getMonthValue() - 1) % 3);
        var year = today.withDayOfYear(1);
        int count = 1 + random.nextInt(60);
        var words = List.of(
                ofWord(time, "today", today, today.plusDays(1)),
                ofWord(time, "yesterday", today.minusDays(1), today),
                ofWord(time, count + "d", today.minusDays(count - 1L), today.plusDays(1)),
                ofWord(time, "this_week", monday, monday.plusDays(7)),
                ofWord(time, "last_week", monday.minusDays(7), monday),
                ofWord(time, "this_month", month, month.plusMonths(1)),
                ofWord(time, "last_month", month.minusMonths(1), month),
                ofWord(time, "this_quarter", quarter, quarter.plusMonths(3)),
                ofWord(time, "last_quarter", quarter.minusMonths(3), quarter),
                ofWord(time, "this_year", year, year.plusYears(1)),
                ofWord(time, "last_year", year.minusYears(1), year));
        return words.get(random.nextInt(words.size()));
    }

    private static AskedRange ofWord(CivilTime time, String word, LocalDate first, LocalDate next) {
        return new AskedRange(word, null, new Span(time.firstMoment(first), time.firstMoment(next) - 1));
    }
}
