package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.AuditEntries;
import org.openpanelmcp.metadata.AuditEntry;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataFailure;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir
    Path folder;

    private Metadata metadata;

    @BeforeEach
    void open() {
        metadata = World.open(folder);
    }

    @AfterEach
    void close() {
        metadata.close();
    }

    @Test
    void whatWasRecordedIsThereAfterClosingNewestFirst() {
        var log = AuditLog.start(metadata.audit(), AuditLog.Retention.DEFAULT, CLOCK);
        var entries = IntStream.range(0, 1_200)
                .mapToObj(index -> entry(NOW.plusMillis(index)))
                .toList();

        entries.forEach(log::record);
        log.close();

        assertThat(log.newestFirst("acme", OptionalLong.empty(), 10_000))
                .extracting(AuditEntries.Numbered::entry)
                .containsExactlyElementsOf(entries.reversed());
        assertThat(log.dropped()).isZero();
    }

    @Test
    void manyThreadsMayRecord() {
        var log = AuditLog.start(metadata.audit(), AuditLog.Retention.DEFAULT, CLOCK);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var index = 0; index < 500; index++) {
                threads.execute(() -> log.record(entry(NOW)));
            }
        }
        log.close();

        assertThat(log.newestFirst("acme", OptionalLong.empty(), 10_000)).hasSize(500);
    }

    @Test
    void whatIsTooOldOrTooMuchIsForgottenAtTheStart() {
        metadata.audit()
                .append(List.of(
                        entry(NOW.minus(Duration.ofDays(91))),
                        entry(NOW.minusSeconds(3)),
                        entry(NOW.minusSeconds(2)),
                        entry(NOW.minusSeconds(1))));

        AuditLog.start(metadata.audit(), new AuditLog.Retention(Duration.ofDays(90), 2), CLOCK)
                .close();

        assertThat(metadata.audit().newestFirst("acme", OptionalLong.empty(), 10))
                .extracting(numbered -> numbered.entry().at())
                .containsExactly(NOW.minusSeconds(1), NOW.minusSeconds(2));
    }

    @Test
    void aFullQueueIsCountedAndNothingElseIsLost() {
        var disk = new StuckDisk();
        var log = AuditLog.start(disk, AuditLog.Retention.DEFAULT, CLOCK, 2);

        log.record(entry(NOW));
        disk.reached();
        for (var index = 0; index < 3; index++) {
            log.record(entry(NOW));
        }
        disk.release();
        log.close();

        assertThat(log.dropped()).isEqualTo(1);
        assertThat(disk.stored).isEqualTo(3);
    }

    @Test
    void aFailingDiskIsCounted() {
        var log = AuditLog.start(new BrokenDisk(), AuditLog.Retention.DEFAULT, CLOCK);

        log.record(entry(NOW));
        log.close();
        log.record(entry(NOW));

        assertThat(log.dropped()).isEqualTo(2);
    }

    private static AuditEntry entry(Instant at) {
        return new AuditEntry(at, World.CLIENT_ID, "acme", "get_top_pages", "acme-shop", 5, 1_000, "ok");
    }

    /** Takes entries only after it was released. */
    private static final class StuckDisk implements AuditEntries {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private int stored;

        void reached() {
            await(reached);
        }

        void release() {
            released.countDown();
        }

        @Override
        public void append(List<AuditEntry> entries) {
            reached.countDown();
            await(released);
            stored += entries.size();
        }

        @Override
        public List<Numbered> newestFirst(String organizationId, OptionalLong before, int limit) {
            return List.of();
        }

        @Override
        public int prune(Instant olderThan, long keepAtMost) {
            return 0;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class BrokenDisk implements AuditEntries {
        @Override
        public void append(List<AuditEntry> entries) {
            throw new MetadataFailure("no space left");
        }

        @Override
        public List<Numbered> newestFirst(String organizationId, OptionalLong before, int limit) {
            return List.of();
        }

        @Override
        public int prune(Instant olderThan, long keepAtMost) {
            throw new MetadataFailure("no space left");
        }
    }
}
