package org.openpanelmcp.transfer.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was restored.
 *
 * @param created when the backup was made
 * @param files their names
 * @param notes what else the operator should know
 * @param movedAside where the data went that were there before; null when there were none
 */
public record RestoreReport(
        String data,
        Instant created,
        List<String> files,
        @Nullable String movedAside,
        List<String> notes,
        double seconds) {
    public RestoreReport {
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }
}
