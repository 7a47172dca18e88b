package org.openpanelmcp.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Budget;

/** The event database is written anew under those who use it. */
class CompactTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final ProjectScope SHOP = new ProjectScope("acme", "shop", ZoneOffset.UTC);

    @TempDir
    Path folder;

    private DuckDbDatabase open() throws Exception {
        var readable = Files.createDirectories(folder.resolve("exports"));
        return DuckDbDatabase.open(folder, DuckDbOptions.locked(256 * MEBIBYTE, 256 * MEBIBYTE, 2, List.of(readable)));
    }

    private Path work(int number) {
        return folder.resolve("exports").resolve(number + ".duckdb");
    }

    private static void insert(DuckDbDatabase database, int rows) {
        database.write(connection -> Rows.run(
                connection,
                "insert into events by name select 'shop' as project_id, 'click' as name, concat(uuid(), uuid(), uuid(), uuid(), uuid()) as path,"
                        + " timestamp '2026-11-01' as created_at from range(?)",
                rows));
    }

    private static long count(DuckDbEventStore store) throws Exception {
        var sql = Sql.template("select count(*) as event_total from {events}")
                .put("events", store.dialect().events(SHOP))
                .sql();
        return store.query(
                        new ScopedQuery(SHOP, sql),
                        row -> row.whole("event_total"),
                        Budget.uncancelled(Duration.ofMinutes(1)))
                .getFirst();
    }

    @Test
    void nobodyNoticesButTheFileIsSmaller() throws Exception {
        try (var database = open();
                var store = new DuckDbEventStore(database, 2);
                var threads = Executors.newFixedThreadPool(2)) {
            insert(database, 50_000);
            database.checkpoint();
            database.write(connection -> Rows.run(connection, "update events set name = 'kept' where rowid % 50 = 0"));
            database.checkpoint();
            database.write(connection -> Rows.run(connection, "delete from events where name <> 'kept'"));
            database.checkpoint();
            var before = Files.size(DuckDbDatabase.fileIn(folder));
            var stop = new AtomicBoolean();
            var writer = threads.submit(() -> {
                int written = 0;
                while (!stop.get()) {
                    insert(database, 1);
                    written++;
                }
                return written;
            });
            var reader = threads.submit(() -> {
                long last = 0;
                while (!stop.get()) {
                    long now = count(store);
                    assertThat(now).isGreaterThanOrEqualTo(last);
                    last = now;
                }
                return last;
            });
            for (int i = 0; i < 5; i++) {
                assertThat(database.compact(work(i))).isTrue();
            }
            stop.set(true);
            long written = writer.get();
            assertThat(reader.get()).isLessThanOrEqualTo(1_000 + written);
            assertThat(count(store)).isEqualTo(1_000 + written);
            assertThat(Files.size(DuckDbDatabase.fileIn(folder))).isLessThan(before / 2);
            assertThat(folder.resolve("exports")).isEmptyDirectory();
            insert(database, 1);
        }
        try (var database = open();
                var store = new DuckDbEventStore(database, 1)) {
            assertThat(count(store)).isPositive();
            assertThatThrownBy(() -> database.write(connection -> Rows.run(connection, "set threads = 1")))
                    .as("still locked down")
                    .isInstanceOf(DuckDbFailure.class);
        }
    }

    @Test
    void aQueryThatTakesLongIsNotWaitedForForEver() throws Exception {
        try (var database = open();
                var use = database.connection();
                var threads = Executors.newSingleThreadExecutor()) {
            assertThat(use).isNotNull();
            insert(database, 1);
            assertThat(threads.submit(() -> database.compact(work(1))).get()).isFalse();
            insert(database, 1);
            assertThat(database.<Long>read(connection -> Rows.count(connection, "select count(*) from events")))
                    .isEqualTo(2L);
        }
    }

    @Test
    void aCopyThatFailsLeavesTheOldFile() throws Exception {
        try (var database = open()) {
            insert(database, 10);
            Files.createDirectories(work(1));
            assertThatThrownBy(() -> database.compact(work(1))).isInstanceOf(DuckDbFailure.class);
            insert(database, 1);
            assertThat(database.<Long>read(connection -> Rows.count(connection, "select count(*) from events")))
                    .isEqualTo(11L);
        }
    }
}
