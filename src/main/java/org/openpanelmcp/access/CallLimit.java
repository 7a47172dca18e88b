package org.openpanelmcp.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openpanelmcp.http.Problem;

/** Bounds the requests of each client; counted by client id, after authentication. Safe for several threads. */
public final class CallLimit {
    private static final int CLIENTS = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Longer than the window, so that forgetting a client never gives it more calls. */
    private static final Duration REMEMBERED_FOR = WINDOW.multipliedBy(5);

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(REMEMBERED_FOR)
            .build();

    /** @param perMinute 0: no limit */
    public CallLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    CallLimit(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
    }

    /**
     * Counts one request.
     *
     * @return headers for the answer: the limit, what remains of it, and the seconds until all of it is back
     * @throws Problem 429 with the same headers when nothing remains
     */
    Map<String, String> count(String clientId) {
        if (perMinute == 0) {
            return Map.of();
        }
        var probe = buckets.get(clientId, ignored -> newBucket()).tryConsumeAndReturnRemaining(1);
        var headers = headers(probe);
        if (probe.isConsumed()) {
            return Map.copyOf(headers);
        }
        var seconds = Refusals.seconds(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        headers.put("Retry-After", String.valueOf(seconds));
        throw new Problem(
                429,
                "rate_limited",
                "This client may make %d requests a minute, and has. Try again in %d seconds; ask for more per call instead of calling more often, or raise --mcp-rate-limit."
                        .formatted(perMinute, seconds),
                headers);
    }

    private Map<String, String> headers(ConsumptionProbe probe) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("RateLimit-Limit", String.valueOf(perMinute));
        headers.put("RateLimit-Remaining", String.valueOf(probe.getRemainingTokens()));
        headers.put(
                "RateLimit-Reset", String.valueOf(Refusals.seconds(Duration.ofNanos(probe.getNanosToWaitForReset()))));
        return headers;
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }
}
