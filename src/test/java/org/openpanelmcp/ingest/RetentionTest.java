package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than a project keeps goes, by the days of its zone. */
class RetentionTest {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    /** 30 days before the day of {@link KeptSite#NOON} in Stockholm, where it was still summer. */
    private static final long SINCE = Instant.parse("2026-10-22T22:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private final Visitor ann = Visitor.of("a").as("ann");
    private final Visitor bob = Visitor.of("b").as("bob");

    private void history(KeptSite site) throws Exception {
        site.now.set(SINCE - DAY);
        site.take(
                ann.views("/old", SINCE - DAY),
                ann.in("blog").views("/old", SINCE - DAY),
                ann.onServer().pays(5, SINCE - 1),
                bob.views("/before", SINCE - 10 * 60_000),
                bob.views("/after", SINCE),
                Visitor.of("c").as("carol").views("/first", SINCE));
        site.rows("select 1");
        site.now.set(SINCE + DAY);
        site.intake.endSessions();
        site.now.set(KeptSite.NOON);
    }

    @Test
    void eventsSessionsAndPeopleOfWhomNothingIsLeftGo() throws Exception {
        try (var site = new KeptSite(folder)) {
            history(site);
            assertThat(site.expire().isEmpty()).isTrue();
            site.metadata.retention().save("shop", OptionalInt.of(30));
            var report = site.expire();
            assertThat(report.projects()).singleElement().satisfies(row -> {
                assertThat(row.project()).isEqualTo("shop");
                assertThat(row.since().toEpochMilli()).isEqualTo(SINCE);
                assertThat(row.events()).isEqualTo(4);
                assertThat(row.sessions()).isEqualTo(1);
                assertThat(row.profiles()).isEqualTo(1);
            });
            assertThat(site.rows("select project_id, name, profile_id, path from events"
                            + " where name not like 'session%' order by project_id, created_at, profile_id"))
                    .containsExactly(
                            "blog|screen_view|ann|/old",
                            "shop|screen_view|bob|/before",
                            "shop|screen_view|bob|/after",
                            "shop|screen_view|carol|/first");
            assertThat(site.rows("select project_id, profile_id from sessions order by 1, 2"))
                    .containsExactly("blog|ann", "shop|bob", "shop|carol");
            assertThat(site.rows("select project_id, id from profiles order by 1, 2"))
                    .containsExactly("blog|ann", "shop|bob", "shop|carol");
            assertThat(site.rows(
                            "select count(*) from events where project_id = 'shop' and session_id not in (select id"
                                    + " from sessions)"))
                    .containsExactly("0");
            assertThat(site.expire().isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsTooOldIsNotTakenAnyMore() throws Exception {
        try (var site = new KeptSite(folder)) {
            site.metadata.retention().save("shop", OptionalInt.of(30));
            assertThat(site.take(ann.views("/", SINCE - 1), ann.in("blog").views("/", SINCE - 1)))
                    .first()
                    .isEqualTo(new Receipt.HeldBack());
            assertThat(site.take(ann.views("/", SINCE))).doesNotContain(new Receipt.HeldBack());
            assertThat(site.rows("select project_id from events where name = 'screen_view' order by 1"))
                    .containsExactly("blog", "shop");
            site.metadata.retention().save("shop", OptionalInt.empty());
            assertThat(site.take(ann.views("/", SINCE - 1))).doesNotContain(new Receipt.HeldBack());
        }
    }

    @Test
    void itIsDoneAgainWhenADayHasEnded() throws Exception {
        try (var site = new KeptSite(folder)) {
            history(site);
            site.metadata.retention().save("shop", OptionalInt.of(30));
            site.expireWhenDue();
            var people = "select distinct profile_id from events where project_id = 'shop' order by 1";
            assertThat(site.rows(people)).containsExactly("bob", "carol");
            site.now.set(KeptSite.NOON + 10 * HOUR);
            site.expireWhenDue();
            assertThat(site.rows(people)).containsExactly("bob", "carol");
            site.now.set(KeptSite.NOON + 11 * HOUR);
            site.expireWhenDue();
            assertThat(site.rows(people)).isEmpty();
        }
    }

    @Test
    void theJournalForgetsToo() throws Exception {
        try (var site = new KeptSite(folder)) {
            history(site);
            site.metadata.retention().save("shop", OptionalInt.of(30));
            assertThat(site.expire().journal()).isEqualTo(3);
            site.metadata.retention().save("shop", OptionalInt.empty());
        }
        Files.delete(folder.resolve("events.duckdb"));
        try (var site = new KeptSite(folder)) {
            assertThat(site.rows("select count(*) from events where project_id = 'shop' and created_at <"
                            + " make_timestamp_ms(" + (SINCE - HOUR) + ")"))
                    .containsExactly("0");
        }
    }
}
