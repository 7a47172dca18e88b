package org.openpanelmcp.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.text.Reason;

/**
 * A folder that is being written for the operator. Its files are made in {@code .incomplete} within it and moved to their
 * place at the end; while that is there, nobody takes the folder for a whole one. Only the owner may read what is in it.
 */
public final class NewFolder implements AutoCloseable {
    private static final String INCOMPLETE = ".incomplete";

    private final Path folder;
    private final Path workplace;
    private final boolean made;
    private boolean finished;

    private NewFolder(Path folder, boolean made) {
        this.folder = folder;
        this.workplace = folder.resolve(INCOMPLETE);
        this.made = made;
    }

    /**
     * Begins a new or empty folder, or anew in one that an interrupted command left.
     *
     * @param what is written, for messages, such as {@code export}
     * @param own whether a file of that name is one that an interrupted command may have left
     * @throws TransferProblem when the folder holds anything else, or cannot be used
     */
    public static NewFolder begin(Path folder, String what, Predicate<String> own) {
        try {
            boolean made = !Files.exists(folder);
            var created = new NewFolder(folder, made);
            Files.createDirectories(folder, ownerOnly(folder));
            var left = contents(folder);
            boolean interrupted = left.contains(INCOMPLETE);
            var others = left.stream()
                    .filter(name -> !name.equals(INCOMPLETE) && !(interrupted && own.test(name)))
                    .toList();
            if (!others.isEmpty()) {
                throw new TransferProblem(
                        "The folder %s is not empty (it holds %s%s). Name a new or an empty one: an %s never adds to what is there. Only one that was interrupted may be given again."
                                .formatted(folder, others.getFirst(), others.size() > 1 ? ", …" : "", what));
            }
            for (var name : left) {
                delete(folder.resolve(name));
            }
            Files.createDirectory(created.workplace, ownerOnly(folder));
            return created;
        } catch (IOException exception) {
            throw unusable(folder, exception);
        }
    }

    /** @throws TransferProblem when what wrote the folder was interrupted */
    public static void requireWhole(Path folder) {
        if (Files.exists(folder.resolve(INCOMPLETE))) {
            throw new TransferProblem(
                    "The folder %s is not whole: what wrote it was interrupted. Give that command again with the same folder."
                            .formatted(folder));
        }
    }

    /** Where the files are made. */
    public Path workplace() {
        return workplace;
    }

    /** Moves the files to their place, so that they survive a loss of power. */
    public void finish() {
        try {
            var files = contents(workplace);
            for (var name : files) {
                var file = workplace.resolve(name);
                PrivateFile.ensure(file);
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            for (var name : files) {
                Files.move(workplace.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.delete(workplace);
            finished = true;
        } catch (IOException exception) {
            throw unusable(folder, exception);
        }
    }

    /** Takes everything away again that was not finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            delete(workplace);
            if (made) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException exception) {
            throw unusable(folder, exception);
        }
    }

    /** Removes a file, or a folder with what is in it; nothing when there is none. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var paths = Files.walk(path)) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Names of what is in a folder, sorted. */
    public static List<String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static TransferProblem unusable(Path folder, IOException exception) {
        return new TransferProblem(
                "The folder %s cannot be written: %s.".formatted(folder, Reason.of(exception)), exception);
    }
}
