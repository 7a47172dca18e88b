package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Profiles, their events, sessions and figures, and groups, against plain Java. */
class PeopleDifferentialTest extends Differential {
    private static final List<String> WORDS =
            List.of("", "", "", "ada", "A", "b%", "_", "\\", "user_1", "😀", " ada  mae ", "ÅS", "'");
    private static final Span EVER = new Span(0, Long.MAX_VALUE);

    @TestFactory
    Stream<DynamicTest> profiles() {
        return each(6, PeopleDifferentialTest::askProfiles);
    }

    @TestFactory
    Stream<DynamicTest> oneProfile() {
        return each(4, PeopleDifferentialTest::askProfile);
    }

    @TestFactory
    Stream<DynamicTest> metrics() {
        return each(8, PeopleDifferentialTest::askMetrics);
    }

    @TestFactory
    Stream<DynamicTest> groups() {
        return each(4, PeopleDifferentialTest::askGroups);
    }

    @TestFactory
    Stream<DynamicTest> oneGroup() {
        return each(4, PeopleDifferentialTest::askGroup);
    }

    private static void askProfiles(SampleProject project, Random random) {
        var arguments = AskedStore.arguments();
        var span = EVER;
        var event = random.nextBoolean() ? "" : one(random, List.of("screen_view", "click", "it's"));
        int often = 1 + random.nextInt(2);
        if (!event.isEmpty()) {
            arguments.put("performedEvent", event).put("minPerformed", often);
            if (random.nextBoolean()) {
                var range = AskedRange.random(random, project);
                range.writeTo(arguments);
                boolean none = range.startDate() == null && range.endDate() == null;
                span = none ? EVER : range.span();
            }
        }
        var people = one(random, List.of("all", "all", "identified", "anonymous"));
        var asked = new SampleProfiles.Asked(
                one(random, WORDS).strip(),
                random.nextInt(3) > 0 ? "" : one(random, List.of("A.TEST", "b_c", "%", "@")),
                random.nextInt(3) > 0 ? Map.of() : properties(random),
                random.nextInt(4) > 0 ? "" : one(random, PeopleGenerator.GROUPS),
                people.equals("all") ? null : people.equals("identified"),
                random.nextInt(3) > 0 ? null : one(random, List.of(1, 10, 400)),
                random.nextInt(3) > 0 ? null : one(random, List.of(1, 2, 5)),
                event,
                often,
                span,
                one(random, List.of("created_at", "last_seen_at", "sessions")),
                random.nextBoolean());
        write(asked, people, arguments);
        comparePages(project, "find_profiles", arguments, new SampleProfiles(project).found(asked), random);
    }

    private static Map<String, String> properties(Random random) {
        var properties = new LinkedHashMap<String, String>();
        properties.put(one(random, PeopleGenerator.KEYS), one(random, ProjectGenerator.TEXTS));
        if (random.nextInt(3) == 0) {
            properties.put("plan", one(random, ProjectGenerator.TEXTS));
        }
        return properties;
    }

    private static void write(SampleProfiles.Asked asked, String people, ObjectNode arguments) {
        arguments.put("name", asked.name()).put("email", asked.email()).put("group", asked.group());
        arguments.put("people", people);
        arguments.put("inactiveDays", asked.inactiveDays()).put("minSessions", asked.minSessions());
        arguments.put("sortBy", asked.sortBy()).put("sortOrder", asked.ascending() ? "asc" : "desc");
        var properties = arguments.putObject("properties");
        asked.properties().forEach((key, value) -> {
            // Some have an argument of their own, which takes the empty text for "any".
            boolean own = List.of("country", "city", "device").contains(key) && !value.isEmpty();
            (own ? arguments : properties).put(key, value);
        });
    }

    private static String someone(Random random) {
        return one(random, PeopleGenerator.IDS);
    }

