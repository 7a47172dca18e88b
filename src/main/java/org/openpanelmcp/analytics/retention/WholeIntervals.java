package org.openpanelmcp.analytics.retention;

import java.time.Instant;
import java.time.LocalDate;
import org.openpanelmcp.analytics.CalendarInterval;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.ToolCall;

/** Ranges of whole days, weeks or months: people who came in half a week cannot be held against those of a whole one. */
final class WholeIntervals {
    private WholeIntervals() {}

    /**
     * The intervals that the dates touch.
     *
     * @param before how many intervals before the last one, when the dates name no start
     */
    static TimeRange touched(ToolCall call, ProjectScope scope, Dates dates, CalendarInterval interval, int before)
            throws BadValue {
        var asked = call.range(scope, dates);
        var last = holding(asked.end(), asked, interval);
        var first = dates.startDate() == null
                ? last.start().toLocalDate().minus(interval.times(before))
                : holding(asked.start(), asked, interval).start().toLocalDate();
        return new TimeRange(
                first.atStartOfDay(scope.zone()).toInstant(),
                last.next().toInstant().minusMillis(1),
                scope.zone());
    }

    private static Buckets.Bucket holding(Instant at, TimeRange range, CalendarInterval interval) throws BadValue {
        return Buckets.of(new TimeRange(at, at, range.zone()), interval.width())
                .list()
                .getFirst();
    }

    /** The range and so many intervals after it. */
    static TimeRange longer(TimeRange range, CalendarInterval interval, int after) {
        var next = LocalDate.ofInstant(range.afterEnd(), range.zone()).plus(interval.times(after));
        return new TimeRange(
                range.start(), next.atStartOfDay(range.zone()).toInstant().minusMillis(1), range.zone());
    }

    /** The range up to now; it must have begun. */
    static TimeRange untilNow(TimeRange range, Instant now) {
        return range.end().isAfter(now) ? new TimeRange(range.start(), now, range.zone()) : range;
    }
}
