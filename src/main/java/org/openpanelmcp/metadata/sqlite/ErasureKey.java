package org.openpanelmcp.metadata.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openpanelmcp.config.PrivateFile;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.text.Reason;

/**
 * The random key, in a file beside the database, with which names of the deleted are hashed: without it nobody can try
 * names on the hashes.
 */
final class ErasureKey {
    /** Its name in the data directory. */
    static final String FILE_NAME = "erasures.key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    private ErasureKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** @throws MetadataFailure when there is none, or it is damaged */
    static ErasureKey load(Path file) {
        try {
            var bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            if (bytes.length != BYTES) {
                throw new MetadataFailure(
                        "The file %s is missing or damaged, by which people who were deleted are known when an import brings them again. Put it back from a backup of this data directory."
                                .formatted(file));
            }
            return new ErasureKey(bytes);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Makes it when there is none. To be called while nobody else can write the database. */
    static ErasureKey make(Path file) {
        try {
            PrivateFile.ensure(file);
            if (Files.size(file) == 0) {
                var bytes = new byte[BYTES];
                new SecureRandom().nextBytes(bytes);
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(bytes));
                    channel.force(true);
                }
            }
            return load(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Takes the key of another installation, in which ours begins to know the deleted. */
    static void copy(Path from, Path file) {
        try {
            PrivateFile.ensure(file);
            Files.write(file, Files.readAllBytes(from));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static MetadataFailure unusable(Path file, IOException reason) {
        return new MetadataFailure("The file %s cannot be used: %s.".formatted(file, Reason.of(reason)), reason);
    }

    boolean isSameAs(ErasureKey other) {
        return MessageDigest.isEqual(key.getEncoded(), other.key.getEncoded());
    }

    /** The mark of a name. The lengths keep two different names from running together to one text. */
    byte[] mark(Erased name) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : new String[] {name.kind().name(), name.projectId(), name.id()}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256", e);
        }
    }

    /** As text, to be looked up by. */
    String text(Erased name) {
        return HexFormat.of().formatHex(mark(name));
    }
}
