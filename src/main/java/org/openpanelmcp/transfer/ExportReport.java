package org.openpanelmcp.transfer;

import java.util.List;

/**
 * What an export wrote.
 *
 * @param tables one entry per list of the catalog and per file of rows
 * @param notes what the operator should know besides the numbers
 */
public record ExportReport(List<Table> tables, List<String> notes, double seconds) {
    public ExportReport {
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }

    /**
     * Rows of one table.
     *
     * @param table such as {@code events}, or {@code catalog projects}
     * @param bytes length of the file
     */
    public record Table(String table, String file, long rows, long bytes) {}
}
