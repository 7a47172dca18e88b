package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.ingest.KeptSite.NOON;
import static org.openpanelmcp.ingest.Site.MINUTE;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is deleted: gone at once, and for good. */
class PersonErasureTest {
    private static final String PEOPLE = "select distinct profile_id from events union select profile_id from sessions"
            + " union select id from profiles order by 1";

    @TempDir
    Path folder;

    private final Visitor ann = Visitor.of("ann-phone");
    private final Visitor bob = Visitor.of("bob-phone").as("bob");

    private void visit(KeptSite site) throws Exception {
        site.take(
                ann.views("/", NOON),
                ann.as("ann").identify("Ann", NOON + 1, "plan", "free"),
                ann.as("ann").views("/cart", NOON + MINUTE),
                bob.identify("Bob", NOON + 1),
                bob.views("/", NOON + MINUTE),
                new Entry.GroupMembership("shop", NOON + 2, "ann", List.of("ann-phone"), List.of("acme")),
                ann.as("ann").in("blog").views("/", NOON));
    }

    @Test
    void everythingOfAPersonGoesAndNothingOfAnybodyElse() throws Exception {
        try (var site = new KeptSite(folder)) {
            visit(site);
            site.rows("select 1");
            site.now.set(NOON + 2 * MINUTE);
            var expected = site.preview("ann");
            assertThat(site.rows(PEOPLE)).containsExactly("ann", "ann-phone", "bob");
            var report = site.erase("ann");
            assertThat(report.events()).isEqualTo(2).isEqualTo(expected.events());
            assertThat(report.sessions()).isEqualTo(1).isEqualTo(expected.sessions());
            assertThat(report.profiles()).isEqualTo(2).isEqualTo(expected.profiles());
            assertThat(report.devices()).isEqualTo(1);
            assertThat(report.journal()).isEqualTo(4);
            assertThat(report.found()).isTrue();
            assertThat(
                            site.rows(
                                    "select distinct profile_id from events where project_id = 'shop' union select profile_id"
                                            + " from sessions where project_id = 'shop' union select id from profiles where project_id = 'shop'"))
                    .containsExactly("bob");
            assertThat(site.rows("select profile_id, count(*) from events where project_id = 'blog' group by 1"))
                    .containsExactly("ann|2");
            assertThat(site.rows("select session_id from events where name = 'session_start' and project_id = 'shop'"))
                    .isEqualTo(site.rows("select id from sessions where project_id = 'shop'"));
        }
    }

    @Test
    void whoComesLaterIsANewPerson() throws Exception {
        try (var site = new KeptSite(folder)) {
            visit(site);
            site.now.set(NOON + 2 * MINUTE);
            site.erase("ann");
            var late = site.take(ann.as("ann").views("/late", NOON + MINUTE), ann.views("/late", NOON + MINUTE));
            assertThat(late).containsOnly(new Receipt.HeldBack());
            site.take(ann.as("ann").views("/new", NOON + 3 * MINUTE));
            site.take(ann.as("ann").views("/new", NOON + 4 * MINUTE));
            assertThat(site.rows(
                            "select profile_id, path from events where name = 'screen_view' and project_id = 'shop'"
                                    + " and profile_id <> 'bob' order by created_at"))
                    .containsExactly("ann|/new", "ann|/new");
            assertThat(site.rows("select screen_view_count, duration, entry_path from sessions where profile_id = 'ann'"
                            + " and project_id = 'shop'"))
                    .containsExactly("2|60000|/new");
            assertThat(site.rows(
                            "select first_name, len(groups), properties['plan'] is null from profiles where id = 'ann'"
                                    + " and project_id = 'shop'"))
                    .containsExactly("|0|true");
        }
    }

