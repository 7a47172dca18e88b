package org.openpanelmcp.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.openpanelmcp.http.Problem;

/** Counts failed authentications per address, so that nobody can try many secrets. Safe for several threads. */
public final class FailureLimit {
    private static final int ADDRESSES = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Longer than the window, so that forgetting an address never gives it more tries. */
    private static final Duration REMEMBERED_FOR = WINDOW.multipliedBy(5);

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterAccess(REMEMBERED_FOR)
            .build();

    public FailureLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    FailureLimit(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
    }

    /** What one request may try; asked by whoever checks it. */
    public Attempt attemptFrom(String address) {
        return new Attempt(buckets.get(network(address), ignored -> newBucket()));
    }

    /** One attempt to authenticate. */
    public static final class Attempt {
        private final Bucket bucket;

        private Attempt(Bucket bucket) {
            this.bucket = bucket;
        }

        /** @throws Problem 429 when the address has used up its failures */
        void check() {
            var probe = bucket.estimateAbilityToConsume(1);
            if (!probe.canBeConsumed()) {
                throw Refusals.tooManyFailures(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }

        /** Counts a failure, unless the address is told to wait instead. */
        void fail() {
            check();
            bucket.tryConsume(1);
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }

    /** One household or server has a whole /64 of IPv6 addresses to spare, so these count as one. */
    private static String network(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
