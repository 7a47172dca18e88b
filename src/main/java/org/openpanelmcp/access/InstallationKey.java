package org.openpanelmcp.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.text.Reason;

/**
 * The random key of an installation, kept in its data directory and shared by its processes. What it signs stays valid
 * over restarts; whoever has the file can forge cursors and handles, not credentials. Safe for several threads.
 */
public final class InstallationKey {
    /** Its name in the data directory. */
    public static final String FILE_NAME = "secret.key";

    private static final int BYTES = 32;

    private final SecretKey master;

    private InstallationKey(byte[] bytes) {
        this.master = new SecretKeySpec(bytes, Signatures.ALGORITHM);
    }

    /**
     * Reads the key, or makes one (mode 0600) when there is none.
     *
     * @throws UncheckedIOException when the file cannot be read or written, or does not hold a key
     */
    public static InstallationKey load(Path dataDirectory) {
        var file = dataDirectory.resolve(FILE_NAME);
        try {
            PrivateFile.ensure(file);
            return new InstallationKey(readOrWrite(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key of this installation cannot be used: " + file + ": " + Reason.of(e), e);
        }
    }

    /**
     * A key for one purpose (HMAC-SHA-256), which tells nothing about those for others.
     *
     * @param purpose such as {@code cursor}
     */
    public SecretKey keyFor(String purpose) {
        return new SecretKeySpec(
                Signatures.sign(master, purpose.getBytes(StandardCharsets.UTF_8)), Signatures.ALGORITHM);
    }

    /** The lock lets one process write while a second one waits; within a process a file lock does not count. */
    private static synchronized byte[] readOrWrite(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("it cannot be locked");
            }
            var bytes = new byte[BYTES];
            if (channel.size() == 0) {
                new SecureRandom().nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            } else if (channel.size() != BYTES || channel.read(ByteBuffer.wrap(bytes)) != BYTES) {
                throw new IOException(
                        "the file is damaged, it must hold %d bytes. Restore it from a backup, or delete it: open result pages then have to be asked for again."
                                .formatted(BYTES));
            }
            return bytes;
        }
    }
}
