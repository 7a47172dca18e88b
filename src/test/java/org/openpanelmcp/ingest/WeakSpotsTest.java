package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.ingest.Site.MINUTE;
import static org.openpanelmcp.ingest.Site.NOON;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the original; each is named by its number in the list of deviations. */
class WeakSpotsTest {
    private static final long HOUR = 60 * MINUTE;
    private static final Offer.Retry DAY = new Offer.Retry("key", 24 * HOUR);

    @TempDir
    Path folder;

    private Site site;
    private final Visitor ann = Visitor.of("ann").from("Google");

    @BeforeEach
    void open() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void reopen() throws Exception {
        var now = site.now.get();
        site.close();
        site = new Site(folder);
        site.now.set(now);
    }

    @Test
    void w1_sessionsOfTheSameMillisecondStayApart() throws Exception {
        site.keep(ann.views("/a", NOON));
        site.keep(Visitor.of("bob").views("/b", NOON));
        site.rows("select 1");
        site.keep(ann.views("/a2", NOON + 1));
        site.keep(Visitor.of("bob").views("/b2", NOON + 1));
        assertThat(site.rows("select device_id, entry_path, exit_path, screen_view_count from sessions order by 1"))
                .containsExactly("ann|/a|/a2|2", "bob|/b|/b2|2");
    }

    @Test
    void w2_aSessionHasOneRowHoweverOftenItChanges() throws Exception {
        for (int i = 0; i < 20; i++) {
            site.keep((i % 2 == 0 ? ann : ann.as("u" + i)).views("/" + i, NOON + i * MINUTE));
            site.rows("select 1");
        }
        assertThat(site.rows("select count(*), count(distinct profile_id), max(duration) from sessions"))
                .containsExactly("1|1|" + 19 * MINUTE);
    }

    @Test
    void w3_aRepeatedRequestIsAnsweredLikeTheFirstAndStoredOnce() throws Exception {
        var first = site.keep(ann.views("/", NOON), DAY);
        assertThat(site.keep(ann.views("/", NOON + 500), DAY))
                .isEqualTo(new Receipt.Kept(first.deviceId(), first.sessionId(), true));
        reopen();
        site.now.addAndGet(23 * HOUR);
        assertThat(site.keep(ann.views("/", NOON + 23 * HOUR), DAY).repeated()).isTrue();
        assertThat(site.rows("select count(*) from events where name = 'screen_view'"))
                .containsExactly("1");
        site.now.addAndGet(HOUR);
        assertThat(site.keep(ann.views("/", NOON + 24 * HOUR), DAY).repeated()).isFalse();
    }

    @Test
    void w3_twoHonestClicksASecondApartStayTwo() throws Exception {
        var click = new Offer.Retry("click", 100);
        assertThat(site.keep(ann.does("click", NOON), click).repeated()).isFalse();
        site.now.addAndGet(99);
        assertThat(site.keep(ann.does("click", NOON + 99), click).repeated()).isTrue();
        site.now.addAndGet(901);
        assertThat(site.keep(ann.does("click", NOON + 1000), click).repeated()).isFalse();
        assertThat(site.rows("select count(*) from events where name = 'click'"))
                .containsExactly("2");
    }

    @Test
    void w9_theEndOfASessionIsMadeOfTheSessionThatEnded() throws Exception {
        var first = Map.of("__query.utm_source", "news");
        site.keep(ann.event("screen_view", "/a", NOON, 0, first));
        site.keep(ann.as("u1").views("/b", NOON + MINUTE));
        site.now.addAndGet(2 * HOUR);
        site.keep(Visitor.of("ann").from("Bing").as("u2").views("/other", NOON + 2 * HOUR));
        site.rows("select 1");
        site.intake.endSessions();
        assertThat(site.rows("select path, profile_id, referrer_name, duration, properties['__query.utm_source'],"
                        + " session_id = (select id from sessions where exit_path = '/b') from events"
                        + " where name = 'session_end'"))
                .containsExactly("/b|u1|Google|" + MINUTE + "|null|true");
    }

    @Test
    void w10_lateEventsKeepTheirDeviceAndMakeTheirSession() throws Exception {
        site.keep(ann.views("/now", NOON));
        for (int i = 0; i < 3; i++) {
            site.keep(ann.views("/offline" + i, NOON - 20 * HOUR + i * MINUTE));
        }
        assertThat(site.rows("select profile_id, entry_path, exit_path, screen_view_count, epoch_ms(created_at) - "
                        + NOON + " from sessions order by created_at"))
                .containsExactly("ann|/offline0|/offline2|3|" + -20 * HOUR, "ann|/now|/now|1|0");
        assertThat(site.rows("select count(*) from events where session_id = '' or device_id = '' or profile_id = ''"))
                .containsExactly("0");
    }

