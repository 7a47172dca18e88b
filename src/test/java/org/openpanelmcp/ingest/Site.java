package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** A data directory with a running intake and a clock that is set by hand. */
final class Site implements AutoCloseable {
    static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    static final long MINUTE = 60_000L;

    final AtomicLong now = new AtomicLong(NOON);
    final Path folder;
    final DuckDbDatabase database;
    final LiveIntake intake;

    Site(Path folder) throws Exception {
        this(folder, LiveIntake.Limits.DEFAULT);
    }

    Site(Path folder, LiveIntake.Limits limits) throws Exception {
        this.folder = folder;
        this.database = DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        this.intake = LiveIntake.start(folder, new DuckDbEventWriter(database), clock, limits, Screen.NONE);
    }

    List<Receipt> take(Entry... entries) throws Exception {
        return intake.take(
                Arrays.stream(entries).map(entry -> new Offer(entry, null)).toList());
    }

    Receipt.Kept keep(Entry entry) throws Exception {
        return (Receipt.Kept) take(entry).getFirst();
    }

    Receipt.Kept keep(Entry entry, Offer.@Nullable Retry retry) throws Exception {
        return (Receipt.Kept) intake.take(List.of(new Offer(entry, retry))).getFirst();
    }

    /** What is stored once all that was accepted is; values as text joined by {@code |}. */
    List<String> rows(String sql) throws Exception {
        assertThat(intake.awaitStored(60_000)).isTrue();
        return StoredRows.of(database, sql);
    }

    void execute(String sql) {
        StoredRows.change(database, sql);
    }

    @Override
    public void close() {
        intake.close();
        database.close();
    }
}
