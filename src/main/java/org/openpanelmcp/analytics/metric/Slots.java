package org.openpanelmcp.analytics.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.TimeRange;

/**
 * On how many days of a range each weekday and each hour of the day came, up to now: October has five Thursdays. A day
 * without some hour (the clocks went forward) does not count for it; one that has it twice counts once.
 */
final class Slots {
    private final Map<List<Long>, Integer> days = new HashMap<>();
    private final List<Grouping.Rhythm> rhythms;

    private Slots(List<Grouping.Rhythm> rhythms) {
        this.rhythms = rhythms;
    }

    static Slots of(TimeRange range, Instant now, List<Grouping.Rhythm> rhythms) {
        var slots = new Slots(rhythms);
        var last = now.isBefore(range.end()) ? now : range.end();
        var lastDay = LocalDate.ofInstant(last, range.zone());
        for (var day = LocalDate.ofInstant(range.start(), range.zone()); !day.isAfter(lastDay); day = day.plusDays(1)) {
            slots.add(day, range, last);
        }
        return slots;
    }

    private void add(LocalDate day, TimeRange range, Instant last) {
        var seen = new HashSet<List<Long>>();
        var next = day.plusDays(1).atStartOfDay(range.zone()).toInstant();
        // Offsets change by quarters of an hour at the least.
        var step = Duration.ofMinutes(rhythms.contains(Grouping.Rhythm.HOUR_OF_DAY) ? 15 : 24 * 60);
        for (var at = day.atStartOfDay(range.zone()).toInstant(); at.isBefore(next); at = at.plus(step)) {
            if (!at.isAfter(last) && at.plus(step).isAfter(range.start())) {
                seen.add(key(day, at.atZone(range.zone()).getHour()));
            }
        }
        seen.forEach(key -> days.merge(key, 1, Integer::sum));
    }

    private List<Long> key(LocalDate day, int hour) {
        var key = new ArrayList<Long>();
        for (var rhythm : rhythms) {
            key.add(
                    switch (rhythm) {
                        case HOUR_OF_DAY -> (long) hour;
                        case WEEKDAY -> day.getDayOfWeek().getValue() - 1L;
                    });
        }
        return key;
    }

    /** @param key the numbers of the rhythms in their order */
    int days(List<Long> key) {
        return days.getOrDefault(key, 0);
    }
}
