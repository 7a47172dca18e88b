package org.openpanelmcp.transfer.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;
import org.openpanelmcp.transfer.backup.Backup;
import org.openpanelmcp.transfer.backup.BackupReport;
import org.openpanelmcp.transfer.backup.Restore;
import org.openpanelmcp.transfer.backup.RestoreReport;

/** Backs up a data directory, with the help of the server that runs on it when one does, and restores one that is free. */
public final class BackupRunner {
    private BackupRunner() {}

    /**
     * Makes a backup.
     *
     * @param folder a new or empty one
     * @param version of this program
     * @throws TransferProblem when the directory holds no data, or the folder cannot be written
     * @throws ControlProblem when the running server could not do its part, with its words
     */
    public static BackupReport backup(Path dataDirectory, Path folder, String version, Instant now, Progress progress) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        Existing.require(directory);
        return new Backup(directory)
                .run(
                        folder.toAbsolutePath().normalize(),
                        version,
                        now,
                        file -> copyEvents(directory, file, progress),
                        progress);
    }

    /**
     * Restores a backup into a data directory.
     *
     * @param replace whether data that are there may be moved aside
     * @throws TransferProblem when a server runs on the directory, or the backup cannot be restored; nothing has changed
     *     then
     */
    public static RestoreReport restore(
            Path dataDirectory, Path folder, boolean replace, Instant now, Progress progress) {
        var directory = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        var client = ControlClient.connect(directory.path());
        if (client.isPresent()) {
            client.get().close();
            throw new TransferProblem(
                    "A server is running on %s. Stop it first, then restore.".formatted(directory.path()));
        }
        return new Restore(directory).run(folder.toAbsolutePath().normalize(), replace, now, progress);
    }

    private static void copyEvents(DataDirectory directory, Path file, Progress progress) {
        var client = ControlClient.connect(directory.path());
        if (client.isEmpty()) {
            try (var events = DuckDbDatabase.open(directory.path(), DuckDbOptions.unlocked())) {
                events.copyTo(file);
            }
            return;
        }
        var name = Handover.newName();
        try (var server = client.get()) {
            server.call(BackupCommand.NAME, Map.of("folder", name), progress);
            Handover.collect(directory, name, Objects.requireNonNull(file.getParent(), "a file lies in a folder"));
        } finally {
            Handover.remove(Handover.folder(directory.exports(), name));
        }
    }
}
