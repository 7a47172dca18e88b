package org.openpanelmcp.transfer.control;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.text.Reason;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.TransferProblem;

/**
 * Folders through which files pass between a command and the running server: {@code incoming} on the way in,
 * {@code exports} on the way out. Each carries a random name and is there only as long as the command runs.
 */
public final class Handover {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Handover() {}

    static String newName() {
        return UUID.randomUUID().toString();
    }

    /** The folder of that name. @throws ControlProblem when the name is none of ours, such as one that leads elsewhere */
    static Path folder(Path parent, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ControlProblem(
                    "The folder '" + name + "' is no name of a folder under " + parent.getFileName() + ".");
        }
        return parent.resolve(name);
    }

    /** In the server: makes a folder under {@code exports} and lets work fill it; takes it away when that fails. */
    static <T> T write(DataDirectory directory, String name, Function<Path, T> work) {
        var folder = folder(directory.exports(), name);
        try {
            Files.createDirectories(folder);
            try {
                return work.apply(folder);
            } catch (RuntimeException exception) {
                NewFolder.delete(folder);
                throw exception;
            }
        } catch (IOException exception) {
            throw new TransferProblem("Cannot use " + folder + ": " + Reason.of(exception) + ".", exception);
        }
    }

    /** In the command: moves what the server wrote, and takes the folder away. */
    static void collect(DataDirectory directory, String name, Path target) {
        var folder = folder(directory.exports(), name);
        try {
            for (var file : NewFolder.contents(folder)) {
                move(folder.resolve(file), target.resolve(file));
            }
        } catch (IOException exception) {
            throw new TransferProblem(
                    "Cannot move the files to %s: %s.".formatted(target, Reason.of(exception)), exception);
        }
    }

    /** In the command, at its end. */
    static void remove(Path folder) {
        try {
            NewFolder.delete(folder);
        } catch (IOException exception) {
            throw new TransferProblem("Cannot remove " + folder + ": " + Reason.of(exception) + ".", exception);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            Files.copy(from, to);
            Files.delete(from);
        }
    }

    /**
     * Removes what commands left that were killed. For a server that starts: nobody can have asked it for anything yet.
     *
     * @throws TransferProblem when that fails
     */
    public static void clear(DataDirectory directory) {
        for (var parent : new Path[] {directory.incoming(), directory.exports()}) {
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try {
                for (var name : NewFolder.contents(parent)) {
                    if (NAME.matcher(name).matches()) {
                        NewFolder.delete(parent.resolve(name));
                    }
                }
            } catch (IOException exception) {
                throw new TransferProblem("Cannot clear " + parent + ": " + Reason.of(exception) + ".", exception);
            }
        }
    }
}
