package org.openpanelmcp.transfer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {
    private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");

    /** New York's clock, without the engine's time zones: it is an hour behind from the first of November on. */
    private static final String APP_CLOCK = """
            (select created_at - case when created_at < '2026-11-01 06:00:00' then interval 4 hour else interval 5 hour end as clock
                from events where project_id = 'demo-app')""";

    private static final DemoOptions OPTIONS = new DemoOptions(7, DAY, 60_000);

    @TempDir
    Path temporary;

    @Test
    void makesTheSameRowsForTheSameSeedAndDay() {
        assertThat(digests("a", OPTIONS)).isEqualTo(digests("b", OPTIONS));
        assertThat(digests("c", new DemoOptions(8, DAY, 60_000))).isNotEqualTo(digests("d", OPTIONS));
    }

    @Test
    void writesInSlicesThatChangeNothing() {
        var slices = new ArrayList<Double>();
        try (var demo = new Installation(temporary.resolve("slices"))) {
            Demo.load(demo.events, demo.metadata, OPTIONS, (step, done) -> slices.add(done), 1_000);
            assertThat(slices).hasSizeGreaterThan(40).isSorted();
            assertThat(digests(demo)).isEqualTo(digests("whole", OPTIONS));
        }
    }

    @Test
    void tellsOneStory() {
        try (var demo = new Installation(temporary)) {
            var report = load(demo, OPTIONS);
            assertThat(report.events()).isBetween(58_000L, 62_000L);
            fillsNinetyDays(demo);
            hasAFunnel(demo);
            hasADipWithACause(demo);
            hasACampaign(demo);
            hasSessionsThatFollowFromTheirEvents(demo);
            hasAProfileForEveryone(demo);
            hasSourcesThatTellSomething(demo);
            assertThat(demo.metadata.facts().get(Import.TEST_DATA)).contains("true");
        }
    }

    @Test
    void hasAnAppInAnotherZone() {
        try (var demo = new Installation(temporary)) {
            var report = load(demo, OPTIONS);
            assertThat(report.projects().getLast().events()).isBetween(5_500L, 6_500L);
            var app = demo.metadata.projects().find(Demo.APP).orElseThrow();
            assertThat(app.zone()).isEqualTo(ZoneId.of("America/New_York"));
            assertThat(app.types()).containsExactly("app");
            assertThat(demo.metadata.projects().list(Demo.ORGANIZATION)).hasSize(2);
            fillsNinetyDaysOfItsZone(demo);
            hasSubscriptions(demo);
            hasVersionsAndACrash(demo);
        }
    }

    @Test
    void hasGroupsWithMembersWhoDoThings() {
        try (var demo = new Installation(temporary)) {
            load(demo, new DemoOptions(7, DAY, 150_000));
            assertThat(demo.rows("""
                    select g.project_id, g.type, count(distinct e.groups) >= 0.9 * count(distinct g.id),
                        count(distinct e.profile_id) > 2 * count(distinct g.id), bool_and(g.properties['plan'] <> '')
                    from groups g left join (select project_id, unnest(groups) as groups, profile_id from events) e
                        on e.project_id = g.project_id and e.groups = g.id
                    group by all order by all"""))
                    .containsExactly(
                            "demo-app|club|true|true|true",
                            "demo-app|company|true|true|true",
                            "demo-shop|company|true|true|true",
                            "demo-shop|team|true|true|true");
            assertThat(demo.rows("""
                    select project_id, max(length(groups)) from events group by project_id order by 1""")).containsExactly("demo-app|3", "demo-shop|3");
            biggerPlansBuyMore(demo);
            membersOfClubsComeBackMoreOften(demo);
        }
    }

    @Test
    void hasReferencesInBothProjects() {
        try (var demo = new Installation(temporary)) {
            load(demo, OPTIONS);
            var dates = demo.metadata.catalog().list().stream()
                    .filter(entry -> entry.kind().equals("references"))
                    .map(entry -> JsonMapper.shared().readTree(entry.json()))
                    .collect(Collectors.toMap(
                            reference -> reference.get("id").stringValue(),
                            reference -> reference.get("projectId").stringValue() + " "
                                    + reference.get("date").stringValue()));
            assertThat(dates)
                    .containsEntry("demo-autumn-sale", "demo-shop 2026-10-11T00:00:00Z")
                    .containsEntry("demo-autumn-sale-end", "demo-shop 2026-10-25T00:00:00Z")
                    .containsEntry("demo-checkout-outage", "demo-shop 2026-11-01T09:00:00Z")
                    .containsEntry("demo-hundred-peaks", "demo-app 2026-09-27T04:00:00Z")
                    .hasSize(12);
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
            assertThat(load(demo, new DemoOptions(7, now, 60_000)).events()).isBetween(58_000L, 62_000L);
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
        assertThat(demo.rows("""
                select count(distinct created_at::date), min(created_at)::date, max(created_at)::date from events
                where project_id = 'demo-shop'""")).containsExactly("90|2026-08-24|2026-11-21");
        assertThat(demo.rows("select count(*) from events where created_at >= timestamp '2026-11-22'"))
                .containsExactly("0");
    }

    private static void fillsNinetyDaysOfItsZone(Installation demo) {
        assertThat(demo.rows(
                        "select count(distinct clock::date), min(clock)::date, max(clock)::date from " + APP_CLOCK))
                .containsExactly("90|2026-08-24|2026-11-21");
        assertThat(demo.rows(
                        "select count(*) filter (hour(clock) between 6 and 9) > 4 * count(*) filter (hour(clock) between 1 and 4)"
                                + " from " + APP_CLOCK))
                .containsExactly("true");
    }

    private static void hasSubscriptions(Installation demo) {
        assertThat(demo.rows("""
                select count(distinct profile_id) filter (name = 'onboarding_started')
                        > count(distinct profile_id) filter (name = 'onboarding_completed'),
                    count(*) filter (name = 'trial_started') > count(*) filter (name = 'subscription_started'),
                    count(*) filter (name = 'subscription_started') > 0,
                    count(*) filter (name in ('subscription_started', 'subscription_renewed'))
                        = count(*) filter (name = 'revenue' and revenue::varchar = properties['price']),
                    bool_and(origin = '' and browser = '' and referrer = '' and sdk_name = 'react-native'),
                    bool_and(path in ('Onboarding', 'SignUp', 'Login', 'Home', 'Explore', 'TrailDetails', 'Map', 'Hike', 'Club',
                        'Profile', 'Settings', 'Paywall'))
                from events where project_id = 'demo-app'""")).containsExactly("true|true|true|true|true|true");
    }

    private static void hasVersionsAndACrash(Installation demo) {
        assertThat(demo.rows("""
                select distinct properties['__version'] from events
                where project_id = 'demo-app' and name <> 'session_end' order by 1""")).containsExactly("3.3.2", "3.4.0", "3.5.0", "3.5.1");
        assertThat(demo.rows("""
                select count(*) from events where name = 'app_crashed' and (os <> 'Android' or properties['__version'] <> '3.5.0'
                    or created_at < '2026-10-23 04:00:00')""")).containsExactly("0");
    }

    private static void biggerPlansBuyMore(Installation demo) {
        assertThat(demo.rows("""
                select g.properties['plan'] from (select unnest(groups) as id, revenue from events where name = 'revenue') e
                join groups g using (id) where type = 'company' and project_id = 'demo-shop'
                group by all order by avg(revenue)""")).containsExactly("starter", "growth", "enterprise");
    }

    private static void membersOfClubsComeBackMoreOften(Installation demo) {
        assertThat(demo.rows("""
                select length(p.groups) > 0 from profiles p join sessions s on s.profile_id = p.id
                where p.project_id = 'demo-app' and is_external
                group by 1 order by count(distinct s.id) / count(distinct p.id)""")).containsExactly("false", "true");
    }

    private static void hasSourcesThatTellSomething(Installation demo) {
        assertThat(demo.rows("""
                select count(*) filter (created_at > '2026-10-23') > 2 * count(*) filter (created_at < '2026-09-23')
                from sessions where referrer_type = 'ai'""")).containsExactly("true");
        assertThat(demo.rows("""
                select count(distinct utm_term) > 3, count(distinct utm_content) > 4 from sessions""")).containsExactly("true|true");
        assertThat(demo.rows("""
                select count(*) from sessions s where utm_source <> '' and not exists (
                    from events e where e.session_id = s.id and e.name = 'screen_view'
                        and coalesce(e.properties['__query.utm_source'], '') = s.utm_source
                        and coalesce(e.properties['__query.utm_medium'], '') = s.utm_medium
                        and coalesce(e.properties['__query.utm_campaign'], '') = s.utm_campaign
                        and coalesce(e.properties['__query.utm_term'], '') = s.utm_term
                        and coalesce(e.properties['__query.utm_content'], '') = s.utm_content)""")).containsExactly("0");
        assertThat(
                        demo.rows(
                                "select count(*) from events where name = 'screen_view' and coalesce(properties['__title'], '') = ''"))
                .containsExactly("0");
        assertThat(demo.rows("select count(*) from sessions where device = 'mobile' and (brand = '' or model = '')"))
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
                from events where project_id = 'demo-shop'""");
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
                        arg_max(profile_id, created_at) as profile_id, arg_max(groups, created_at) as groups,
                        any_value(project_id) as project_id
                    from (select *, count(*) filter (name = 'screen_view') over (partition by session_id) as views_of from events)
                    group by session_id) e on s.id = e.session_id
                where s.screen_view_count = views and s.event_count = others and s.revenue = e.revenue
                    and s.created_at = opened and s.ended_at = closed and s.duration = e.duration and bounce
                    and s.duration = epoch_ms(closed) - epoch_ms(opened) and s.is_bounce = (views <= 1)
                    and started = opened - interval 100 millisecond and s.profile_id = e.profile_id
                    and s.groups = e.groups and s.project_id = e.project_id""")).isEqualTo(demo.rows("select count(*) from sessions"));
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
            return digests(demo);
        }
    }

    private static List<String> digests(Installation demo) {
        return List.of("events", "sessions", "profiles", "groups").stream()
                .map(table -> demo.rows("select md5(string_agg(t::varchar, '\n')) from " + table + " t")
                        .getFirst())
                .toList();
    }

    private static DemoReport load(Installation demo, DemoOptions options) {
        return Demo.load(demo.events, demo.metadata, options, Progress.SILENT);
    }
}
