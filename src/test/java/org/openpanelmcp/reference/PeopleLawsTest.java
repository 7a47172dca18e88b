package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must hold between answers about people, groups, funnels and cohorts: one number has one meaning. */
class PeopleLawsTest extends Differential {
    private static final int ASKED = 4;
    private static final List<String> STEPS = List.of("screen_view", "session_start", "revenue", "click");
    private static final List<String> OF_ONE_VALUE =
            List.of("country", "entry_path", "properties.plan", "profile.properties.plan", "profile.first_name");

    @TestFactory
    Stream<DynamicTest> everyToolTellsTheSameOfAProfile() {
        return each(1, PeopleLawsTest::checkProfiles);
    }

    @TestFactory
    Stream<DynamicTest> everyToolTellsTheSameOfAGroup() {
        return each(1, PeopleLawsTest::checkGroups);
    }

    @TestFactory
    Stream<DynamicTest> partsOfAFunnelAddUpAndGroupsLoseNobody() {
        return each(2, PeopleLawsTest::checkFunnel);
    }

    @TestFactory
    Stream<DynamicTest> funnelsNarrowAndAWiderWindowLosesNobody() {
        return each(2, PeopleLawsTest::checkWindows);
    }

    @TestFactory
    Stream<DynamicTest> partsOfCohortsAddUpAndGroupsLoseNobody() {
        return each(2, PeopleLawsTest::checkCohorts);
    }

    private static void checkProfiles(SampleProject project, Random random) {
        var all = rows(project, "find_profiles", "rows", AskedStore.arguments());
        var identified =
                rows(project, "find_profiles", "rows", AskedStore.arguments().put("people", "identified"));
        var anonymous =
                rows(project, "find_profiles", "rows", AskedStore.arguments().put("people", "anonymous"));
        assertThat(identified.size() + anonymous.size()).isEqualTo(all.size());
        for (int i = 0; i < Math.min(ASKED, all.size()); i++) {
            var row = all.get(random.nextInt(all.size()));
            var id = row.get("id").stringValue();
            var profile = AskedStore.arguments().put("profileId", id);
            long sessions = row.get("sessions").longValue();
            assertThat(store().ask(project, "get_profile_sessions", profile)
                            .get("session_count")
                            .longValue())
                    .as("sessions of %s", id)
                    .isEqualTo(sessions)
                    .isEqualTo(total(project, "query_sessions", "profile_id", id));
            assertThat(total(store().ask(project, "get_profile", profile)))
                    .as("events of %s", id)
                    .isEqualTo(store().ask(project, "get_profile_metrics", profile)
                            .get("totalEvents")
                            .longValue())
                    .isEqualTo(total(project, "query_events", "profile_id", id));
        }
    }

    private static void checkGroups(SampleProject project, Random random) {
        var all = rows(project, "find_groups", "rows", AskedStore.arguments());
        long ofTypes = 0;
        for (var type : rows(project, "list_group_types", "rows", AskedStore.arguments())) {
            ofTypes += type.get("count").longValue();
        }
        assertThat(ofTypes).isEqualTo(all.size());
        for (int i = 0; i < Math.min(ASKED, all.size()); i++) {
            var id = all.get(random.nextInt(all.size())).get("id").stringValue();
            var group = store().ask(project, "get_group", ever().put("groupId", id));
            var members = rows(
                    project, "find_profiles", "rows", AskedStore.arguments().put("group", id));
            assertThat(group.get("member_count").longValue()).isEqualTo(members.size());
            assertThat(group.at("/activity/active_members").longValue()).isLessThanOrEqualTo(members.size());
            assertThat(group.at("/activity/events").longValue())
                    .as("events of %s", id)
                    .isEqualTo(total(project, "query_events", "group.id", id));
            assertThat(group.at("/activity/sessions").longValue())
                    .as("sessions of %s", id)
                    .isEqualTo(total(project, "query_sessions", "group.id", id));
        }
    }

