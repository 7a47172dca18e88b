package org.openpanelmcp.access;

import com.password4j.ScryptFunction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Client secrets and their hashes in OpenPanel's format, so that existing clients keep working: {@code salt.hash}, where
 * the hash is 32 bytes of scrypt (N=16384, r=8, p=1) in lower-case hexadecimal and the salt is used as text.
 */
public final class Secrets {
    private static final int COST = 16_384;
    private static final int BLOCK_SIZE = 8;
    private static final int PARALLELISM = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int SECRET_BYTES = 10;
    private static final Pattern STORED =
            Pattern.compile("(?<salt>[^.]{1,128})\\.(?<hash>[0-9a-f]{" + 2 * HASH_BYTES + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A new secret: {@code sec_} and 20 hexadecimal digits. */
    public static String generate() {
        return "sec_" + randomHex(SECRET_BYTES);
    }

    /** What is stored of a secret; takes a tenth of a second or so of a processor and 16 MB, by intent. */
    public static String hash(String secret) {
        var salt = randomHex(SALT_BYTES);
        return salt + "." + HexFormat.of().formatHex(scrypt(secret, salt));
    }

    /** Compares in constant time; a stored text that is no hash matches no secret. Costs as much as {@link #hash}. */
    public static boolean matches(String secret, String storedHash) {
        return StoredHash.parse(storedHash)
                .map(stored -> MessageDigest.isEqual(scrypt(secret, stored.salt()), stored.hash()))
                .orElse(false);
    }

    /** True when the stored text has the form that this class writes. */
    public static boolean isWellFormed(String storedHash) {
        return StoredHash.parse(storedHash).isPresent();
    }

    private record StoredHash(String salt, byte[] hash) {
        static Optional<StoredHash> parse(String text) {
            var parts = STORED.matcher(text);
            return parts.matches()
                    ? Optional.of(
                            new StoredHash(parts.group("salt"), HexFormat.of().parseHex(parts.group("hash"))))
                    : Optional.empty();
        }
    }

    private static String randomHex(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static byte[] scrypt(String secret, String salt) {
        try {
            return ScryptFunction.getInstance(COST, BLOCK_SIZE, PARALLELISM, HASH_BYTES)
                    .scrypt(secret.getBytes(StandardCharsets.UTF_8), salt.getBytes(StandardCharsets.UTF_8), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256", e);
        }
    }
}
