package org.openpanelmcp.transfer.foreign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids made from names (RFC 9562, version 5): the same file gives the same ids every time. */
final class NameUuid {
    /** A random UUID of our own. */
    private static final UUID NAMESPACE = UUID.fromString("7f0c6a52-1f0e-4b3c-9a67-0d9e3e5b8c14");

    private NameUuid() {}

    static UUID of(String... parts) {
        var name = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        var input = ByteBuffer.allocate(16 + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name);
        var hash = ByteBuffer.wrap(sha1(input.array()));
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The id given, if it is a UUID; else one made from it. */
    static UUID orOf(String id, String... scope) {
        if (id.length() == 36) {
            try {
                return UUID.fromString(id);
            } catch (IllegalArgumentException noUuid) {
                return of(String.join("\n", scope), id);
            }
        }
        return of(String.join("\n", scope), id);
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-1", exception);
        }
    }
}
