package org.openpanelmcp.ingest.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openpanelmcp.http.Problem;

/** How many events a project may send, a second and a day. Counted in this process since its start; safe for several threads. */
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
    private volatile Day today = new Day(LocalDate.MIN, new ConcurrentHashMap<>());

    private record Day(LocalDate date, ConcurrentHashMap<String, Long> sent) {}

    /**
     * @param perSecond 0: no limit
     * @param perDay 0: no limit; a day is one of UTC
     */
    Allowance(int perSecond, long perDay, TimeMeter time, InstantSource clock) {
        this.perSecond = perSecond;
        this.perDay = perDay;
        this.time = time;
        this.clock = clock;
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
        var now = clock.instant();
        var date = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var day = today;
        if (!day.date().equals(date)) {
            day = turned(date);
        }
        long sent = day.sent().merge(projectId, (long) events, Long::sum);
        if (sent > perDay) {
            day.sent().merge(projectId, (long) -events, Long::sum);
            var midnight = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw refused(
                    "quota_exceeded",
                    "The project may send %d events a day (UTC), and has. The next day begins at %s; --ingest-daily-quota raises the limit."
                            .formatted(perDay, midnight),
                    Math.max(1, Duration.between(now, midnight).toSeconds()));
        }
    }

    private synchronized Day turned(LocalDate date) {
        if (!today.date().equals(date)) {
            today = new Day(date, new ConcurrentHashMap<>());
        }
        return today;
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
