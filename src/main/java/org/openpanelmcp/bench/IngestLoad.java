package org.openpanelmcp.bench;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * The events of a site: visits of about eight page views and clicks, many at the same time, one in twenty events late, one
 * visitor in ten identified. Used by one thread.
 */
final class IngestLoad {
    private static final int EVENTS_OF_A_VISIT = 8;
    private static final int VISITS_AT_ONCE = 200;
    private static final int LATE_PERCENT = 5;
    private static final int IDENTIFIED_PERCENT = 10;
    private static final long LATEST = 12 * 3_600_000L;

    private final SplittableRandom random;
    private final int devices;
    private final int thread;
    private final int[] visitors = new int[VISITS_AT_ONCE];
    private final int[] left = new int[VISITS_AT_ONCE];
    private int newest;

    /** @param devices how many there are; 0: each event has a new one */
    IngestLoad(int thread, int devices) {
        this.random = new SplittableRandom(thread);
        this.devices = devices;
        this.thread = thread;
    }

    /** The next call of {@code /track}, as JSON. */
    String next() {
        int visitor = visitor();
        boolean view = random.nextInt(3) > 0;
        var text = new StringBuilder(512);
        text.append("{\"type\":\"track\",\"payload\":{\"name\":\"").append(view ? "screen_view" : "click");
        if (visitor % 100 < IDENTIFIED_PERCENT) {
            text.append("\",\"profileId\":\"user-").append(visitor);
        }
        text.append("\",\"properties\":{\"__deviceId\":\"dev-").append(visitor);
        text.append("\",\"__path\":\"https://shop.example/products/").append(random.nextInt(500));
        text.append("?utm_source=newsletter&utm_campaign=autumn\",\"__title\":\"A product of the shop\"");
        text.append(",\"__referrer\":\"https://www.google.com/\",\"variant\":\"blue\",\"position\":");
        text.append(random.nextInt(20));
        if (random.nextInt(100) < LATE_PERCENT) {
            text.append(",\"__timestamp\":\"")
                    .append(Instant.now().minusMillis(random.nextLong(LATEST)))
                    .append('"');
        }
        return text.append("}}}").toString();
    }

    private int visitor() {
        if (devices == 0) {
            return thread * 100_000_000 + newest++;
        }
        int place = random.nextInt(VISITS_AT_ONCE);
        if (left[place] == 0) {
            visitors[place] = random.nextInt(devices);
            left[place] = 1 + random.nextInt(2 * EVENTS_OF_A_VISIT - 1);
        }
        left[place]--;
        return visitors[place];
    }
}
