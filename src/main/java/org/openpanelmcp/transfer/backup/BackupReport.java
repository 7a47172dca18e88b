package org.openpanelmcp.transfer.backup;

import java.util.List;

/**
 * What a backup holds.
 *
 * @param notes what the operator should know
 */
public record BackupReport(String folder, Manifest manifest, List<String> notes, double seconds) {
    public BackupReport {
        notes = List.copyOf(notes);
    }
}
