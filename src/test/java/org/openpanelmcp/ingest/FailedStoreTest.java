package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openpanelmcp.ingest.Site.MINUTE;
import static org.openpanelmcp.ingest.Site.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.ScopedQuery;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Budget;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.SmallDisk;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventStore;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** The engine gives up on its file for good when the disk is full at a checkpoint; the server goes on. */
class FailedStoreTest {
    private static final ProjectScope SHOP = new ProjectScope("acme", "shop", ZoneOffset.UTC);
    private static final Budget BUDGET = Budget.uncancelled(Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private final Visitor ann = Visitor.of("ann");

    @Test
    void w13_theStoreIsOpenedAgainAndWhatWasAcceptedMeanwhileIsStored() throws Exception {
        InstantSource clock = () -> Instant.ofEpochMilli(NOON + MINUTE);
        try (var disk = SmallDisk.mounted(folder.resolve("disk"), 100);
                var database = DuckDbDatabase.open(
                        disk.folder(), DuckDbOptions.locked(256L << 20, 1L << 20, 2, List.of(disk.folder())));
                var store = new DuckDbEventStore(database, 2);
                var intake = LiveIntake.start(
                        folder, new DuckDbEventWriter(database), clock, LiveIntake.Limits.DEFAULT, Screen.NONE)) {
            take(intake, ann.views("/before", NOON));
            take(intake, much());
            assertThat(intake.awaitStored(60_000)).isTrue();
            assertThat(views(store)).isEqualTo(1);

            disk.fill();
            assertThatThrownBy(database::checkpoint)
                    .isInstanceOfSatisfying(
                            DuckDbFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(DuckDbFailure.Kind.DISK_FULL));
            assertThat(viewsOnceOpen(store))
                    .as("what needs no room is answered on a full disk")
                    .isEqualTo(1);
            take(intake, ann.views("/meanwhile", NOON + 1));
            while (intake.status().trouble().isEmpty()) {
                assertThat(intake.awaitStored(100)).isFalse();
            }

            disk.free();
            assertThat(intake.awaitStored(60_000)).isTrue();
            take(intake, ann.views("/after", NOON + 2));
            assertThat(intake.awaitStored(60_000)).isTrue();
            assertThat(views(store)).isEqualTo(3);
            assertThat(StoredRows.of(
                            database,
                            "select entry_path, exit_path, screen_view_count from sessions where device_id = 'ann'"))
                    .containsExactly("/before|/after|3");
            assertThat(intake.status().trouble()).isEmpty();
        }
    }

    private static void take(LiveIntake intake, Entry... entries) throws Exception {
        intake.take(Arrays.stream(entries).map(entry -> new Offer(entry, null)).toList());
    }

    /** More than the file has room for without growing. */
    private static Entry[] much() {
        return IntStream.range(0, 8_000)
                .mapToObj(i -> Visitor.of("bob")
                        .event("click", "", NOON + i, 0, Map.of("a", UUID.randomUUID() + "" + UUID.randomUUID())))
                .toArray(Entry[]::new);
    }

    /** It cannot be opened anew while somebody else is still at the old one. */
    private static long viewsOnceOpen(DuckDbEventStore store) throws QueryFailure {
        while (true) {
            try {
                return views(store);
            } catch (QueryFailure failure) {
                assertThat(failure.reason()).isEqualTo(QueryFailure.Reason.UNAVAILABLE);
                assertThat(failure).hasMessageContaining("again");
            }
        }
    }

    private static long views(DuckDbEventStore store) throws QueryFailure {
        var sql = Sql.join(
                List.of(
                        Sql.of("select count(*) as views from"),
                        store.dialect().events(SHOP),
                        Sql.of("where name = 'screen_view'")),
                " ");
        return store.query(new ScopedQuery(SHOP, sql), row -> row.whole("views"), BUDGET)
                .getFirst();
    }
}
