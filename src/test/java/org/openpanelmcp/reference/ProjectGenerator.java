package org.openpanelmcp.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Random rows around a change of the clocks, a leap day or a new year. Ids repeat from project to project, so that a
 * query which forgets its project is found out.
 */
final class ProjectGenerator {
    /** Texts that mean something to SQL, to patterns, to JSON or to people, and the empty one. */
    static final List<String> TEXTS = List.of(
            "",
            "",
            "a",
            "A",
            "ab",
            "b%",
            "b_",
            "b\\",
            "b*c",
            "!x",
            "it's",
            "\"q\"",
            "å",
            "😀",
            "x y",
            "\\",
            "%",
            "_",
            "*",
            "\\*",
            "\\%",
            "null",
            "two\nlines",
            "{place}",
            "?",
            "$1",
            "'; drop table events; --",
            "free",
            "pro");

    /** Zones, some with a day on which something rare happened. */
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Pacific/Pago_Pago",
            "Pacific/Kiritimati",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia@2011-12-30",
            "America/Goose_Bay@2010-11-07",
            "Asia/Beirut",
            "Africa/Cairo",
            "Atlantic/Azores",
            "America/Havana",
            "America/St_Johns",
            "Pacific/Chatham",
            "Antarctica/Troll",
            "Africa/Casablanca",
            "America/Santiago",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Asia/Pyongyang@2018-05-04",
            "America/Caracas@2007-12-09",
            "America/Goose_Bay@2011-03-13",
            "Pacific/Kiritimati@1995-01-01",
            "Asia/Gaza",
            "Europe/Dublin");

    private static final List<String> NAMES = List.of(
            "screen_view",
            "screen_view",
            "screen_view",
            "screen_view",
            "session_start",
            "session_end",
            "revenue",
            "revenue",
            "click",
            "it's",
            "Screen_View",
            "screenXview");
    private static final List<String> PATHS =
            List.of("", "/", "/a", "/a", "/b%", "/b_c", "/bXc", "/A", "/a/b", "/ö", "/😀", "/it's", "/*", "/a\\b");
    /** Sums of them are exact. */
    private static final List<String> NUMBERS =
            List.of("0", "1", "2.5", " 12 ", "-3.25", "1e2", "+7", "abc", "", "1,5", "inf", "NaN", "100.75");

    private static final List<String> COUNTRIES = List.of("", "SE", "NO", "US", "US", "se");
    private static final List<String> PEOPLE = List.of("", "p1", "p2", "p3", "d1", "d2", "d3", "it's");

    /** Durations around that from which a session counts as engaged. */
    private static final List<Integer> SHORT = List.of(0, 0, 0, 9_999, 10_000, 10_001);

    private static final int MOST_EVENTS = 5_000;
    private static final String CROWD = "device_";
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final long seed;
    private final Random random;
    private final ZoneId zone;
    private final List<Long> hot = new ArrayList<>();
    private final List<Long> used = new ArrayList<>();
    private int crowd;

    ProjectGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 7919 + 17);
        var zoneAndDay = List.of(ZONES.get(Math.floorMod(seed, ZONES.size())).split("@", 2));
        this.zone = ZoneId.of(zoneAndDay.getFirst());
        long anchor = zoneAndDay.size() == 2
                ? LocalDate.parse(zoneAndDay.get(1))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli()
                : anchor();
        addHotMoments(anchor);
    }

    SampleProject generate() {
        int large = large();
        crowd = large / 12;
        var sessions = new ArrayList<SampleSession>();
        int sessionCount = large > 0 ? large / 5 : seed % 17 == 16 ? 0 : random.nextInt(50);
        for (int i = 0; i < sessionCount; i++) {
            sessions.add(session("s" + i));
        }
        var events = new ArrayList<SampleEvent>();
        int eventCount = large > 0 ? large : seed % 13 == 12 ? 0 : random.nextInt(160);
        for (int i = 0; i < eventCount; i++) {
            events.add(event(i, sessions));
        }
        long now = one(hot) + random.nextLong(40 * DAY) - 10 * DAY;
        return new SampleProject(
                seed,
                "org-" + seed % 5,
                "set-" + seed,
                zone,
                Instant.ofEpochMilli(now),
                List.copyOf(events),
                List.copyOf(sessions),
                new PeopleGenerator(seed, events, sessions).generate());
    }

    /** The size of a large set: one in a hundred has 5,000 events, one in 25 some hundreds; 0 for the others. */
    private int large() {
        if (seed % 100 == 9) {
            return MOST_EVENTS;
        }
        return seed % 25 == 4 ? 500 + random.nextInt(1_000) : 0;
    }

    /** A change of the clocks where the zone has them, else a leap day or a new year. */
    private long anchor() {
        var rules = zone.getRules();
        var from = LocalDateTime.of(1996 + random.nextInt(30), 1 + random.nextInt(12), 1, 0, 0)
                .toInstant(ZoneOffset.UTC);
        var change = rules.nextTransition(from);
        boolean rarely = random.nextInt(4) == 0;
        if (change != null && !rarely && change.getInstant().isBefore(Instant.parse("2030-01-01T00:00:00Z"))) {
            return change.getInstant().toEpochMilli();
        }
        int leap = 2000 + 4 * random.nextInt(7);
        var day =
                random.nextBoolean() ? LocalDate.of(leap, 2, 29) : Year.of(leap).atDay(1);
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private void addHotMoments(long anchor) {
        var day = LocalDate.ofInstant(Instant.ofEpochMilli(anchor), zone);
        for (int offset = -8; offset <= 8; offset++) {
            long start = day.plusDays(offset).atStartOfDay(zone).toInstant().toEpochMilli();
            hot.add(start);
            hot.add(start - 1);
        }
        for (long minutes : List.of(-90L, -60L, -30L, -15L, 0L, 15L, 30L, 60L, 90L)) {
            hot.add(anchor + minutes * 60_000);
        }
        hot.add(anchor - 1);
    }

    private long moment() {
        long at = switch (random.nextInt(10)) {
            case 0, 1 -> one(hot);
            case 2, 3, 4 -> one(hot) + random.nextLong(6 * 3_600_000L) - 3 * 3_600_000L;
            case 5 -> one(hot) - 365 * DAY;
            case 6 -> used.isEmpty() ? one(hot) : one(used);
            default -> one(hot) + random.nextLong(60 * DAY) - 40 * DAY;
        };
        used.add(at);
        return at;
    }

    private SampleSession session(String id) {
        int views = random.nextInt(5);
        var columns = new LinkedHashMap<String, String>();
        columns.put("profile_id", one(PEOPLE));
        columns.put("device_id", one(List.of("d1", "d2", "d3")));
        long at = moment();
        putSomeoneOfCrowd(columns, at);
        columns.put("country", one(COUNTRIES));
        columns.put("entry_path", one(PATHS));
        columns.put("exit_path", one(PATHS));
        columns.put("entry_origin", one(List.of("", "https://a.example", "https://b.example")));
        columns.put("exit_origin", one(List.of("", "https://a.example")));
        for (var column : List.of(
                "region",
                "city",
                "browser",
                "os",
                "referrer",
                "referrer_name",
                "utm_source",
                "utm_term",
                "browser_version",
                "brand",
                "model")) {
            columns.put(column, one(TEXTS));
        }
        columns.put("event_count", Integer.toString(Math.floorMod(seed + id.hashCode(), 3)));
        return new SampleSession(
                id,
                at,
                random.nextInt(3) == 0 ? one(SHORT) : random.nextInt(7_200_000),
                random.nextInt(10) == 0 ? views > 1 : views <= 1,
                views,
                random.nextInt(4) == 0 ? random.nextInt(10_000) : 0,
                columns);
    }

    private SampleEvent event(int number, List<SampleSession> sessions) {
        boolean ofSession = !sessions.isEmpty() && random.nextInt(5) > 0;
        var session = ofSession ? one(sessions) : null;
        long at = session == null ? moment() : session.at() + random.nextLong(session.duration() + 1);
        var columns = new LinkedHashMap<String, String>();
        columns.put("name", one(NAMES));
        columns.put("session_id", session == null ? one(List.of("", "", "s999")) : session.id());
        columns.put("device_id", one(List.of("d1", "d2", "")));
        columns.put("profile_id", identity(one(PEOPLE), columns.get("device_id")));
        if (session != null && session.text("device_id").startsWith(CROWD)) {
            putMember(columns, session.text("device_id"), at);
        } else {
            putSomeoneOfCrowd(columns, at);
        }
        columns.put("path", one(PATHS));
        columns.put("origin", one(List.of("", "https://a.example", "https://b.example")));
        columns.put("country", one(COUNTRIES));
        columns.put("city", one(TEXTS));
        columns.put("referrer", one(TEXTS));
        boolean paid = random.nextInt(columns.containsValue("revenue") ? 2 : 8) == 0;
        return new SampleEvent(
                new UUID(number % 3 == 0 ? -number : number, number),
                at,
                columns,
                properties(at),
                paid ? 1 + random.nextInt(99_999) : 0,
                columns.containsValue("session_end") ? random.nextInt(100_000) : 0);
    }

    /** Large sets have more people: each with one device, anonymous at first, identified later. */
    private void putSomeoneOfCrowd(Map<String, String> columns, long at) {
        if (crowd > 0 && random.nextInt(3) > 0) {
            putMember(columns, CROWD + random.nextInt(crowd), at);
        }
    }

    private void putMember(Map<String, String> columns, String device, long at) {
        var number = device.substring(CROWD.length());
        boolean identified = at > hot.get(Math.floorMod(number.hashCode(), hot.size()));
        columns.put("device_id", device);
        columns.put("profile_id", identified ? "user_" + number : device);
    }

    /** Who is not identified goes by the device; a server's event may have neither. */
    private static String identity(String profileId, @Nullable String deviceId) {
        return profileId.isEmpty() && deviceId != null ? deviceId : profileId;
    }

    /** Views of the same moment have the same title, since nothing says which of them is the latest. */
    private Map<String, String> properties(long at) {
        var properties = new LinkedHashMap<String, String>();
        if (random.nextBoolean()) {
            properties.put("__title", TEXTS.get(Math.floorMod(at, TEXTS.size())));
        }
        if (at % 3 != 0) {
            properties.put("__bounce", at % 2 == 0 ? "true" : "false");
        }
        if (at % 4 != 1) {
            properties.put("price", NUMBERS.get(Math.floorMod(at / 7, NUMBERS.size())));
        }
        for (var key : List.of("plan", "currency", "__query.utm_source", "it's \"odd\" {key}?")) {
            if (random.nextInt(3) == 0) {
                properties.put(key, one(TEXTS));
            }
        }
        return properties;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
