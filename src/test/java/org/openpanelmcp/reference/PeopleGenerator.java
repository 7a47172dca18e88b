package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random profiles and groups for the rows of a project, some of whom have no profile, and the other way around. */
final class PeopleGenerator {
    static final List<String> IDS =
            List.of("p1", "p2", "p3", "d1", "d2", "d3", "it's", "b%", "b_", "B_", "😀", "\\", "x y");
    static final List<String> GROUPS = List.of("g1", "g2", "g_", "G1", "it's");
    static final List<String> NAMES = List.of("", "Ada", "ada", "Åsa", "O'Hara", "b%", "_", "\\", "😀", "Ada Mae");
    static final List<String> KEYS = List.of("country", "city", "device", "plan", "it's \"odd\" {key}?");
    private static final List<String> TYPES = List.of("company", "company", "team", "it's", "");
    private static final long DAY = 86_400_000;

    private final Random random;
    private final List<SampleEvent> events;
    private final List<SampleSession> sessions;

    PeopleGenerator(long seed, List<SampleEvent> events, List<SampleSession> sessions) {
        this.random = new Random(seed * 104_729 + 3);
        this.events = events;
        this.sessions = sessions;
    }

    SamplePeople generate() {
        var profiles = new ArrayList<SampleProfile>();
        var oldProfiles = new ArrayList<SampleProfile>();
        for (var id : ids()) {
            var latest = profile(id, moment());
            profiles.add(latest);
            if (random.nextInt(3) == 0) {
                oldProfiles.add(profile(id, latest.seenAt() - 1 - random.nextLong(DAY)));
            }
        }
        var groups = new ArrayList<SampleGroup>();
        var oldGroups = new ArrayList<SampleGroup>();
        for (var id : GROUPS) {
            if (random.nextInt(4) > 0) {
                var latest = group(id, DAY * 20_000 + random.nextInt(1_000), random.nextInt(4) == 0);
                groups.add(latest);
                if (random.nextBoolean()) {
                    oldGroups.add(group(id, latest.version() - 1 - random.nextInt(5), random.nextBoolean()));
                }
            }
        }
        return new SamplePeople(
                List.copyOf(profiles),
                List.copyOf(oldProfiles),
                List.copyOf(groups),
                List.copyOf(oldGroups),
                carried());
    }

    private List<String> ids() {
        var ids = new ArrayList<String>();
        for (var id : IDS) {
            if (random.nextInt(5) > 0) {
                ids.add(id);
            }
        }
        int more = random.nextInt(40);
        for (int i = 0; i < more; i++) {
            ids.add("user_" + i);
        }
        return ids;
    }

    private SampleProfile profile(String id, long seenAt) {
        var columns = new LinkedHashMap<String, String>();
        for (var column : List.of("first_name", "last_name")) {
            columns.put(column, one(NAMES));
        }
        columns.put(
                "email", random.nextBoolean() ? "" : one(NAMES) + "@" + one(List.of("a.test", "B.test", "b_c.test")));
        columns.put("avatar", random.nextInt(4) == 0 ? "https://a.example/1.png" : "");
        var groups = GROUPS.stream().filter(_ -> random.nextInt(4) == 0).toList();
        // Equal times happen: they are told apart by id.
        long created = random.nextInt(3) == 0 ? DAY * 15_000 : seenAt - random.nextLong(90 * DAY);
        return new SampleProfile(id, random.nextBoolean(), columns, properties(), groups, created, seenAt);
    }

    private SampleGroup group(String id, long version, boolean deleted) {
        long created = random.nextInt(3) == 0 ? DAY * 15_000 : DAY * 15_000 + random.nextInt(50) * 1_000L;
        return new SampleGroup(id, one(TYPES), one(NAMES), properties(), created, version, deleted);
    }

    private Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        for (var key : KEYS) {
            if (random.nextBoolean()) {
                properties.put(key, one(ProjectGenerator.TEXTS));
            }
        }
        return properties;
    }

    private Map<String, List<String>> carried() {
        var carried = new HashMap<String, List<String>>();
        events.forEach(event -> carried.put(event.id().toString(), someGroups()));
        sessions.forEach(session -> carried.put(session.id(), someGroups()));
        return carried;
    }

    private List<String> someGroups() {
        return GROUPS.stream().filter(_ -> random.nextInt(6) == 0).toList();
    }

    private long moment() {
        return events.isEmpty() ? DAY * 15_000 : one(events).at();
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
