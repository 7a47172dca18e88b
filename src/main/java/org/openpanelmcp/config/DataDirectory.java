package org.openpanelmcp.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.openpanelmcp.text.Reason;

/** The directory that holds everything an installation keeps. */
public record DataDirectory(Path path) {
    /** Organizations, projects, clients, audit log. */
    public Path metadataFile() {
        return path.resolve("metadata.sqlite");
    }

    /** Files on their way in: with {@link #exports()} the only folder a running server's event store can read. */
    public Path incoming() {
        return path.resolve("incoming");
    }

    /** Files on their way out. */
    public Path exports() {
        return path.resolve("exports");
    }

    /** Files of a backup on their way back: as long as it is there, the directory is not to be used. */
    public Path restoring() {
        return path.resolve(".restoring");
    }

    /** @throws IOException whose message is a sentence for the operator, when a restore was interrupted here */
    public void requireRestored() throws IOException {
        if (Files.exists(restoring())) {
            throw new IOException(
                    "The data directory %s is being restored, or that was interrupted. Wait, or give 'restore' once more."
                            .formatted(path));
        }
    }

    /**
     * Makes the directory when there is none.
     *
     * @throws IOException whose message is a sentence for the operator, when it cannot be used
     */
    public DataDirectory ensure() throws IOException {
        try {
            create();
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "The data directory %s cannot be used: there is a file of that name.".formatted(path), e);
        } catch (IOException e) {
            throw new IOException("The data directory %s cannot be created: %s.".formatted(path, Reason.of(e)), e);
        }
        requireRestored();
        if (!Files.isWritable(path) || !Files.isReadable(path)) {
            throw new IOException(
                    "The data directory %s cannot be used: this account may not read and write it. Choose another with --data, or change its owner."
                            .formatted(path));
        }
        return this;
    }

    /** Makes it for the owner alone, as the engine's own files come with whatever mode the account gives by default. */
    public void create() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(ownerOnly));
        } else {
            Files.createDirectories(path);
        }
    }
}
