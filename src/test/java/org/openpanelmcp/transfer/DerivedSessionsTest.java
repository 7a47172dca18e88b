package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.store.SessionIds;

/** Sessions derived in SQL against the same rules written plainly in Java. */
class DerivedSessionsTest {
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final long TIMEOUT = 30 * 60_000L;
    private static final List<String> NAMES =
            List.of("screen_view", "screen_view", "click", "revenue", "session_start", "session_end");

    @TempDir
    Path temporary;

    private record Event(
            String id,
            long at,
            String name,
            String device,
            String profile,
            String session,
            String path,
            int revenue,
            String group) {
        boolean counts() {
            return !name.startsWith("session_") && !session.isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ofSessionIdsEqualTheRules(long seed) {
        assertEqualToRules(events(seed, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9, 10})
    void ofDevicesEqualTheRules(long seed) {
        assertEqualToRules(events(seed, false));
    }

    @Test
    void haveTheIdsOfLiveOnes() {
        assertThat(SessionIds.of("proj-1", "0123456789abcdef0123456789abcdef", 1767225600000L))
                .isEqualTo("rO_ZEnJUMkCOxgkhUgGkHA");
        assertThat(SessionIds.of("proj-1", "0123456789abcdef0123456789abcdef", 1767225610000L))
                .isEqualTo("TzZoPHalH4q6BrbPByC_QA");
    }

    @Test
    void w19_growWhenALaterImportBringsMoreOfTheirEvents() {
        var events = events(11, true);
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder("a", events.subList(0, events.size() / 2)));
            installation.load(folder("b", events.subList(events.size() / 2, events.size())));
            assertThat(sessions(installation)).isEqualTo(reference(events));
        }
    }

    private void assertEqualToRules(List<Event> events) {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder("folder", events));
            assertThat(sessions(installation)).isEqualTo(reference(events));
        }
    }

    private static List<String> sessions(Installation installation) {
        return installation.rows("""
                select id, profile_id, device_id, epoch_ms(created_at), epoch_ms(ended_at), duration, is_bounce,
                    screen_view_count, event_count, revenue::bigint, entry_path, exit_path,
                    array_to_string(groups, ','), utm_source, sign, version
                from sessions order by id""");
    }

    private static List<String> reference(List<Event> events) {
        var bySession = new TreeMap<String, List<Event>>();
        for (var event : withSessions(events)) {
            if (event.counts()) {
                bySession
                        .computeIfAbsent(event.session(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        return bySession.entrySet().stream()
                .map(session -> row(session.getKey(), session.getValue()))
                .toList();
    }

    private static List<Event> withSessions(List<Event> events) {
        if (events.stream().anyMatch(event -> !event.session().isEmpty())) {
            return events;
        }
        var last = new LinkedHashMap<String, Event>();
        var result = new ArrayList<Event>();
        for (var event :
                events.stream().sorted(Comparator.comparingLong(Event::at)).toList()) {
            if (event.name().startsWith("session_") || event.device().isEmpty()) {
                continue;
            }
            var before = last.get(event.device());
            var session = before != null && event.at() - before.at() <= TIMEOUT
                    ? before.session()
                    : SessionIds.of("shop", event.device(), event.at());
            var assigned = new Event(
                    event.id(),
                    event.at(),
                    event.name(),
                    event.device(),
                    event.profile(),
                    session,
                    event.path(),
                    event.revenue(),
                    event.group());
            last.put(event.device(), assigned);
            result.add(assigned);
        }
        return result;
    }

    private static String row(String id, List<Event> unordered) {
        var events = unordered.stream()
                .sorted(Comparator.comparingLong(Event::at).thenComparing(Event::id))
                .toList();
        var first = events.getFirst();
        var profile = first.profile().isEmpty() ? first.device() : first.profile();
        var entry = "";
        var exit = "";
        int views = 0;
        int revenue = 0;
        var groups = new TreeSet<String>();
        for (var event : events) {
            if (!event.profile().isEmpty() && !event.profile().equals(event.device())) {
                profile = event.profile();
            }
            entry = entry.isEmpty() ? event.path() : entry;
            exit = event.path().isEmpty() ? exit : event.path();
            views += event.name().equals("screen_view") ? 1 : 0;
            revenue += event.name().equals("revenue") ? event.revenue() : 0;
            if (!event.group().isEmpty()) {
                groups.add(event.group());
            }
        }
        var last = events.getLast();
        return String.join(
                "|",
                id,
                profile,
                first.device(),
                Long.toString(first.at()),
                Long.toString(last.at()),
                Long.toString(last.at() - first.at()),
                Boolean.toString(views <= 1),
                Integer.toString(views),
                Integer.toString(events.size() - views),
                Integer.toString(revenue),
                entry,
                exit,
                String.join(",", groups),
                "source" + first.revenue() % 3,
                "1",
                "1");
    }

    private Path folder(String name, List<Event> events) {
        var lines = new StringBuilder();
        for (var event : events) {
            lines.append("""
                    {"id":"%s","project_id":"shop","name":"%s","device_id":"%s","profile_id":"%s","session_id":"%s",\
                    "path":"%s","revenue":%d,"created_at":"%s","groups":[%s],"properties":{"__query.utm_source":"source%d"}}
                    """.formatted(
                            event.id(),
                            event.name(),
                            event.device(),
                            event.profile(),
                            event.session(),
                            event.path(),
                            event.revenue(),
                            Instant.ofEpochMilli(event.at()),
                            event.group().isEmpty() ? "" : "\"" + event.group() + "\"",
                            event.revenue() % 3));
        }
        return Installation.folder(temporary.resolve(name), "events.jsonl", lines.toString());
    }

    private static List<Event> events(long seed, boolean withSessionIds) {
        var random = new Random(seed);
        var events = new ArrayList<Event>();
        for (int i = 0; i < 400; i++) {
            var device = random.nextInt(12) == 0 ? "" : "d" + random.nextInt(6);
            var session = withSessionIds && random.nextInt(8) > 0 ? "s" + random.nextInt(40) : "";
            events.add(new Event(
                    "%08x-0000-4000-8000-%012x".formatted(random.nextInt(), i).toLowerCase(Locale.ROOT),
                    START + random.nextLong(3 * 24 * 3_600_000L),
                    NAMES.get(random.nextInt(NAMES.size())),
                    device,
                    random.nextInt(3) == 0 ? "u" + random.nextInt(5) : "",
                    session,
                    random.nextInt(4) == 0 ? "" : "/p" + random.nextInt(5),
                    random.nextInt(100),
                    random.nextInt(4) == 0 ? "g" + random.nextInt(3) : ""));
        }
        return events;
    }
}
