package org.openpanelmcp.store;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The id a session has when its first event is known: the same one everywhere, without asking anybody. */
public final class SessionIds {
    /** Half an hour without an event ends a session; milliseconds. */
    public static final long TIMEOUT = 30 * 60_000L;

    private static final long GRACE = 5_000L;

    /**
     * {@link #of} as SQL: text with a place for the timestamp of the first event, over the columns {@code project_id} and
     * {@code device_id}.
     */
    private static final String SQL = "replace(replace(rtrim(base64(unhex(sha256('sess:v1:' || project_id || ':' ||"
            + " device_id || ':' || ((epoch_ms(%s) - " + GRACE + ") // " + TIMEOUT
            + ")::varchar)[1:32])), '='), '+', '-'), '/', '_')";

    private SessionIds() {}

    /**
     * The id as SQL.
     *
     * @param firstEvent the name of a column with the time of the session's first event
     */
    public static String sql(@CompileTimeConstant String firstEvent) {
        return SQL.formatted(firstEvent);
    }

    /**
     * As SQL, whether an event opens a session: it comes more than half an hour after the one before of its device.
     *
     * @param window the name of a window over the events of each device in their order
     */
    public static String opens(@CompileTimeConstant String window) {
        return "coalesce(epoch_ms(created_at) - epoch_ms(lag(created_at) over %s) > %d, true)"
                .formatted(window, TIMEOUT);
    }

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
