package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.ingest.Site.MINUTE;
import static org.openpanelmcp.ingest.Site.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.Entry.Event;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;

/** What is stored in the end is a matter of what happened, not of how it came in. */
class LiveIntakeLawsTest {
    private static final String SESSIONS = """
            select profile_id, device_id, groups::varchar, created_at, ended_at, is_bounce, entry_origin, entry_path,
                exit_origin, exit_path, screen_view_count, revenue, event_count, duration, country, city, longitude, os,
                browser, device, utm_medium, utm_source, utm_campaign, referrer, referrer_name, referrer_type
            from sessions order by device_id, created_at""";

    private static final String EVENTS = """
            select name, device_id, profile_id, path, revenue, duration, created_at, country,
                dense_rank() over (partition by device_id order by session_started)
            from (select *, min(created_at) filter (name = 'session_start') over (partition by session_id)
                as session_started from events)
            order by created_at, device_id, name, path, revenue""";

    private static final String PROFILES = """
            select id, is_external, created_at, last_seen_at from profiles order by id""";

    @TempDir
    Path folder;

    private int sites;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void howItIsCutIntoBatchesMakesNoDifference(long seed) throws Exception {
        var events = inOrder(events(seed));
        var random = new Random(seed);
        try (var whole = site();
                var pieces = site()) {
            whole.take(events.toArray(Entry[]::new));
            for (var piece : pieces(events, random)) {
                pieces.take(piece.toArray(Entry[]::new));
                if (random.nextBoolean()) {
                    pieces.rows("select 1");
                }
            }
            assertSame(whole, pieces);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void theOrderOfArrivalMakesNoDifferenceWhereItBridgesNoGap(long seed) throws Exception {
        var events = inOrder(events(seed));
        var shuffled = new ArrayList<>(events);
        var random = new Random(seed);
        Collections.shuffle(shuffled, random);
        try (var ordered = site();
                var unordered = site()) {
            ordered.take(events.toArray(Entry[]::new));
            for (var piece : pieces(shuffled, random)) {
                unordered.take(piece.toArray(Entry[]::new));
                unordered.rows("select 1");
                if (random.nextInt(4) == 0) {
                    unordered.intake.endSessions();
                }
            }
            assertSame(ordered, unordered);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void restartsAndARebuildFromTheJournalMakeNoDifference(long seed) throws Exception {
        var events = inOrder(events(seed));
        var random = new Random(seed);
        var data = folder.resolve("restarted");
        try (var whole = site()) {
            whole.take(events.toArray(Entry[]::new));
            for (var piece : pieces(events, random)) {
                try (var restarted = new Site(data)) {
                    restarted.take(piece.toArray(Entry[]::new));
                }
            }
            try (var restarted = new Site(data)) {
                assertSame(whole, restarted);
            }
            Files.delete(DuckDbDatabase.fileIn(data));
            try (var rebuilt = new Site(data)) {
                assertSame(whole, rebuilt);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10, 11})
    void sessionsEqualThoseDerivedFromAnImportOfTheSameEvents(long seed) throws Exception {
        var transfer = Files.createDirectories(folder.resolve("transfer"));
        Files.writeString(transfer.resolve("catalog.json"), Installation.CATALOG);
        try (var site = site();
                var imported = DuckDbDatabase.open(folder.resolve("imported"), DuckDbOptions.unlocked());
                var metadata = SqliteMetadata.open(new DataDirectory(folder.resolve("imported")).metadataFile())) {
            site.take(inOrder(events(seed)).toArray(Entry[]::new));
            settle(site);
            site.execute("copy (select * replace ('' as session_id) from events where name not like 'session_%') to '"
                    + transfer.resolve("events.parquet") + "' (format parquet)");
            new Import(imported, metadata).run(transfer, new ImportOptions(false), Progress.SILENT);
            var derived = StoredRows.of(imported, SESSIONS.replace("select", "select id,"));
            assertThat(site.rows(SESSIONS.replace("select", "select id,"))).isEqualTo(derived);
            assertThat(site.rows(PROFILES)).isEqualTo(StoredRows.of(imported, PROFILES));
        }
    }

    private Site site() throws Exception {
        return new Site(folder.resolve("site" + sites++));
    }

    /** With all sessions over, since only then is everything final. */
    private static void assertSame(Site one, Site other) throws Exception {
        settle(one);
        settle(other);
        assertThat(other.rows(SESSIONS)).isEqualTo(one.rows(SESSIONS)).isNotEmpty();
        assertThat(other.rows(EVENTS)).isEqualTo(one.rows(EVENTS));
        assertThat(other.rows(PROFILES)).isEqualTo(one.rows(PROFILES));
    }

    private static void settle(Site site) throws Exception {
        site.rows("select 1");
        site.now.set(NOON + 24 * 60 * MINUTE);
        site.intake.endSessions();
    }

    private static List<Event> inOrder(List<Event> events) {
        return events.stream().sorted(Comparator.comparingLong(Event::at)).toList();
    }

    private static List<List<Event>> pieces(List<Event> events, Random random) {
        var pieces = new ArrayList<List<Event>>();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(40));
            pieces.add(events.subList(from, to));
            from = to;
        }
        return pieces;
    }

    /** Visits no longer than half an hour, with more than half an hour in between: in no order is a gap bridged. */
    private static List<Event> events(long seed) {
        var random = new Random(seed);
        var events = new ArrayList<Event>();
        for (int device = 0; device < 8; device++) {
            long start = NOON - random.nextLong(300 * MINUTE);
            for (int visit = 0; visit < 4; visit++) {
                var visitor = Visitor.of("d" + device).from(random.nextBoolean() ? "Google" : "");
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    var who = random.nextInt(4) == 0 ? visitor.as("u" + random.nextInt(3)) : visitor;
                    events.add(event(who, start + random.nextLong(30 * MINUTE + 1), random));
                }
                start += 61 * MINUTE + random.nextLong(60 * MINUTE);
            }
        }
        return events;
    }

    private static Event event(Visitor who, long at, Random random) {
        var campaign =
                random.nextBoolean() ? Map.of("__query.utm_source", "s" + random.nextInt(3)) : Map.<String, String>of();
        return switch (random.nextInt(4)) {
            case 0 -> who.event("revenue", "", at, random.nextInt(100), campaign);
            case 1 -> who.event("click", "", at, 0, campaign);
            default ->
                who.event("screen_view", random.nextInt(5) == 0 ? "" : "/p" + random.nextInt(6), at, 0, campaign);
        };
    }
}
