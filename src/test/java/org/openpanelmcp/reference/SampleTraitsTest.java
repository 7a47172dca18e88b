package org.openpanelmcp.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the random sets must hold, so that the comparisons over them mean something: counted in those of every build. */
class SampleTraitsTest {
    private static final long HOUR = 3_600_000;
    private static final List<SampleProject> SETS = LongStream.range(0, 50)
            .mapToObj(seed -> new ProjectGenerator(seed).generate())
            .toList();

    private record Trait(String name, int fewest, Predicate<SampleProject> has) {}

    private static final List<Trait> TRAITS = List.of(
            new Trait("no event", 2, set -> set.events().isEmpty()),
            new Trait("no session", 2, set -> set.sessions().isEmpty()),
            new Trait("up to 160 events", 40, set -> set.events().size() <= 160),
            new Trait("500 to 1,500 events", 2, set -> within(set, 500, 1_500)),
            new Trait("5,000 events", 1, set -> within(set, 5_000, 5_000)),
            new Trait("equal times within a session", 20, set -> anySession(set, SampleTraitsTest::equalTimes)),
            new Trait("equal times of one person", 20, set -> anyPerson(set, SampleTraitsTest::equalTimes)),
            new Trait("a step repeated at once", 20, set -> anySession(set, SampleTraitsTest::repeatedStep)),
            new Trait("anonymous, then identified", 20, SampleTraitsTest::switched),
            new Trait(
                    "an empty session id",
                    30,
                    set -> anyEvent(set, event -> event.sessionId().isEmpty())),
            new Trait(
                    "an empty profile id",
                    10,
                    set -> anyEvent(set, event -> event.text("profile_id").isEmpty())),
            new Trait("an event in several groups", 20, set -> anyEvent(set, event -> groups(set, event) > 1)),
            new Trait("a profile in several groups", 20, SampleTraitsTest::profileInSeveralGroups),
            new Trait(
                    "a deleted group", 10, set -> set.people().groups().stream().anyMatch(SampleGroup::deleted)),
            new Trait(
                    "a profile with an older version",
                    20,
                    set -> !set.people().oldProfiles().isEmpty()),
            new Trait("an event near a change of the clocks", 15, set -> anyEvent(set, event -> near(set, event))),
            new Trait("an event in an hour that comes twice", 3, set -> anyEvent(set, event -> twice(set, event))),
            new Trait("an event of a session without a row", 20, SampleTraitsTest::lostSession));

    @TestFactory
    Stream<DynamicTest> traitsOccur() {
        return TRAITS.stream()
                .map(trait -> DynamicTest.dynamicTest(
                        trait.name(),
                        () -> assertThat(SETS.stream().filter(trait.has()))
                                .as("sets with %s", trait.name())
                                .hasSizeGreaterThanOrEqualTo(trait.fewest())));
    }

    @Test
    void theLargestSetHasManyPeopleEachOfWhomDidSomething() {
        var largest = SETS.stream()
                .max(Comparator.comparingInt(set -> set.events().size()))
                .orElseThrow();

        assertThat(largest.index().eventsByProfile()).hasSizeGreaterThan(300);
        assertThat(largest.sessions()).hasSizeGreaterThan(900);
        assertThat(SETS).filteredOn(set -> set.events().size() > 160).allMatch(SampleTraitsTest::switched);
    }

    private static boolean within(SampleProject set, int fewest, int most) {
        return set.events().size() >= fewest && set.events().size() <= most;
    }

    private static boolean anyEvent(SampleProject set, Predicate<SampleEvent> has) {
        return set.events().stream().anyMatch(has);
    }

    private static boolean anySession(SampleProject set, Predicate<Collection<SampleEvent>> has) {
        return set.index().eventsBySession().entrySet().stream()
                .anyMatch(session -> !session.getKey().isEmpty() && has.test(session.getValue()));
    }

    private static boolean anyPerson(SampleProject set, Predicate<Collection<SampleEvent>> has) {
        return set.index().eventsByProfile().entrySet().stream()
                .anyMatch(person -> !person.getKey().isEmpty() && has.test(person.getValue()));
    }

    private static boolean equalTimes(Collection<SampleEvent> events) {
        var times = new HashSet<Long>();
        return !events.stream().allMatch(event -> times.add(event.at()));
    }

    private static boolean repeatedStep(Collection<SampleEvent> events) {
        var names = events.stream()
                .sorted(Comparator.comparingLong(SampleEvent::at))
                .map(SampleEvent::name)
                .toList();
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i).equals(names.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean switched(SampleProject set) {
        return set.index().eventsByProfile().entrySet().stream().anyMatch(person -> {
            long begun = person.getValue().stream()
                    .filter(event -> event.text("device_id").equals(person.getKey()))
                    .mapToLong(SampleEvent::at)
                    .min()
                    .orElse(Long.MAX_VALUE);
            return !person.getKey().isEmpty()
                    && anyEvent(
                            set,
                            event -> event.text("device_id").equals(person.getKey())
                                    && !event.text("profile_id").equals(person.getKey())
                                    && event.at() > begun);
        });
    }

    private static int groups(SampleProject set, SampleEvent event) {
        return set.people().groupsOf(event.id().toString()).size();
    }

    private static boolean profileInSeveralGroups(SampleProject set) {
        return set.people().profiles().stream()
                .anyMatch(profile -> profile.groups().size() > 1);
    }

    private static boolean near(SampleProject set, SampleEvent event) {
        var rules = set.zone().getRules();
        var before = Instant.ofEpochMilli(event.at() - HOUR);
        var after = Instant.ofEpochMilli(event.at() + HOUR);
        return !rules.getOffset(before).equals(rules.getOffset(after));
    }

    private static boolean twice(SampleProject set, SampleEvent event) {
        var local = new CivilTime(set.zone()).local(event.at());
        return set.zone().getRules().getValidOffsets(local).size() > 1;
    }

    private static boolean lostSession(SampleProject set) {
        return anyEvent(
                set,
                event -> !event.sessionId().isEmpty()
                        && !set.index().sessionsById().containsKey(event.sessionId()));
    }
}
