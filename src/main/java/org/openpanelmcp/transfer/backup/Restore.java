package org.openpanelmcp.transfer.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.text.Reason;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;

/**
 * Puts a backup into a data directory that nobody uses. Nothing is deleted: data that are there are moved aside, and only
 * when they are to be replaced. While the files are on their way the directory says so, and no command uses it.
 */
public final class Restore {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final DataDirectory directory;
    private final Path staging;

    public Restore(DataDirectory directory) {
        this.directory = directory;
        this.staging = directory.restoring();
    }

    /**
     * Restores.
     *
     * @param replace whether data that are there may be moved aside
     * @throws TransferProblem when the backup is damaged, incomplete or newer, or the directory is not free; nothing has
     *     changed then
     */
    public RestoreReport run(Path backup, boolean replace, Instant now, Progress progress) {
        var started = System.nanoTime();
        var manifest = Manifest.read(backup);
        try {
            requireFree(replace);
            manifest.verify(backup, progress);
            var aside = moveAside(now);
            List<String> notes;
            try {
                stage(backup, manifest, progress);
                progress.report("deleting whom the replaced data had deleted", 0.95);
                notes = new Redeletion(staging).after(aside);
                publish();
            } catch (IOException | RuntimeException exception) {
                putBack(manifest, aside, exception);
                throw exception;
            }
            progress.report("done", 1);
            return new RestoreReport(
                    directory.path().toString(),
                    manifest.created(),
                    manifest.files().stream().map(Manifest.Entry::name).toList(),
                    aside == null ? null : aside.toString(),
                    notes,
                    (System.nanoTime() - started) / 1e9);
        } catch (IOException exception) {
            throw new TransferProblem(
                    "The data directory %s cannot be restored: %s.".formatted(directory.path(), Reason.of(exception)),
                    exception);
        }
    }

    private void requireFree(boolean replace) throws IOException {
        if (DuckDbDatabase.isOpenElsewhere(directory.path())) {
            throw new TransferProblem("The data directory %s is in use by another process. Stop it first, then restore."
                    .formatted(directory.path()));
        }
        if (!replace && holdsData()) {
            throw new TransferProblem(
                    "The data directory %s holds data. Restore into another one with --data, or give --replace: the data there are then moved aside, not deleted."
                            .formatted(directory.path()));
        }
    }

    /** What an interrupted restore left does not count, nor do empty folders and the socket of a killed server. */
    private boolean holdsData() throws IOException {
        if (!Files.exists(directory.path()) || Files.exists(staging)) {
            return false;
        }
        for (var name : NewFolder.contents(directory.path())) {
            var file = directory.path().resolve(name);
            boolean empty = Files.isDirectory(file) && NewFolder.contents(file).isEmpty();
            if (!empty && !name.startsWith("control.")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Path moveAside(Instant now) throws IOException {
        if (!holdsData()) {
            return null;
        }
        var root = directory.path();
        var aside = root.resolveSibling(root.getFileName() + ".before-restore-" + TIME.format(now));
        Files.move(root, aside, StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    private void putBack(Manifest manifest, @Nullable Path aside, Exception reason) {
        try {
            for (var entry : manifest.files()) {
                Files.deleteIfExists(directory.path().resolve(entry.name()));
            }
            NewFolder.delete(staging);
            if (aside != null) {
                NewFolder.delete(directory.path());
                Files.move(aside, directory.path(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException exception) {
            reason.addSuppressed(exception);
        }
    }

    private void stage(Path backup, Manifest manifest, Progress progress) throws IOException {
        directory.create();
        if (Files.exists(staging)) {
            // Whatever else is here came from the restore that was interrupted.
            for (var name : NewFolder.contents(directory.path())) {
                if (!directory.path().resolve(name).equals(staging)) {
                    NewFolder.delete(directory.path().resolve(name));
                }
            }
            NewFolder.delete(staging);
        }
        new DataDirectory(staging).create();
        long total = Math.max(
                1, manifest.files().stream().mapToLong(Manifest.Entry::size).sum());
        long before = 0;
        for (var entry : manifest.files()) {
            progress.report("copying " + entry.name(), 0.4 + 0.5 * before / total);
            copy(backup.resolve(entry.name()), staging.resolve(entry.name()));
            before += entry.size();
        }
        progress.report("opening the databases", 0.9);
        requireUsable(backup, manifest);
    }

    private static void copy(Path file, Path copy) throws IOException {
        PrivateFile.create(copy);
        try (var from = FileChannel.open(file);
                var to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long done = 0;
            while (done < from.size()) {
                done += from.transferTo(done, from.size() - done, to);
            }
            to.force(true);
        }
    }

    /** Opens the databases as a server does, which brings them up to date, or finds them to be of a newer version. */
    private void requireUsable(Path backup, Manifest manifest) {
        var names = manifest.files().stream().map(Manifest.Entry::name).toList();
        var staged = new DataDirectory(staging);
        try {
            if (names.contains(String.valueOf(staged.metadataFile().getFileName()))) {
                SqliteMetadata.open(staged.metadataFile()).close();
            }
            if (names.contains(String.valueOf(DuckDbDatabase.fileIn(staging).getFileName()))) {
                DuckDbDatabase.open(staging, DuckDbOptions.unlocked()).close();
            }
        } catch (DuckDbFailure | MetadataFailure failure) {
            throw new TransferProblem(
                    "The backup %s, made by version %s, cannot be used by this version: %s Nothing was restored."
                            .formatted(backup, manifest.version(), failure.getMessage()),
                    failure);
        }
    }

    private void publish() throws IOException {
        for (var name : NewFolder.contents(staging)) {
            Files.move(staging.resolve(name), directory.path().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.delete(staging);
    }
}
