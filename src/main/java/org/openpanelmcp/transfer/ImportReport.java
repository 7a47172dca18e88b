package org.openpanelmcp.transfer;

import java.util.List;

/**
 * What an import did.
 *
 * @param tables one entry per file, catalog list and derived table, in the order of loading
 * @param notes what the operator should know besides the numbers
 */
public record ImportReport(List<Table> tables, List<String> notes, double seconds) {
    public ImportReport {
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }

    /**
     * Rows of one source. {@code read = loaded + alreadyThere + repeated + refused}.
     *
     * @param table such as {@code events}, or {@code catalog projects}
     * @param source the file's name, or how the rows were derived
     * @param alreadyThere rows that were stored before, by their id
     * @param differing those of {@code alreadyThere} whose content differs from the stored row, which stays
     * @param repeated rows whose id stands more than once in the file; the first, or the newest version, counts
     */
    public record Table(
            String table,
            String source,
            long read,
            long loaded,
            long alreadyThere,
            long differing,
            long repeated,
            long refused,
            List<Refusal> refusals) {
        public Table {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Why rows were refused.
     *
     * @param lines numbers of the first such rows in the file, counted from 1; a CSV header is line 1
     */
    public record Refusal(String reason, long rows, List<Long> lines) {
        public Refusal {
            lines = List.copyOf(lines);
        }
    }

    /** Whether the folder held nothing that was not there already. */
    public boolean loadedNothing() {
        return tables.stream().allMatch(table -> table.loaded() == 0);
    }
}