    private static void askProfile(SampleProject project, Random random) {
        var id = someone(random);
        boolean stitched = random.nextBoolean();
        var person = new SamplePerson(project, id, stitched);
        var arguments = AskedStore.arguments().put("profileId", id).put("stitchDevices", stitched);
        if (!person.isKnown()) {
            refused(project, "get_profile", arguments);
            refused(project, "get_profile_sessions", arguments);
            return;
        }
        var own = person.alone();
        var events = new SampleEvents(own).newestFirst(EVER, List.of());
        var answer = pages(project, "get_profile", "recent_events", "eventLimit", arguments, random);
        compare(project, arguments, chosen(answer.rows(), SampleEvents.COLUMNS), events);
        assertThat(answer.last().at("/meta/total").intValue()).isEqualTo(events.size());
        var profile = new SampleProfiles(project).row(id);
        compare(
                project,
                arguments,
                answer.last().get("profile"),
                profile.map(JsonNode.class::cast).orElse(NullNode.instance));

        var sessions = new SampleSessions(own).newestFirst(EVER, List.of());
        var visits = pages(project, "get_profile_sessions", "sessions", "limit", arguments, random);
        compare(project, arguments, chosen(visits.rows(), SampleSessions.COLUMNS), sessions);
        assertThat(visits.last().get("session_count").intValue()).isEqualTo(sessions.size());
    }

    private record Pages(ArrayNode rows, ObjectNode last) {}

    private static Pages pages(
            SampleProject project, String tool, String field, String limit, ObjectNode arguments, Random random) {
        var rows = JsonNodeFactory.instance.arrayNode();
        int size = Math.max(1 + random.nextInt(50), project.events().size() / 100);
        @Nullable String cursor = null;
        ObjectNode answer;
        do {
            var asked = arguments.deepCopy().put(limit, size);
            if (cursor != null) {
                asked.put("cursor", cursor);
            }
            answer = store().ask(project, tool, asked);
            answer.get(field).forEach(rows::add);
            cursor = answer.at("/meta/nextCursor").asString(null);
        } while (cursor != null
                && rows.size()
                        <= project.events().size() + project.people().profiles().size());
        return new Pages(rows, answer);
    }

    private static ArrayNode chosen(ArrayNode rows, List<String> columns) {
        var chosen = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> {
            var kept = chosen.addObject();
            columns.forEach(column -> kept.set(column, row.get(column)));
        });
        return chosen;
    }

    private static void refused(SampleProject project, String tool, ObjectNode arguments) {
        var answer = store().answer(project, false, tool, arguments);
        assertThat(answer.isError())
                .as("%s, %s %s", project.title(), tool, arguments)
                .isTrue();
        assertThat(answer.content().toString()).contains("not_found");
    }

    private static void askMetrics(SampleProject project, Random random) {
        var id = someone(random);
        boolean stitched = random.nextBoolean();
        var person = new SamplePerson(project, id, stitched);
        var arguments = AskedStore.arguments().put("profileId", id).put("stitchDevices", stitched);
        if (!person.isKnown()) {
            refused(project, "get_profile_metrics", arguments);
            return;
        }
        var answer = store().ask(project, "get_profile_metrics", arguments);
        answer.remove("meta");
        compare(project, arguments, answer, person.metrics());
    }

    private static void askGroups(SampleProject project, Random random) {
        var groups = new SampleGroups(project);
        comparePages(project, "list_group_types", AskedStore.arguments(), groups.types(), random);
        var type = one(random, List.of("", "", "company", "it's", "nothing"));
        var search = one(random, WORDS);
        Map<String, String> properties = random.nextInt(3) > 0 ? Map.of() : properties(random);
        var arguments = AskedStore.arguments().put("type", type).put("search", search);
        var wanted = arguments.putObject("properties");
        properties.forEach(wanted::put);
        comparePages(project, "find_groups", arguments, groups.found(type, search, properties), random);
    }

    private static void askGroup(SampleProject project, Random random) {
        var id = one(random, PeopleGenerator.GROUPS);
        var range = AskedRange.random(random, project);
        var arguments = arguments(range, List.of(), null).put("groupId", id);
        arguments.remove("filters");
        var groups = new SampleGroups(project);
        var group = groups.row(id);
        if (group.isEmpty()) {
            refused(project, "get_group", arguments);
            return;
        }
        var answer = pages(project, "get_group", "members", "memberLimit", arguments, random);
        var members = new SampleProfiles(project).members(id);
        compare(project, arguments, answer.rows(), members);
        compare(project, arguments, answer.last().get("group"), group.get());
        compare(project, arguments, answer.last().get("activity"), groups.activity(id, range.span()));
        assertThat(answer.last().get("member_count").intValue()).isEqualTo(members.size());
    }
}