    @Test
    void aSharedDeviceLosesThatPersonsPartOnly() throws Exception {
        var kiosk = Visitor.of("kiosk");
        try (var site = new KeptSite(folder)) {
            site.take(
                    kiosk.as("ann").views("/a", NOON),
                    kiosk.views("/unnamed", NOON + MINUTE),
                    kiosk.as("bob").views("/b", NOON + 2 * MINUTE),
                    kiosk.as("ann").pays(500, NOON + 3 * MINUTE),
                    kiosk.views("/ann-before", NOON + 60 * MINUTE),
                    kiosk.as("ann").views("/ann", NOON + 61 * MINUTE),
                    kiosk.views("/nobody", NOON + 180 * MINUTE));
            site.now.set(NOON + 400 * MINUTE);
            site.intake.endSessions();
            var report = site.erase("ann");
            assertThat(List.of(report.events(), report.sessions(), report.recounted(), report.devices()))
                    .containsExactly(4L, 1L, 1L, 0L);
            assertThat(site.rows("select path, profile_id from events where name = 'screen_view' order by created_at"))
                    .containsExactly("/unnamed|kiosk", "/b|bob", "/nobody|kiosk");
            assertThat(site.rows("select profile_id, entry_path, exit_path, screen_view_count, event_count, revenue,"
                            + " duration, is_bounce, epoch_ms(created_at) from sessions order by created_at"))
                    .containsExactly(
                            "bob|/unnamed|/b|2|0|0.0|60000|false|" + (NOON + MINUTE),
                            "kiosk|/nobody|/nobody|1|0|0.0|0|true|" + (NOON + 180 * MINUTE));
            assertThat(site.rows("select name, profile_id, epoch_ms(created_at) from events"
                            + " where name like 'session%' order by created_at"))
                    .containsExactly(
                            "session_start|kiosk|" + (NOON + MINUTE - 100),
                            "session_end|bob|" + (NOON + 2 * MINUTE + 1000),
                            "session_start|kiosk|" + (NOON + 180 * MINUTE - 100),
                            "session_end|kiosk|" + (NOON + 180 * MINUTE + 1000));
        }
    }

    @Test
    void aSessionThatGoesOnIsCountedOn() throws Exception {
        var kiosk = Visitor.of("kiosk");
        try (var site = new KeptSite(folder)) {
            site.take(kiosk.as("ann").views("/a", NOON), kiosk.as("bob").views("/b", NOON + MINUTE));
            site.now.set(NOON + 2 * MINUTE);
            site.erase("ann");
            site.take(kiosk.as("bob").views("/c", NOON + 3 * MINUTE));
            assertThat(site.rows("select profile_id, entry_path, exit_path, screen_view_count, duration from sessions"))
                    .containsExactly("bob|/b|/c|2|120000");
            site.now.set(NOON + 60 * MINUTE);
            site.intake.endSessions();
            assertThat(site.rows("select name, profile_id from events where name like 'session%' order by created_at"))
                    .containsExactly("session_start|bob", "session_end|bob");
        }
    }

    @Test
    void anAnonymousVisitorIsDeletedByItsDevice() throws Exception {
        try (var site = new KeptSite(folder)) {
            site.take(ann.views("/", NOON), bob.views("/", NOON));
            site.now.set(NOON + MINUTE);
            assertThat(site.erase("ann-phone").devices()).isEqualTo(1);
            assertThat(site.rows(PEOPLE)).containsExactly("bob");
            assertThat(site.take(ann.views("/late", NOON))).containsExactly(new Receipt.HeldBack());
        }
    }

    @Test
    void aStoreThatIsMadeAnewFromTheJournalIsWithoutThePerson() throws Exception {
        try (var site = new KeptSite(folder)) {
            visit(site);
            site.take(ann.as("ann").identify("Ann", NOON, "score", "high"));
            site.take(new Entry.ProfileIncrement("shop", NOON, "bob", "score", BigDecimal.ONE));
            site.rows("select 1");
            site.now.set(NOON + 2 * MINUTE);
            site.erase("ann");
        }
        Files.delete(folder.resolve("events.duckdb"));
        try (var site = new KeptSite(folder)) {
            assertThat(site.rows("select distinct project_id, profile_id from events order by 1, 2"))
                    .containsExactly("blog|ann", "shop|bob");
            assertThat(site.rows("select properties['score'] from profiles where id = 'bob'"))
                    .containsExactly("1");
        }
    }

