package org.openpanelmcp.ingest.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.openpanelmcp.http.Problem;

/** How many events a project may send, a second and a day. The first are counted since the process began; safe for several threads. */
final class Allowance {
    private static final int PROJECTS = 100_000;

    private final int perSecond;
    private final long perDay;
    private final TimeMeter time;
    private final InstantSource clock;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(PROJECTS)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();
    private final SentToday today;

    /**
     * @param perSecond 0: no limit
     * @param perDay 0: no limit; a day is one of UTC
     */
    Allowance(int perSecond, long perDay, TimeMeter time, InstantSource clock, SentToday today) {
        this.perSecond = perSecond;
        this.perDay = perDay;
        this.time = time;
        this.clock = clock;
        this.today = today;
    }

    /** @throws Problem 429 that says when to come again; nothing is counted then */
    void count(String projectId, int events) {
        if (events == 0) {
            return;
        }
        if (perDay > 0) {
            countDay(projectId, events);
        }
        if (perSecond > 0) {
            // More than a second's worth at once is taken, and paid for by waiting longer afterwards.
            int counted = Math.min(events, perSecond);
            var probe = buckets.get(projectId, ignored -> newBucket()).tryConsumeAndReturnRemaining(counted);
            if (!probe.isConsumed()) {
                long seconds = Math.max(
                        1,
                        Duration.ofNanos(probe.getNanosToWaitForRefill())
                                .plusMillis(999)
                                .toSeconds());
                throw refused(
                        "rate_limited",
                        "The project may send %d events a second, and has. Send again in %d s; --ingest-rate-limit raises the limit."
                                .formatted(perSecond, seconds),
                        seconds);
            }
        }
    }

    private void countDay(String projectId, int events) {
        if (today.add(projectId, events) > perDay) {
            today.add(projectId, -events);
            var now = clock.instant();
            var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
            throw refused(
                    "quota_exceeded",
                    "The project may send %d events a day (UTC), and has. The next day begins at %s; --ingest-daily-quota raises the limit."
                            .formatted(perDay, midnight),
                    Math.max(1, Duration.between(now, midnight).toSeconds()));
        }
    }

    private static Problem refused(String code, String message, long seconds) {
        return new Problem(429, code, message, Map.of("Retry-After", String.valueOf(seconds)));
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
