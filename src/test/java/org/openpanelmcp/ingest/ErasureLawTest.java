package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.ingest.KeptSite.NOON;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a deletion the store is as if the person had never been there: sessions that are shared are right, too. */
class ErasureLawTest {
    private static final List<String> DUMPS = List.of(
            "select project_id, device_id, profile_id, created_at, ended_at, is_bounce, entry_path, exit_path,"
                    + " screen_view_count, event_count, revenue, duration, country, os, referrer_name, groups"
                    + " from sessions order by all",
            "select name, device_id, profile_id, path, created_at, duration, revenue, referrer_name, properties,"
                    + " md5(session_id) from events where name <> 'session_start' order by all",
            "select name, device_id, profile_id, path, created_at from events where name = 'session_start' order by all",
            "select count(*) from events where session_id not in (select id from sessions)",
            "select id, is_external, first_name, groups, properties, created_at from profiles order by all");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theStoreIsAsIfThePersonHadNeverBeenThere(long seed) throws Exception {
        var events = events(new Random(seed));
        List<String> erased;
        try (var site = new KeptSite(folder.resolve("with"))) {
            site.take(events.toArray(Entry[]::new));
            site.rows("select 1");
            if (seed % 2 == 0) {
                end(site);
            }
            site.now.set(NOON + 3 * 3_600_000L);
            site.erase("ann");
            end(site);
            erased = dump(site);
        }
        try (var site = new KeptSite(folder.resolve("without"))) {
            site.take(withoutAnn(events).toArray(Entry[]::new));
            site.rows("select 1");
            end(site);
            assertThat(erased).isEqualTo(dump(site));
        }
    }

    private static void end(KeptSite site) throws Exception {
        site.now.set(NOON + 3 * 3_600_000L);
        site.intake.endSessions();
    }

    private static List<String> dump(KeptSite site) throws Exception {
        var all = new ArrayList<String>();
        for (var sql : DUMPS) {
            all.addAll(site.rows(sql));
        }
        return all;
    }

    /** Within a quarter of an hour, so that no event bridges a gap between two others. */
    private static List<Entry.Event> events(Random random) {
        var events = new ArrayList<Entry.Event>();
        for (int i = 0; i < 60; i++) {
            var visitor = Visitor.of("device-" + random.nextInt(6));
            var who = random.nextInt(5);
            var named = who < 2 ? visitor.as("ann") : who == 2 ? visitor.as("bob") : visitor;
            long at = NOON + 10_000 + random.nextInt(900) * 1_000L;
            events.add(
                    switch (random.nextInt(4)) {
                        case 0 -> named.does("click", at);
                        case 1 -> named.pays(random.nextInt(100), at);
                        default -> named.event("screen_view", "/" + random.nextInt(5), at, 0, Map.of());
                    });
        }
        return events;
    }

    /** Each device has one session: what is unnamed in it is Ann's when she alone is known to have been there. */
    private static List<Entry.Event> withoutAnn(List<Entry.Event> events) {
        var named = events.stream()
                .filter(event -> !event.profileId().isEmpty())
                .collect(Collectors.groupingBy(
                        event -> event.deviceIds().getFirst(),
                        Collectors.mapping(Entry.Event::profileId, Collectors.toSet())));
        var hers = new HashSet<String>();
        named.forEach((device, people) -> {
            if (people.equals(Set.of("ann"))) {
                hers.add(device);
            }
        });
        return events.stream()
                .filter(event -> !event.profileId().equals("ann"))
                .filter(event -> !hers.contains(event.deviceIds().getFirst()))
                .toList();
    }
}
