package org.openpanelmcp.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The id a session has when its first event is known: the same one everywhere, without asking anybody. */
public final class SessionIds {
    private static final long TIMEOUT = 30 * 60_000L;
    private static final long GRACE = 5_000L;

    private SessionIds() {}

    /** @param firstEvent epoch milliseconds; within the first seconds of a half hour the one before counts */
    public static String of(String projectId, String deviceId, long firstEvent) {
        var bucket = Math.floorDiv(firstEvent - GRACE, TIMEOUT);
        var name = "sess:v1:" + projectId + ":" + deviceId + ":" + bucket;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java has SHA-256", exception);
        }
    }
}
