package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openpanelmcp.ingest.Site.MINUTE;
import static org.openpanelmcp.ingest.Site.NOON;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.StoredRows;

/** What cannot be stored, or not now. */
class DeadLettersTest {
    @TempDir
    Path folder;

    private final Visitor ann = Visitor.of("ann");

    @Test
    void w5_aRowThatTheEngineRefusesDelaysNoOtherAndCanBeReplayed() throws Exception {
        try (var site = new Site(folder)) {
            refuse(site, "poison");
            var entries = new ArrayList<Entry>();
            for (int i = 0; i < 50; i++) {
                entries.add(Visitor.of("d" + i % 7).does(i % 10 == 3 ? "poison" : "click", NOON + i));
            }
            site.take(entries.toArray(Entry[]::new));
            assertThat(site.rows("select name, count(*) from events where name <> 'session_start' group by 1"))
                    .containsExactly("click|45");
            assertThat(site.rows("select sum(event_count) from sessions")).containsExactly("45");
            assertThat(site.intake.deadLetters(100))
                    .hasSize(5)
                    .allSatisfy(letter -> assertThat(letter.reason()).contains("CHECK constraint"));
            refuse(site, "nothing");
            site.intake.replay(site.intake.deadLetters(100));
            assertThat(site.rows("select sum(event_count) from sessions")).containsExactly("50");
            assertThat(site.rows(
                            "select name, count(*) from events where name <> 'session_start' group by 1 order by 1"))
                    .containsExactly("click|45", "poison|5");
            assertThat(site.intake.deadLetters(100)).isEmpty();
        }
    }

    @Test
    void w5_whatNoColumnHoldsIsPutAside() throws Exception {
        try (var site = new Site(folder)) {
            var user = ann.as("u1");
            site.take(
                    ann.pays(-1, NOON),
                    ann.does("click", Long.MAX_VALUE / 1000),
                    user.identify("Ann", NOON, "plan", "free"),
                    ann.event("click", "/\0\uD800", NOON, 0, Map.of("\0", "\uDC00")));
            assertThat(site.rows("select name from events order by 1")).containsExactly("click", "session_start");
            assertThat(site.intake.deadLetters(10)).hasSize(2);
        }
    }

    @Test
    void anIncrementThatBecameImpossibleIsPutAside() throws Exception {
        try (var site = new Site(folder)) {
            var user = ann.as("u1");
            site.take(user.identify("Ann", NOON, "score", "1"));
            site.take(
                    user.identify("Ann", NOON, "score", "high"),
                    new Entry.ProfileIncrement("shop", NOON, "u1", "score", BigDecimal.ONE));
            assertThat(site.rows("select properties['score'] from profiles")).containsExactly("high");
            assertThat(site.intake.deadLetters(10))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).contains("'score' is a text"));
        }
    }

    @Test
    void w6_aJournalThatIsFullRefusesAndRecoversAlone() throws Exception {
        var small = new LiveIntake.Limits(64, 1_000_000, 0, 400 * 4096, 1_000);
        try (var site = new Site(folder, small)) {
            int kept;
            var held = new HeldWrites(site);
            try {
                kept = fill(site);
                assertThatThrownBy(() -> site.keep(ann.does("click", NOON)))
                        .isInstanceOf(Intake.Unavailable.class)
                        .hasMessageContaining("full");
            } finally {
                held.release();
            }
            assertThat(site.rows("select count(*) from events where name = 'click'"))
                    .containsExactly(Integer.toString(kept));
            site.intake.endSessions();
            site.keep(ann.does("click", NOON + MINUTE));
            assertThat(site.rows("select count(*), sum(event_count) from sessions"))
                    .containsExactly("1|" + (kept + 1));
        }
    }

    private int fill(Site site) throws Exception {
        int kept = 0;
        while (true) {
            try {
                site.keep(ann.does("click", NOON + kept));
                kept++;
            } catch (Intake.Unavailable full) {
                return kept;
            }
        }
    }

    @Test
    void w6_whatWaitsIsBounded() throws Exception {
        var none = new LiveIntake.Limits(64, 0, 0, 1L << 30, 1_000);
        try (var site = new Site(folder, none)) {
            var held = new HeldWrites(site);
            try {
                site.keep(ann.does("click", NOON));
                assertThatThrownBy(() -> site.keep(ann.does("click", NOON)))
                        .isInstanceOf(Intake.Unavailable.class)
                        .hasMessageContaining("wait to be stored");
            } finally {
                held.release();
            }
        }
    }

    @Test
    void aClockThatJumpsLosesNothing() throws Exception {
        try (var site = new Site(folder)) {
            var click = new Offer.Retry("click", 100);
            site.keep(ann.does("click", NOON), click);
            site.now.set(NOON + 600 * MINUTE);
            site.intake.endSessions();
            site.keep(ann.does("click", NOON + 600 * MINUTE), click);
            site.now.set(NOON + MINUTE);
            assertThat(site.keep(ann.does("click", NOON + MINUTE), click).repeated())
                    .isFalse();
            assertThat(site.rows("select event_count, duration from sessions order by created_at"))
                    .isEqualTo(List.of("2|60000", "1|0"));
            assertThat(site.rows("select count(*) from events where name = 'session_end'"))
                    .containsExactly("0");
        }
    }

    /** Keeps everybody else from writing into the event store, as a long import does. */
    private static final class HeldWrites {
        private final CountDownLatch released = new CountDownLatch(1);

        HeldWrites(Site site) throws InterruptedException {
            var held = new CountDownLatch(1);
            Thread.ofPlatform()
                    .start(() -> site.database.write(connection -> {
                        held.countDown();
                        try {
                            released.await();
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }));
            held.await();
        }

        void release() {
            released.countDown();
        }
    }

    /** Makes the real engine refuse events of that name. */
    private static void refuse(Site site, String name) {
        site.execute("create table kept as from events");
        var columns = StoredRows.of(site.database, "select sql from duckdb_tables() where table_name = 'events'")
                .getFirst();
        site.execute("drop table events");
        site.execute(columns.replaceFirst(", CHECK\\(.*\\)\\);$", ");")
                .replaceFirst("\\);$", ", check (name <> '" + name + "'));"));
        site.execute("insert into events from kept");
        site.execute("drop table kept");
    }
}
