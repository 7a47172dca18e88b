package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who reached a step of a funnel or dropped out after it, against plain Java; and what must hold between the lists. */
class FunnelPeopleDifferentialTest extends Differential {
    private static final List<String> NAMES = List.of("screen_view", "screen_view", "session_start", "revenue", "it's");
    private static final List<String> DIMENSIONS = List.of("country", "path", "city", "properties.plan", "utm_source");

    @TestFactory
    Stream<DynamicTest> stepsOfFunnels() {
        return each(1, FunnelPeopleDifferentialTest::askFunnel);
    }

    @TestFactory
    Stream<DynamicTest> valuesOfFunnels() {
        return each(1, FunnelPeopleDifferentialTest::askFunnelByValue);
    }

    @TestFactory
    Stream<DynamicTest> bucketsOfFunnels() {
        return each(1, FunnelPeopleDifferentialTest::askFunnelByTime);
    }

    @TestFactory
    Stream<DynamicTest> whoGoesOnAndWhoDropsOutWereThere() {
        return each(1, FunnelPeopleDifferentialTest::checkSteps);
    }

    /** What holds whatever the reference says: of people, each step parts the one before into two. */
    private static void checkSteps(SampleProject project, Random random) {
        var funnel = Funnel.random(project, random);
        var arguments = funnel.asked().arguments().put("groupBy", "profile_id");
        var answer = store().ask(project, "get_funnel", arguments);
        for (int step = 1; step < funnel.steps(); step++) {
            var reached = everybody(project, answer, step, false);
            var next = everybody(project, answer, step + 1, false);
            var dropped = everybody(project, answer, step, true);
            assertThat(reached).as("%s, %s", project.title(), arguments).doesNotContain("");
            assertThat(Stream.concat(next.stream(), dropped.stream()))
                    .as("%s, %s", project.title(), arguments)
                    .containsExactlyInAnyOrderElementsOf(reached);
        }
    }

    private static Set<String> everybody(SampleProject project, JsonNode answer, int step, boolean dropped) {
        var choice = AskedStore.arguments().put("step", step).put("dropped", dropped);
        choice.put("handle", answer.at("/meta/handle").stringValue());
        var people = new HashSet<String>();
        rows(project, "list_people", "rows", choice)
                .forEach(row -> people.add(row.get("id").stringValue()));
        return people;
    }

    private record Funnel(AskedFunnel asked, AskedRange range, SampleFunnel sample) {
        static Funnel random(SampleProject project, Random random) {
            var range = AskedRange.random(random, project);
            var funnel = AskedFunnel.random(random, project, NAMES, arguments(range, List.of(), null));
            return new Funnel(funnel, range, new SampleFunnel(project, funnel.asked()));
        }

        int steps() {
            return asked.asked().steps().size();
        }

        boolean ofPeople() {
            return asked.asked().unit().equals("profile_id");
        }

        Set<String> who(
                SampleProject project,
                String dimension,
                Predicate<SampleFunnel.Taken> among,
                int step,
                boolean dropped) {
            var behind = new SampleBehind(project);
            var ids = sample.taken(behind.cut(range.span()), dimension).stream()
                    .filter(among)
                    .filter(taken -> taken.reached().get(step - 1)
                            && !(dropped && taken.reached().get(step)))
                    .map(SampleFunnel.Taken::id)
                    .collect(Collectors.toSet());
            return ofPeople() ? ids : behind.ofSessions(ids);
        }

        void check(SampleProject project, Set<String> people, long users, ObjectNode choice, Random random) {
            if (ofPeople()) {
                assertThat(people.size()).as("%s, %s", project.title(), choice).isEqualTo(Math.toIntExact(users));
            } else {
                assertThat(people.size()).isLessThanOrEqualTo(Math.toIntExact(users));
            }
            PeopleBehindDifferentialTest.check(project, choice, people, random);
        }
    }

    private static long users(JsonNode steps, int step, boolean dropped) {
        long users = steps.get(step - 1).get("users").longValue();
        return dropped ? users - steps.get(step).get("users").longValue() : users;
    }

    private static void askFunnel(SampleProject project, Random random) {
        var funnel = Funnel.random(project, random);
        var arguments = funnel.asked().arguments();
        var answer = store().ask(project, "get_funnel", arguments);
        for (int step = 1; step <= funnel.steps(); step++) {
            boolean dropped = step < funnel.steps() && random.nextBoolean();
            var choice = PeopleBehindDifferentialTest.choice(random, "get_funnel", arguments, answer)
                    .put("step", step);
            choice.put("dropped", dropped);
            var people = funnel.who(project, "", taken -> true, step, dropped);
            funnel.check(project, people, users(answer.get("steps"), step, dropped), choice, random);
        }
    }

    private static void askFunnelByValue(SampleProject project, Random random) {
        var funnel = Funnel.random(project, random);
        var dimension = one(random, DIMENSIONS);
        var arguments = funnel.asked().arguments().put("breakdown", dimension).put("limit", 1 + random.nextInt(4));
        var answer = store().ask(project, "get_funnel", arguments);
        var listed = new HashSet<String>();
        for (var part : answer.get("breakdown")) {
            if (!part.get("other").booleanValue()) {
                listed.add(part.get("value").asString(""));
            }
        }
        for (var part : answer.get("breakdown")) {
            boolean other = part.get("other").booleanValue();
            var value = part.get("value").asString("");
            int step = 1 + random.nextInt(funnel.steps() - 1);
            boolean dropped = random.nextBoolean();
            var choice = PeopleBehindDifferentialTest.choice(random, "get_funnel", arguments, answer)
                    .put("step", step);
            choice.put("dropped", dropped);
            var row = choice.putObject("row");
            if (other) {
                row.put("other", true);
            } else {
                row.set("value", part.get("value"));
            }
            var people = funnel.who(
                    project,
                    dimension,
                    taken -> other
                            ? !listed.contains(taken.value())
                            : taken.value().equals(value),
                    step,
                    dropped);
            funnel.check(project, people, users(part.get("steps"), step, dropped), choice, random);
        }
    }

    private static void askFunnelByTime(SampleProject project, Random random) {
        var funnel = Funnel.random(project, random);
        var width = one(random, List.of(Width.DAY, Width.WEEK, Width.MONTH));
        var arguments = funnel.asked().arguments().put("interval", width.name().toLowerCase(Locale.ROOT));
        var answer = store().ask(project, "get_funnel", arguments);
        var time = new CivilTime(project.zone());
        int asked = 0;
        for (var bucket : answer.get("series")) {
            if (bucket.get("entered").intValue() > 0 && asked++ < 3) {
                boolean completed = random.nextBoolean();
                int step = completed ? funnel.steps() : 1;
                var choice = PeopleBehindDifferentialTest.choice(random, "get_funnel", arguments, answer)
                        .put("step", step);
                choice.putObject("row").set("date", bucket.get("date"));
                var date = bucket.get("date").stringValue();
                var people = funnel.who(
                        project,
                        "",
                        taken -> time.shown(time.bucketStart(width, taken.enteredAt()))
                                .equals(date),
                        step,
                        false);
                funnel.check(
                        project,
                        people,
                        bucket.get(completed ? "completed" : "entered").longValue(),
                        choice,
                        random);
            }
        }
    }
}
