package org.openpanelmcp.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.AuditEntries;
import org.openpanelmcp.metadata.AuditEntry;
import org.openpanelmcp.metadata.MetadataFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who called what. Written by one thread in batches, so that a call does not wait for the disk; what was recorded before
 * {@link #close} is kept. Safe for several threads.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH = 500;
    private static final int ENTRIES_BETWEEN_PRUNINGS = 10_000;
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final AuditEntries entries;
    private final Retention retention;
    private final InstantSource clock;
    private final BlockingQueue<Work> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    private AuditLog(AuditEntries entries, Retention retention, InstantSource clock, int queueLength) {
        this.entries = entries;
        this.retention = retention;
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(queueLength);
        this.writer = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::write);
    }

    /** How long and how many entries are kept; the older of both goes first. */
    public record Retention(Duration age, long entries) {
        public static final Retention DEFAULT = new Retention(Duration.ofDays(90), 1_000_000);
    }

    private sealed interface Work {
        record Entry(AuditEntry entry) implements Work {}

        record Stop() implements Work {}
    }

    public static AuditLog start(AuditEntries entries, Retention retention, InstantSource clock) {
        return start(entries, retention, clock, 10_000);
    }

    static AuditLog start(AuditEntries entries, Retention retention, InstantSource clock, int queueLength) {
        var log = new AuditLog(entries, retention, clock, queueLength);
        log.writer.start();
        return log;
    }

    /** Takes an entry; waits a moment when the disk does not keep up, then counts it as dropped. */
    public void record(AuditEntry entry) {
        try {
            if (closed || !queue.offer(new Work.Entry(entry), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                drop(1);
            }
        } catch (InterruptedException e) {
            drop(1);
            Thread.currentThread().interrupt();
        }
    }

    /** Entries of one organization, newest first; see {@link AuditEntries#newestFirst}. */
    public List<AuditEntries.Numbered> newestFirst(String organizationId, OptionalLong before, int limit) {
        return entries.newestFirst(organizationId, before, limit);
    }

    /** How many entries could not be kept since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Writes what was recorded, then stops. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            queue.put(new Work.Stop());
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        prune();
        var sincePruning = 0;
        var running = true;
        while (running) {
            var batch = nextBatch();
            running = batch.stream().noneMatch(Work.Stop.class::isInstance);
            sincePruning += store(batch);
            if (batch.isEmpty() || sincePruning >= ENTRIES_BETWEEN_PRUNINGS) {
                prune();
                sincePruning = 0;
            }
        }
    }

    /** Empty after an hour without entries. */
    private List<Work> nextBatch() {
        var batch = new ArrayList<Work>(BATCH);
        var first = poll();
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, BATCH - 1);
        }
        return batch;
    }

    private @Nullable Work poll() {
        try {
            return queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the thread of the audit log", e);
        }
    }

    private int store(List<Work> batch) {
        var found = new ArrayList<AuditEntry>(batch.size());
        for (var work : batch) {
            switch (work) {
                case Work.Entry(AuditEntry entry) -> found.add(entry);
                case Work.Stop() -> LOG.debug("The audit log is closing");
            }
        }
        if (found.isEmpty()) {
            return 0;
        }
        try {
            entries.append(found);
        } catch (MetadataFailure e) {
            LOG.error("{} audit entries could not be written", found.size(), e);
            drop(found.size());
        }
        return found.size();
    }

    private void prune() {
        try {
            entries.prune(clock.instant().minus(retention.age()), retention.entries());
        } catch (MetadataFailure e) {
            LOG.error("Old audit entries could not be forgotten", e);
        }
    }

    private void drop(int count) {
        if (dropped.getAndAdd(count) == 0) {
            LOG.error("The audit log drops entries: the disk does not keep up, or it was closed");
        }
    }
}