    @Test
    void w10_aLateEventJoinsTheSessionThatHoldsIt() throws Exception {
        site.keep(ann.views("/first", NOON));
        site.keep(ann.views("/last", NOON + 10 * MINUTE));
        site.rows("select 1");
        site.now.addAndGet(6 * HOUR);
        reopen();
        site.keep(ann.views("/later", NOON + 6 * HOUR));
        site.keep(ann.views("/between", NOON + 5 * MINUTE));
        site.keep(ann.views("/before", NOON - 5 * MINUTE));
        assertThat(site.rows(
                        "select entry_path, exit_path, screen_view_count, duration from sessions order by created_at"))
                .containsExactly("/before|/last|4|" + 15 * MINUTE, "/later|/later|1|0");
        assertThat(site.rows("select epoch_ms(created_at) - " + NOON + ", path from events"
                        + " where name = 'session_start' order by 1"))
                .containsExactly((-5 * MINUTE - 100) + "|/before", (6 * HOUR - 100) + "|/later");
    }

    @Test
    void w11_revenueOfAServerReachesTheVisitOfTheDeviceAlsoAfterItEnded() throws Exception {
        site.keep(ann.views("/", NOON));
        var paid = site.keep(ann.onServer().pays(4900, NOON + 3 * HOUR));
        assertThat(site.rows("select referrer_name, revenue::bigint, event_count, duration, exit_path from sessions"))
                .containsExactly("Google|4900|1|0|/");
        assertThat(site.rows("select device_id, session_id, profile_id, referrer_name, country, device, browser"
                        + " from events where name = 'revenue'"))
                .containsExactly("ann|" + paid.sessionId() + "|ann|Google|SE|desktop|Firefox");
    }

    @Test
    void w11_revenueOfAServerReachesTheVisitOfThePerson() throws Exception {
        site.keep(ann.as("u1").views("/", NOON));
        site.rows("select 1");
        site.now.addAndGet(5 * HOUR);
        reopen();
        var server = new Visitor("shop", List.of(), "u1", "", true);
        site.keep(server.pays(900, NOON + 5 * HOUR));
        site.keep(server.does("renewed", NOON + 5 * HOUR));
        assertThat(site.rows("select referrer_name, revenue::bigint, event_count from sessions"))
                .containsExactly("Google|900|1");
        assertThat(site.rows("select name, device_id, profile_id, session_id = '' from events where name in"
                        + " ('revenue', 'renewed') order by 1"))
                .containsExactly("renewed||u1|true", "revenue|ann|u1|false");
    }

    @Test
    void w11_aServersEventOpensNoSession() throws Exception {
        assertThat(site.keep(ann.onServer().does("renewed", NOON))).isEqualTo(new Receipt.Kept("ann", "", false));
        assertThat(site.rows("select count(*) from sessions")).containsExactly("0");
    }

    @Test
    void w23_concurrentIncrementsAddUp() throws Exception {
        var user = Visitor.of("ann").as("u1");
        site.take(user.identify("Ann", NOON, "logins", "1.5"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Receipt>>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(threads.submit(() -> site.take(user.increment("logins", "0.25", NOON))));
            }
            for (var call : calls) {
                assertThat(call.get()).containsExactly(new Receipt.Kept("", "", false));
            }
        }
        assertThat(site.rows("select first_name, properties['logins'] from profiles"))
                .containsExactly("Ann|11.5");
    }

    @Test
    void w23_anIncrementThatCannotBeDoneIsRefused() throws Exception {
        var user = Visitor.of("ann").as("u1");
        assertThat(site.take(user.increment("logins", "1", NOON), user.identify("Ann", NOON, "plan", "free")))
                .satisfiesExactly(
                        refused ->
                                assertThat(((Receipt.Refused) refused).status()).isEqualTo(404),
                        kept -> assertThat(kept).isInstanceOf(Receipt.Kept.class));
        assertThat(site.take(user.increment("plan", "1", NOON)))
                .singleElement()
                .satisfies(refused ->
                        assertThat(((Receipt.Refused) refused).reason()).contains("'plan'", "'u1'", "is a text"));
    }

