package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Funnels of few names, few moments and few people: equal times, repeated steps and windows that end on an event. */
@ExtendWith(DenseFunnelTest.Sets.class)
class DenseFunnelTest {
    private static final List<String> NAMES = List.of("a", "a", "b", "b", "c", "x");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final long HOUR = 3_600_000;
    private static final int FEW_SETS = 50;

    private static @Nullable RandomSets loaded;

    static final class Sets extends RandomSets.Loaded {
        Sets() {
            super(DenseFunnelTest::project);
        }

        @Override
        void take(RandomSets sets) {
            loaded = sets;
        }
    }

    static RandomSets sets() {
        return Objects.requireNonNull(loaded, "not loaded");
    }

    private static SampleProject project(long seed) {
        var random = new Random(seed * 31 + 5);
        long start = DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        int moments = 2 + random.nextInt(12);
        long step = random.nextBoolean() ? HOUR : 1;
        var events = new ArrayList<SampleEvent>();
        int count = 10 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            var columns = Map.of(
                    "name", one(random, NAMES),
                    "session_id", one(random, List.of("s1", "s2", "s3", "s4", "")),
                    "profile_id", one(random, List.of("p1", "p2", "p3", "")),
                    "device_id", "",
                    "path", one(random, List.of("/", "/a")),
                    "country", one(random, List.of("", "SE", "NO", "US")));
            // Every third set has no two events of one time.
            long at = start + (seed % 3 == 0 ? (i * 7L) % 53 : random.nextInt(moments)) * step;
            events.add(new SampleEvent(new UUID(seed, i), at, columns, Map.of(), 0, 0));
        }
        var now = Instant.ofEpochMilli(start + 10 * 24 * HOUR);
        return new SampleProject(seed, "dense", "dense-" + seed, ZoneOffset.UTC, now, events, List.of());
    }

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private interface Law {
        void hold(SampleProject project, Random random);
    }

    private static Stream<DynamicTest> each(Law law) {
        int times = RandomSets.COUNT > FEW_SETS ? 1 : 4;
        return sets().each(sets().projects(), project -> {
            var random = new Random(project.seed());
            for (int i = 0; i < times; i++) {
                law.hold(project, random);
            }
        });
    }

    private static AskedFunnel funnel(SampleProject project, Random random) {
        return AskedFunnel.random(random, project, NAMES, range().deepCopy());
    }

    private static ObjectNode range() {
        return AskedStore.arguments()
                .put("startDate", DAY.toString())
                .put("endDate", DAY.plusDays(1).toString());
    }

    private static Span span() {
        return AskedRange.ofDays(new CivilTime(ZoneOffset.UTC), DAY, DAY.plusDays(1))
                .span();
    }

    private static JsonNode ask(SampleProject project, ObjectNode arguments) {
        return sets().store().ask(project, "get_funnel", arguments);
    }

    private static List<Long> users(JsonNode funnel) {
        return funnel.get("steps")
                .valueStream()
                .map(step -> step.get("users").longValue())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> stepsAreThoseOfTheBestWay() {
        return each((project, random) -> {
            var funnel = funnel(project, random);
            var expected = new SampleFunnel(project, funnel.asked()).steps(span(), null);
            var startByStart = new SampleFunnel(project, funnel.asked(), 0).steps(span(), null);
            assertThat(startByStart).as("the quicker search").isEqualTo(expected);
            Differential.compare(
                    project,
                    funnel.arguments(),
                    ask(project, funnel.arguments()).get("steps"),
                    expected);
        });
    }

    /** Specification 5.26 read literally, where equal times and repeated steps, which are mended, do not occur. */
    @TestFactory
    Stream<DynamicTest> levelsAreTheReferencesWhereNoTimesAreEqual() {
        return each((project, random) -> {
            if (project.seed() % 3 != 0) {
                return;
            }
            var steps = new ArrayList<>(List.of("a", "b", "c", "x"));
            Collections.shuffle(steps, random);
            int hours = 1 + random.nextInt(20);
            var arguments = range().put("windowHours", hours).put("order", "strict_increase");
            var names = arguments.putArray("steps");
            steps.forEach(names::add);
            var groups = new TreeMap<String, List<SampleEvent>>();
            project.events().stream()
                    .filter(event -> span().holds(event.at()))
                    .forEach(event -> groups.computeIfAbsent(event.sessionId(), id -> new ArrayList<>())
                            .add(event));
            groups.remove("");
            var levels = groups.values().stream()
                    .map(events -> level(events, steps, hours * HOUR))
                    .toList();
            var expected = new ArrayList<Long>();
            for (int step = 1; step <= steps.size(); step++) {
                int least = step;
                expected.add(levels.stream().filter(level -> level >= least).count());
            }
            assertThat(users(ask(project, arguments))).as("%s", arguments).isEqualTo(expected);
        });
    }

    private static int level(List<SampleEvent> events, List<String> steps, long window) {
        var starts = new HashMap<Integer, Long>();
        int highest = 0;
        for (var event : events.stream()
                .sorted(Comparator.comparingLong(SampleEvent::at))
                .toList()) {
            int level = steps.indexOf(event.name()) + 1;
            var start = level == 1 ? Long.valueOf(event.at()) : starts.get(level - 1);
            if (start != null && event.at() <= start + window) {
                starts.put(level, start);
                highest = Math.max(highest, level);
            }
        }
        return highest;
    }

    @TestFactory
    Stream<DynamicTest> noStepHasMoreThanTheOneBefore() {
        return each((project, random) -> {
            var users = users(ask(project, funnel(project, random).arguments()));
            for (int i = 1; i < users.size(); i++) {
                assertThat(users.get(i)).isLessThanOrEqualTo(users.get(i - 1));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aWiderWindowTheLaxerOrderAndNoExclusionLoseNobody() {
        return each((project, random) -> {
            var arguments = funnel(project, random).arguments().put("windowHours", 2);
            arguments.put("order", "strict_increase");
            var narrow = users(ask(project, arguments));
            var wide = users(ask(project, arguments.deepCopy().put("windowHours", 5)));
            var ordered = users(ask(project, arguments.deepCopy().put("order", "ordered")));
            var free = arguments.deepCopy();
            free.putArray("exclude");
            var all = users(ask(project, free));
            for (int i = 0; i < narrow.size(); i++) {
                assertThat(wide.get(i)).isGreaterThanOrEqualTo(narrow.get(i));
                assertThat(ordered.get(i)).isGreaterThanOrEqualTo(narrow.get(i));
                assertThat(all.get(i)).isGreaterThanOrEqualTo(narrow.get(i));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> partsAndBucketsAddUpToTheWhole() {
        return each((project, random) -> {
            var arguments = funnel(project, random).arguments();
            arguments.put("breakdown", "country").put("limit", 2).put("interval", "hour");
            var answer = ask(project, arguments);
            var whole = users(answer);
            for (int i = 0; i < whole.size(); i++) {
                long sum = 0;
                for (var part : answer.get("breakdown")) {
                    sum += users(part).get(i);
                }
                assertThat(sum).as("step %s of %s", i + 1, arguments).isEqualTo(whole.get(i));
            }
            assertThat(sum(answer.get("series"), "entered")).isEqualTo(whole.getFirst());
            assertThat(sum(answer.get("series"), "completed")).isEqualTo(whole.getLast());
        });
    }

    private static long sum(JsonNode rows, String field) {
        return rows.valueStream().mapToLong(row -> row.get(field).longValue()).sum();
    }
}
