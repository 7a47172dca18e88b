package org.openpanelmcp.transfer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;

class DemoTest {
    private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");
    private static final DemoOptions OPTIONS = new DemoOptions(7, DAY, 30_000);

    @TempDir
    Path temporary;

    @Test
    void makesTheSameRowsForTheSameSeedAndDay() {
        assertThat(digests("a", OPTIONS)).isEqualTo(digests("b", OPTIONS));
        assertThat(digests("c", new DemoOptions(8, DAY, 30_000))).isNotEqualTo(digests("d", OPTIONS));
    }

    @Test
    void tellsOneStory() {
        try (var demo = new Installation(temporary)) {
            var report = load(demo, OPTIONS);
            assertThat(report.events()).isBetween(29_000L, 31_000L);
            fillsNinetyDays(demo);
            hasAFunnel(demo);
            hasADipWithACause(demo);
            hasACampaign(demo);
            hasSessionsThatFollowFromTheirEvents(demo);
            hasAProfileForEveryone(demo);
            assertThat(demo.metadata.facts().get(Import.TEST_DATA)).contains("true");
        }
    }

    @Test
    void doesNothingTheSecondTime() {
        try (var demo = new Installation(temporary)) {
            var events = load(demo, OPTIONS).events();
            assertThat(load(demo, OPTIONS).made()).isFalse();
            assertThat(demo.rows("select count(*) from events")).containsExactly(Long.toString(events));
        }
    }

    @Test
    void goesOnUntilNow() {
        var now = DAY.plus(Duration.ofHours(15)).plus(Duration.ofMinutes(20));
        try (var demo = new Installation(temporary)) {
            assertThat(load(demo, new DemoOptions(7, now, 30_000)).events()).isBetween(29_000L, 31_000L);
            assertThat(
                            demo.rows(
                                    "select max(created_at) between '2026-11-22 13:20:00' and '2026-11-22 15:20:00' from events"))
                    .containsExactly("true");
            assertThat(demo.rows("select count(distinct created_at::date) from events"))
                    .containsExactly("90");
        }
    }

    @Test
    void refusesSizesOutOfBounds() {
        assertThatThrownBy(() -> new DemoOptions(1, DAY, 10)).hasMessageContaining("1,000 to 10,000,000");
    }

    private static void fillsNinetyDays(Installation demo) {
        assertThat(
                        demo.rows(
                                "select count(distinct created_at::date), min(created_at)::date, max(created_at)::date from events"))
                .containsExactly("90|2026-08-24|2026-11-21");
        assertThat(demo.rows("select count(*) from events where created_at >= timestamp '2026-11-22'"))
                .containsExactly("0");
    }

    private static void hasAFunnel(Installation demo) {
        var steps = demo.rows("""
                select count(distinct session_id) filter (path like '/product/%') > count(distinct session_id) filter (name = 'add_to_cart'),
                    count(distinct session_id) filter (name = 'add_to_cart') > count(distinct session_id) filter (name = 'checkout'),
                    count(distinct session_id) filter (name = 'checkout') > count(distinct session_id) filter (name = 'purchase'),
                    count(*) filter (name = 'purchase') > 100,
                    count(*) filter (name = 'purchase') = count(*) filter (name = 'revenue' and revenue > 0),
                    count(*) filter (name <> 'revenue' and revenue > 0) = 0,
                    count(*) filter (name = 'sign_up' and properties['plan'] in ('free', 'pro', 'business')) > 100
                from events""");
        assertThat(steps).containsExactly("true|true|true|true|true|true|true");
    }

    private static void hasADipWithACause(Installation demo) {
        var failed = "select distinct created_at::date::varchar, browser || ' ' || browser_version from events"
                + " where name = 'checkout_failed' and properties['reason'] = 'payment_script_error' order by 1";
        assertThat(demo.rows(failed))
                .containsExactly(
                        "2026-11-01|Mobile Safari 26.1",
                        "2026-11-02|Mobile Safari 26.1",
                        "2026-11-03|Mobile Safari 26.1");
        var bought = demo.rows("""
                select count(distinct session_id) filter (name = 'purchase')
                    < 0.3 * count(distinct session_id) filter (name = 'checkout')
                from events where browser = 'Mobile Safari' and browser_version = '26.1'
                group by created_at::date between date '2026-11-01' and date '2026-11-03' order by all""");
        assertThat(bought).containsExactly("false", "true");
    }

    private static void hasACampaign(Installation demo) {
        assertThat(demo.rows("""
                select min(created_at)::date, max(created_at)::date, count(*) > 100 from sessions
                where utm_campaign = 'autumn-sale'""")).containsExactly("2026-10-11|2026-10-24|true");
    }

    private static void hasSessionsThatFollowFromTheirEvents(Installation demo) {
        assertThat(demo.rows("""
                select count(*) from sessions s join (
                    select session_id, count(*) filter (name = 'screen_view') as views,
                        count(*) filter (name not in ('screen_view', 'session_start', 'session_end')) as others,
                        sum(revenue) as revenue,
                        min(created_at) filter (name not in ('session_start', 'session_end')) as opened,
                        max(created_at) filter (name not in ('session_start', 'session_end')) as closed,
                        max(duration) as duration,
                        bool_or(name = 'session_end' and properties['__bounce'] = (case when views_of <= 1 then 'true' else 'false' end)) as bounce,
                        min(created_at) filter (name = 'session_start') as started,
                        arg_max(profile_id, created_at) as profile_id
                    from (select *, count(*) filter (name = 'screen_view') over (partition by session_id) as views_of from events)
                    group by session_id) e on s.id = e.session_id
                where s.screen_view_count = views and s.event_count = others and s.revenue = e.revenue
                    and s.created_at = opened and s.ended_at = closed and s.duration = e.duration and bounce
                    and s.duration = epoch_ms(closed) - epoch_ms(opened) and s.is_bounce = (views <= 1)
                    and started = opened - interval 100 millisecond and s.profile_id = e.profile_id""")).isEqualTo(demo.rows("select count(*) from sessions"));
        assertThat(demo.rows("select count(*) - count(distinct id) from sessions"))
                .containsExactly("0");
    }

    private static void hasAProfileForEveryone(Installation demo) {
        assertThat(demo.rows("select distinct profile_id from events except select id from profiles"))
                .isEmpty();
        assertThat(demo.rows("select distinct unnest(groups) from events except select id from groups"))
                .isEmpty();
        assertThat(demo.rows("select count(*) - count(distinct id) from profiles"))
                .containsExactly("0");
    }

    private List<String> digests(String name, DemoOptions options) {
        try (var demo = new Installation(temporary.resolve(name))) {
            load(demo, options);
            return List.of("events", "sessions", "profiles", "groups").stream()
                    .map(table -> demo.rows("select md5(string_agg(t::varchar, '\n')) from " + table + " t")
                            .getFirst())
                    .toList();
        }
    }

    private static DemoReport load(Installation demo, DemoOptions options) {
        return Demo.load(demo.events, demo.metadata, options, Progress.SILENT);
    }
}
