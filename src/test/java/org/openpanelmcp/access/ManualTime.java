package org.openpanelmcp.access;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A clock that stands until it is moved. */
final class ManualTime implements TimeMeter {
    private long nanos;

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
