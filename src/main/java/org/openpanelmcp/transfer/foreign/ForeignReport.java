package org.openpanelmcp.transfer.foreign;

import java.util.List;
import org.openpanelmcp.transfer.ImportReport;

/**
 * What an import from another product did.
 *
 * @param read rows in the file, those of other websites included
 * @param refused those of {@code read} that could not be understood
 * @param repeated those of {@code read} that stand in the file more than once
 * @param loads what the store said of the events (and people) made from them
 * @param timezone in which the days below begin
 * @param old sums over the days of what the other product counted
 * @param now the same of what is stored
 */
public record ForeignReport(
        String product,
        long read,
        long refused,
        long repeated,
        List<Refusal> refusals,
        List<ImportReport.Table> loads,
        String timezone,
        List<Day> days,
        Totals old,
        Totals now,
        List<String> notes) {
    public ForeignReport {
        refusals = List.copyOf(refusals);
        loads = List.copyOf(loads);
        days = List.copyOf(days);
        notes = List.copyOf(notes);
    }

    /**
     * Why rows were refused.
     *
     * @param lines where the first of them begin in the file, counted from 1
     */
    public record Refusal(String file, String reason, long rows, List<Long> lines) {
        public Refusal {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One day.
     *
     * @param reasons why figures of the day cannot agree, as far as that is known
     */
    public record Day(String day, Totals old, Totals now, List<String> reasons) {
        public Day {
            reasons = List.copyOf(reasons);
        }

        /** Whether all figures agree. */
        public boolean agrees() {
            return old.equals(now);
        }
    }

    /** Whether the store held everything before. */
    public boolean loadedNothing() {
        return loads.stream().allMatch(table -> table.loaded() == 0);
    }
}
