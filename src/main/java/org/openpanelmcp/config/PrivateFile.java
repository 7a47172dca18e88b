package org.openpanelmcp.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only the account of the server may read. */
public final class PrivateFile {
    private static final String OWNER_ONLY = "rw-------";

    private PrivateFile() {}

    /** Creates an empty file with mode 0600, or gives an existing one that mode. */
    public static void ensure(Path file) throws IOException {
        try {
            create(file);
        } catch (FileAlreadyExistsException e) {
            restrict(file);
        }
    }

    /**
     * Creates an empty file with mode 0600.
     *
     * @throws FileAlreadyExistsException when it exists
     */
    public static void create(Path file) throws IOException {
        if (hasModes(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        } else {
            Files.createFile(file);
        }
    }

    private static void restrict(Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString(OWNER_ONLY);
        if (hasModes(file) && !Files.getPosixFilePermissions(file).equals(ownerOnly)) {
            Files.setPosixFilePermissions(file, ownerOnly);
        }
    }

    private static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