    private static void checkFunnel(SampleProject project, Random random) {
        var asked = arguments(AskedRange.random(random, project), List.of(), null);
        asked.putArray("steps").add(one(random, STEPS)).add(one(random, STEPS));
        asked.put("groupBy", random.nextBoolean() ? "session_id" : "profile_id");
        var parts = store().ask(
                        project,
                        "get_funnel",
                        asked.put("breakdown", one(random, OF_ONE_VALUE)).put("limit", 2));
        for (var figure : List.of("totalUsers", "completedUsers")) {
            assertThat(sum(parts.get("breakdown"), figure))
                    .as("%s: %s, %s", figure, project.title(), asked)
                    .isEqualTo(parts.get(figure).longValue());
        }
        var groups = store().ask(project, "get_funnel", asked.put("breakdown", "group.id"));
        assertThat(sum(groups.get("breakdown"), "totalUsers"))
                .as("%s, %s", project.title(), asked)
                .isGreaterThanOrEqualTo(groups.get("totalUsers").longValue());
        for (var part : groups.get("breakdown")) {
            assertThat(part.get("totalUsers").longValue())
                    .isLessThanOrEqualTo(groups.get("totalUsers").longValue());
        }
    }

    private static void checkWindows(SampleProject project, Random random) {
        var asked = arguments(AskedRange.random(random, project), List.of(), null);
        var steps = asked.putArray("steps");
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            steps.add(one(random, STEPS));
        }
        asked.put("groupBy", one(random, List.of("session_id", "profile_id")));
        asked.put("order", one(random, List.of("strict_increase", "ordered")));
        var wider = List.<Long>of();
        for (int hours : List.of(720, 24, 1)) {
            var users = store().ask(project, "get_funnel", asked.put("windowHours", hours))
                    .get("steps")
                    .valueStream()
                    .map(step -> step.get("users").longValue())
                    .toList();
            for (int i = 0; i < users.size(); i++) {
                assertThat(users.get(i))
                        .as("step %s, %s, %s", i + 1, project.title(), asked)
                        .isLessThanOrEqualTo(users.get(Math.max(0, i - 1)))
                        .isLessThanOrEqualTo(i < wider.size() ? wider.get(i) : Long.MAX_VALUE);
            }
            wider = users;
        }
    }

    private static void checkCohorts(SampleProject project, Random random) {
        var asked = AskedStore.arguments()
                .put("people", "all")
                .put("interval", "month")
                .put("periods", 3);
        asked.put("criterion", random.nextBoolean() ? "on" : "on_or_after").put("limit", 2);
        asked.put("startEvent", one(random, STEPS)).put("startDate", "2023-01-01");
        var parts = store().ask(project, "get_retention_cohort", asked.put("breakdown", one(random, OF_ONE_VALUE)));
        assertThat(people(parts.get("breakdown")))
                .as("%s, %s", project.title(), asked)
                .isEqualTo(people(parts.get("rows")));
        var groups = store().ask(project, "get_retention_cohort", asked.put("breakdown", "group.id"));
        assertThat(people(groups.get("breakdown"))).isGreaterThanOrEqualTo(people(groups.get("rows")));
    }

    /** In all cohorts, of the parts together where there are any; the averages are no cohorts. */
    private static long people(JsonNode rows) {
        long people = 0;
        for (var row : rows) {
            people += row.has("rows")
                    ? people(row.get("rows"))
                    : row.get("cohort_interval").stringValue().equals("Weighted Average")
                            ? 0
                            : row.get("sum").longValue();
        }
        return people;
    }

    private static ObjectNode ever() {
        return AskedStore.arguments().put("startDate", "1990-01-01").put("endDate", "2090-01-01");
    }

    private static long total(SampleProject project, String tool, String dimension, String value) {
        var asked = ever().put("limit", 1);
        asked.putObject("filters").put(dimension, AskedFilters.plain(value));
        return total(store().ask(project, tool, asked));
    }

    private static long total(JsonNode answer) {
        return answer.at("/meta/total").longValue();
    }

    private static long sum(JsonNode rows, String figure) {
        return rows.valueStream().mapToLong(row -> row.get(figure).longValue()).sum();
    }
}
