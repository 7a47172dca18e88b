package org.openpanelmcp.transfer;

import java.util.List;

/** @param projects ids of those to export; empty for the whole installation */
public record ExportOptions(List<String> projects, TransferFormat format) {
    public ExportOptions {
        projects = List.copyOf(projects);
    }
}