    @Test
    void w28_everyScreenViewIsAPageViewWithAPathOrWithout() throws Exception {
        site.keep(ann.views("", NOON));
        site.keep(ann.views("", NOON + 1));
        site.keep(ann.views("/a", NOON + 2));
        assertThat(site.rows("select screen_view_count, event_count, is_bounce, entry_path from sessions"))
                .containsExactly("3|0|false|/a");
    }

    @Test
    void w35_aPatchTakesNothingAway() throws Exception {
        var user = Visitor.of("ann").as("u1");
        site.take(user.identify("Ann", NOON, "plan", "free", "city", "Umeå"));
        site.rows("select 1");
        reopen();
        site.take(user.identify("", NOON + MINUTE, "plan", "pro"));
        assertThat(site.rows("select first_name, properties['plan'], properties['city'], epoch_ms(created_at) - " + NOON
                        + " from profiles"))
                .containsExactly("Ann|pro|Umeå|0");
    }

    @Test
    void w36_aSessionEndsOnceAndAtItsEnd() throws Exception {
        site.keep(ann.views("/", NOON));
        site.rows("select 1");
        site.now.addAndGet(31 * MINUTE);
        site.intake.endSessions();
        site.intake.endSessions();
        reopen();
        site.intake.endSessions();
        assertThat(ends()).containsExactly("1000|0|/|true");
        site.keep(ann.views("/late", NOON + 20 * MINUTE));
        assertThat(ends()).isEmpty();
        site.now.addAndGet(31 * MINUTE);
        site.intake.endSessions();
        assertThat(ends()).containsExactly(20 * MINUTE + 1000 + "|" + 20 * MINUTE + "|/late|false");
    }

    private List<String> ends() throws Exception {
        return site.rows("select epoch_ms(created_at) - " + NOON
                + ", duration, path, properties['__bounce'] from events" + " where name = 'session_end'");
    }

    @Test
    void w37_parallelFirstEventsAroundAHalfHourShareOneSession() throws Exception {
        var sessions = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt.Kept>> calls = new ArrayList<>();
            for (int i = -10; i < 10; i++) {
                var event = ann.views("/", NOON + 5_000 + i * 1_000L);
                calls.add(threads.submit(() -> site.keep(event)));
            }
            for (var call : calls) {
                sessions.add(call.get().sessionId());
            }
        }
        assertThat(sessions).containsOnly(sessions.getFirst());
        assertThat(site.rows("select distinct session_id from events")).containsExactly(sessions.getFirst());
        assertThat(site.rows("select screen_view_count from sessions")).containsExactly("20");
        assertThat(site.rows("select count(*) from events where name = 'session_start'"))
                .containsExactly("1");
    }

    @Test
    void w43_aDeletedGroupIsMadeAnew() throws Exception {
        var first = new Entry.GroupPatch("shop", NOON, "g1", "company", "Acme", Map.of("plan", "pro"));
        site.take(first);
        site.rows("select 1");
        site.database.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "insert into groups select * replace (version + 1 as version, 1 as deleted)" + " from groups");
            }
        });
        site.take(new Entry.GroupPatch("shop", NOON, "g1", "company", "Acme", Map.of("size", "9")));
        assertThat(site.rows("select deleted, properties::varchar from groups order by version desc limit 1"))
                .containsExactly("0|{size=9}");
    }

    @Test
    void w47_whoIsKnownByServersOnlyHasAProfileWithTheTimeOfTheLastEvent() throws Exception {
        var server = new Visitor("shop", List.of(), "u1", "", true);
        site.keep(server.does("renewed", NOON));
        site.rows("select 1");
        site.keep(server.does("renewed", NOON + MINUTE + 7));
        assertThat(site.rows("select id, is_external, epoch_ms(created_at) - " + NOON + ", epoch_ms(last_seen_at) - "
                        + NOON + " from profiles"))
                .containsExactly("u1|true|0|" + (MINUTE + 7));
    }

    @Test
    void w48_whatIsRememberedIsLetGoWhenItsTimeIsOver() throws Exception {
        for (int i = 0; i < 50; i++) {
            site.keep(Visitor.of("d" + i).views("/", NOON), new Offer.Retry("key" + i, 24 * HOUR));
        }
        site.rows("select 1");
        assertThat(journal("retries")).isEqualTo(50);
        site.now.addAndGet(8 * 24 * HOUR);
        site.intake.endSessions();
        assertThat(journal("retries")).isZero();
        assertThat(journal("entries")).as("the last one tells the next number").isEqualTo(1);
    }

    private int journal(String table) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.sqlite"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            return row.getInt(1);
        }
    }
}