    @Test
    void noNumberOfTheJournalIsGivenTwice() throws Exception {
        long last;
        try (var site = new KeptSite(folder)) {
            visit(site);
            site.take(ann.as("ann").views("/last", NOON + MINUTE));
            last = site.intake.status().accepted();
            site.now.set(NOON + 2 * MINUTE);
            site.erase("ann");
        }
        try (var site = new KeptSite(folder)) {
            assertThat(site.intake.status().accepted()).isEqualTo(last);
            site.take(bob.does("click", NOON + 3 * MINUTE));
            assertThat(site.rows("select count(*) from events where name = 'click'"))
                    .containsExactly("1");
        }
    }

    @Test
    void deadLettersGoToo() throws Exception {
        try (var site = new KeptSite(folder)) {
            site.take(ann.as("ann").pays(-1, NOON), bob.pays(-1, NOON));
            site.rows("select 1");
            site.now.set(NOON + MINUTE);
            site.erase("ann");
            assertThat(site.intake.deadLetters(10))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.entry().deviceId()).isEqualTo("bob-phone"));
        }
    }

    @Test
    void aRequestSentAgainAfterTheDeletionIsKnown() throws Exception {
        try (var site = new KeptSite(folder)) {
            var retry = new Offer.Retry("digest", 24 * 60 * MINUTE);
            site.intake.take(List.of(new Offer(ann.as("ann").views("/", NOON), retry)));
            site.now.set(NOON + MINUTE);
            site.erase("ann");
            var again = site.intake.take(List.of(new Offer(ann.as("ann").views("/", NOON + 2 * MINUTE), retry)));
            assertThat(again).containsExactly(new Receipt.Kept("", "", true));
        }
        try (var site = new KeptSite(folder, NOON + 3 * MINUTE)) {
            var retry = new Offer.Retry("digest", 24 * 60 * MINUTE);
            var again = site.intake.take(List.of(new Offer(ann.as("ann").views("/", NOON + 2 * MINUTE), retry)));
            assertThat(again).containsExactly(new Receipt.Kept("", "", true));
        }
    }

    @Test
    void anOlderCopyThatIsPutBackLosesThePersonWhenTheServerStarts() throws Exception {
        var copy = folder.resolve("copy");
        try (var site = new KeptSite(folder)) {
            visit(site);
            site.rows("select 1");
        }
        Files.createDirectories(copy);
        for (var name : List.of("events.duckdb", "journal.sqlite")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
        try (var site = new KeptSite(folder, NOON + 2 * MINUTE)) {
            site.erase("ann");
        }
        for (var name : List.of("events.duckdb", "journal.sqlite")) {
            Files.copy(copy.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        try (var site = new KeptSite(folder, NOON + 3 * MINUTE)) {
            assertThat(site.rows("select profile_id from events where project_id = 'shop' group by 1"))
                    .containsExactly("bob");
        }
        Files.delete(folder.resolve("events.duckdb"));
        try (var site = new KeptSite(folder, NOON + 4 * MINUTE)) {
            assertThat(site.rows("select profile_id from events where project_id = 'shop' group by 1"))
                    .containsExactly("bob");
        }
    }

    @Test
    void somebodyUnknownIsNotedAllTheSame() throws Exception {
        try (var site = new KeptSite(folder)) {
            visit(site);
            assertThat(site.preview("anm").nearest()).contains("ann");
            site.now.set(NOON + MINUTE);
            var report = site.erase("carol");
            assertThat(report.found()).isFalse();
            assertThat(report.events() + report.sessions() + report.profiles() + report.journal())
                    .isZero();
            assertThat(site.take(Visitor.of("c").as("carol").views("/", NOON))).containsExactly(new Receipt.HeldBack());
            assertThat(site.rows(PEOPLE)).containsExactly("ann", "ann-phone", "bob");
        }
    }

    @Test
    void strangeIdsAreNamesLikeOthers() throws Exception {
        try (var site = new KeptSite(folder)) {
            for (var id : List.of("a'; drop table events; --", "%", "ann\\", "日本 🙂", "x".repeat(4_000))) {
                var person = Visitor.of("d" + UUID.randomUUID()).as(id);
                site.take(person.identify("X", NOON), person.event("click", "", NOON, 0, Map.of("k", id)));
                site.take(bob.views("/", NOON));
                site.now.addAndGet(1);
                assertThat(site.erase(id).events()).isEqualTo(1);
                assertThat(site.rows(PEOPLE)).containsExactly("bob");
            }
        }
    }
}
