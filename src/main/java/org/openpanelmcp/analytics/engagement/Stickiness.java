package org.openpanelmcp.analytics.engagement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Change;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.BadValue;
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
    private static final int WEEK = 7;
    static final int MONTH = 30;

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

    /** Nothing when no day of the range is whole and over. */
    static Optional<Stickiness> of(ToolCall call, ProjectScope scope, TimeRange range, Filters filters)
            throws BadValue, QueryFailure {
        var days = wholeDays(range, call.now());
        if (days.isEmpty()) {
            return Optional.empty();
        }
        var first = days.getFirst();
        var active = RollingActiveQuery.of(call, scope, first, days.getLast(), MONTH, People.ALL, filters);
        double daily = sum(active.people(1), days);
        double weekly = sum(active.people(WEEK), days);
        double monthly = sum(active.people(MONTH), days);
        return Optional.of(new Stickiness(
                Rounding.ratio(daily, days.size()),
                Rounding.ratio(weekly, days.size()),
                Rounding.ratio(monthly, days.size()),
                weekly == 0 ? 0 : Rounding.round(100 * daily / weekly, 2),
                monthly == 0 ? 0 : Rounding.round(100 * daily / monthly, 2)));
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

    private static double sum(long[] people, List<LocalDate> days) {
        double sum = 0;
        for (var day : days) {
            sum += people[(int) (day.toEpochDay() - days.getFirst().toEpochDay())];
        }
        return sum;
    }
}
