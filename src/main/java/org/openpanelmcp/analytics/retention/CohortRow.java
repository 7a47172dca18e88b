package org.openpanelmcp.analytics.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.tool.Doc;

/** One cohort, or the average of all. */
public record CohortRow(
        @Doc("First day of the interval in which the people began, or \"Weighted Average\"")
        String cohort_interval,

        @Doc("People in the cohort; for the average their mean number, over cohorts whose interval is over")
        long sum,

        @Doc("By period, from 0; null while the period is not over")
        List<@Nullable Long> values,

        @Doc("values / sum, a fraction from 0 to 1, 2 digits")
        List<@Nullable Double> percentages,

        @Doc("How many cells are complete; those after them are null")
        int complete_periods,

        @Doc("The cohort's own interval is not over: sum still grows")
        boolean partial) {

    static CohortRow of(RetentionQuery.Cohort cohort, List<Buckets.Bucket> intervals, int periods, Instant now) {
        var values = new ArrayList<@Nullable Long>();
        var percentages = new ArrayList<@Nullable Double>();
        int complete = 0;
        for (int k = 0; k <= periods; k++) {
            boolean over = over(intervals, cohort.interval() + k, now);
            complete += over ? 1 : 0;
            values.add(over ? cohort.returned()[k] : null);
            percentages.add(over ? fraction(cohort.returned()[k], cohort.size()) : null);
        }
        var begin = intervals.get(cohort.interval()).start().toLocalDate();
        return new CohortRow(begin.toString(), cohort.size(), values, percentages, complete, complete == 0);
    }

    static boolean over(List<Buckets.Bucket> intervals, int place, Instant now) {
        return !intervals.get(place).next().toInstant().isAfter(now);
    }

    /** Pools, for each period, the cohorts in which it is over. */
    static CohortRow average(List<CohortRow> cohorts, int periods) {
        var whole = cohorts.stream().filter(cohort -> !cohort.partial()).toList();
        long people = whole.stream().mapToLong(CohortRow::sum).sum();
        long mean = whole.isEmpty() ? 0 : Math.round((double) people / whole.size());
        var values = new ArrayList<@Nullable Long>();
        var percentages = new ArrayList<@Nullable Double>();
        int complete = 0;
        for (int k = 0; k <= periods; k++) {
            long kept = 0;
            long began = 0;
            for (var cohort : whole) {
                var value = cohort.values().get(k);
                kept += value == null ? 0 : value;
                began += value == null ? 0 : cohort.sum();
            }
            complete += began > 0 ? 1 : 0;
            values.add(began > 0 ? Math.round((double) kept * mean / began) : null);
            percentages.add(began > 0 ? fraction(kept, began) : null);
        }
        return new CohortRow("Weighted Average", mean, values, percentages, complete, false);
    }

    private static double fraction(long part, long whole) {
        return Rounding.round((double) part / whole, 2);
    }
}
