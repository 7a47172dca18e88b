package org.openpanelmcp.analytics.engagement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.ToolCall;

/** How often people come within a week and a month: means over the whole days of a range that are over. */
public record Stickiness(
        @Doc("Mean of daily active users, by events as get_rolling_active_users counts them")
        double average_dau,

        @Doc("Mean of users active in the 7 days that end with each day")
        double average_wau,

        @Doc("Mean of users active in the 30 days that end with each day")
        double average_mau,

        @Doc("Percent: average_dau / average_wau") double dau_wau,
        @Doc("Percent: average_dau / average_mau") double dau_mau) {
    /** Relative changes of the same figures. */
    public record Changes(
            @Nullable Double average_dau,
            @Nullable Double average_wau,
            @Nullable Double average_mau,
            @Nullable Double dau_wau,
            @Nullable Double dau_mau) {}

    Changes since(Stickiness before) {
        return new Changes(
                Change.of(average_dau, before.average_dau),
                Change.of(average_wau, before.average_wau),
                Change.of(average_mau, before.average_mau),
                Change.of(dau_wau, before.dau_wau),
                Change.of(dau_mau, before.dau_mau));
    }

    /** Of each range; nothing when no day of it is whole and over. */
    static List<Optional<Stickiness>> of(ToolCall call, ProjectScope scope, List<TimeRange> ranges, Filters filters)
            throws QueryFailure {
        var days = ranges.stream().map(range -> wholeDays(range, call.now())).toList();
        var asked = days.stream().filter(list -> !list.isEmpty()).toList();
        var sums = asked.isEmpty()
                ? List.<StickinessQuery.Sums>of().iterator()
                : StickinessQuery.of(call, scope, asked, filters).iterator();
        return days.stream()
                .map(list -> list.isEmpty() ? Optional.<Stickiness>empty() : Optional.of(of(sums.next(), list.size())))
                .toList();
    }

    private static Stickiness of(StickinessQuery.Sums sums, int days) {
        return new Stickiness(
                Rounding.ratio(sums.daily(), days),
                Rounding.ratio(sums.weekly(), days),
                Rounding.ratio(sums.monthly(), days),
                sums.weekly() == 0 ? 0 : Rounding.round(100 * sums.daily() / sums.weekly(), 2),
                sums.monthly() == 0 ? 0 : Rounding.round(100 * sums.daily() / sums.monthly(), 2));
    }

    /** Days that a zone left out do not count. */
    static List<LocalDate> wholeDays(TimeRange range, Instant now) {
        var days = new ArrayList<LocalDate>();
        var last = LocalDate.ofInstant(range.end(), range.zone());
        for (var day = LocalDate.ofInstant(range.start(), range.zone()); !day.isAfter(last); day = day.plusDays(1)) {
            var start = day.atStartOfDay(range.zone());
            var next = day.plusDays(1).atStartOfDay(range.zone()).toInstant();
            boolean whole = !start.toInstant().isBefore(range.start()) && !next.isAfter(range.afterEnd());
            if (start.toLocalDate().equals(day) && whole && !next.isAfter(now)) {
                days.add(day);
            }
        }
        return days;
    }
}
