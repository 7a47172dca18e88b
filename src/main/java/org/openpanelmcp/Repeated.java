package org.openpanelmcp;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again until it is closed. */
final class Repeated implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private final ScheduledExecutorService timer;

    private Repeated(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Does it at once, and then whenever the time has passed; a failure is logged, and does not end it. */
    static Repeated every(Duration time, String name, Runnable work) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException failure) {
                        LOG.error("The work '{}' failed and is done again later", name, failure);
                    }
                },
                0,
                time.toMillis(),
                TimeUnit.MILLISECONDS);
        return new Repeated(timer);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
