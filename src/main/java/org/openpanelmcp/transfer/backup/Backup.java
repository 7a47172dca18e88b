package org.openpanelmcp.transfer.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.sqlite.SqliteCopy;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.text.Reason;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;

/**
 * Copies a data directory that may be in use: the event database as it is at one moment, then every SQLite file as it is
 * at one moment, then all other files.
 *
 * <p>The order matters: what the events refer to is in a later copy of the metadata, and an event that was accepted but
 * not stored yet is in a later copy of the file that keeps it until then.
 */
public final class Backup {
    private static final String SQLITE = ".sqlite";

    private static final String EVENTS = "events.duckdb";

    /** Files on their way, and what the event database spills. */
    private static final Set<String> TRANSIENT_FOLDERS = Set.of("incoming", "exports", EVENTS + ".tmp");

    private final DataDirectory directory;

    public Backup(DataDirectory directory) {
        this.directory = directory;
    }

    /** Whether a backup writes a file of that name, whatever else there is in a data directory. */
    private static boolean writes(String name) {
        return name.equals(Manifest.FILE_NAME)
                || name.equals(EVENTS)
                || name.equals("secret.key")
                || name.equals("erasures.key")
                || name.equals("openpanel.properties")
                || name.endsWith(SQLITE);
    }

    /**
     * Makes the backup.
     *
     * @param folder a new or empty one
     * @param version of this program
     * @param events writes a copy of the event database into the file it is given
     * @throws TransferProblem when the folder cannot be written
     */
    public BackupReport run(Path folder, String version, Instant now, Consumer<Path> events, Progress progress) {
        var started = System.nanoTime();
        try (var target = NewFolder.begin(folder, "backup", Backup::writes)) {
            var notes = new ArrayList<String>();
            progress.report("copying the event database", 0);
            var eventFile = DuckDbDatabase.fileIn(directory.path());
            if (Files.exists(eventFile)) {
                events.accept(DuckDbDatabase.fileIn(target.workplace()));
            }
            progress.report("copying the metadata", 0.6);
            for (var name : NewFolder.contents(directory.path())) {
                copy(directory.path().resolve(name), target.workplace(), notes);
            }
            var manifest = Manifest.write(target.workplace(), version, now, progress);
            target.finish();
            progress.report("done", 1);
            return new BackupReport(folder.toString(), manifest, notes, (System.nanoTime() - started) / 1e9);
        } catch (IOException exception) {
            throw new TransferProblem(
                    "The backup cannot be written to %s: %s.".formatted(folder, Reason.of(exception)), exception);
        }
    }

    private static void copy(Path file, Path folder, List<String> notes) throws IOException {
        var name = String.valueOf(file.getFileName());
        if (Files.isDirectory(file)) {
            if (!TRANSIENT_FOLDERS.contains(name)) {
                notes.add("The folder " + name + " is none of this program's and was not copied.");
            }
        } else if (name.endsWith(SQLITE)) {
            SqliteCopy.write(file, folder.resolve(name));
        } else if (Files.isRegularFile(file) && !belongsToADatabase(name) && !isMomentary(name)) {
            Files.copy(file, folder.resolve(name));
        }
    }

    /** The databases are copied by their engines, with what their logs hold. */
    private static boolean belongsToADatabase(String name) {
        return name.startsWith(EVENTS) || name.contains(SQLITE + "-");
    }

    private static boolean isMomentary(String name) {
        return name.startsWith(".") || name.startsWith("control.");
    }
}
