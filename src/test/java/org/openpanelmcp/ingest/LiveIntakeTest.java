package org.openpanelmcp.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.ingest.Site.MINUTE;
import static org.openpanelmcp.ingest.Site.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.SessionIds;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;

/** What is accepted is stored, with its session, and stays so. */
class LiveIntakeTest {
    private static final String SESSIONS = """
            select project_id, device_id, profile_id, (epoch_ms(created_at) - 1795348800000) // 60000,
                (epoch_ms(ended_at) - 1795348800000) // 60000, is_bounce, screen_view_count, event_count, revenue::bigint,
                entry_path, exit_path, referrer_name, utm_source, country, browser
            from sessions order by project_id, device_id, created_at""";

    @TempDir
    Path folder;

    private final Visitor ann = Visitor.of("ann").from("Google");

    @Test
    void anEventOpensItsSession() throws Exception {
        try (var site = new Site(folder)) {
            var event = ann.event("screen_view", "/", NOON, 0, Map.of("__query.utm_source", "news", "colour", "red"));
            assertThat(site.keep(event)).isEqualTo(new Receipt.Kept("ann", SessionIds.of("shop", "ann", NOON), false));
            assertThat(site.rows("select name, device_id, profile_id, session_id, path, origin, referrer_name,"
                            + " properties['colour'], country, longitude, browser, device, sdk_name, epoch_ms(created_at)"
                            + " from events order by created_at"))
                    .containsExactly(
                            "session_start|ann|ann|" + SessionIds.of("shop", "ann", NOON)
                                    + "|/|https://shop.example|Google|red|SE|18.06|Firefox|desktop|web|" + (NOON - 100),
                            "screen_view|ann|ann|" + SessionIds.of("shop", "ann", NOON)
                                    + "|/|https://shop.example|Google|red|SE|18.06|Firefox|desktop|web|" + NOON);
            assertThat(site.rows(SESSIONS)).containsExactly("shop|ann|ann|0|0|true|1|0|0|/|/|Google|news|SE|Firefox");
            assertThat(site.rows("select id, is_external, properties['country'] from profiles"))
                    .containsExactly("ann|false|SE");
        }
    }

    @Test
    void eventsWithinHalfAnHourBelongTogether() throws Exception {
        try (var site = new Site(folder)) {
            site.keep(ann.views("/", NOON));
            site.rows("select 1");
            site.keep(Visitor.of("ann").as("u1").views("/buy", NOON + 30 * MINUTE));
            site.keep(ann.pays(700, NOON + 31 * MINUTE));
            site.keep(ann.views("/", NOON + 61 * MINUTE + 1));
            assertThat(site.rows(SESSIONS))
                    .containsExactly(
                            "shop|ann|u1|0|31|false|2|1|700|/|/buy|Google||SE|Firefox",
                            "shop|ann|ann|61|61|true|1|0|0|/|/|Google||SE|Firefox");
            assertThat(site.rows("select name, revenue, referrer_name from events where name <> 'session_start'"
                            + " order by created_at"))
                    .containsExactly(
                            "screen_view|0|Google",
                            "screen_view|0|Google",
                            "revenue|700|Google",
                            "screen_view|0|Google");
        }
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        try (var site = new Site(folder)) {
            site.keep(ann.views("/", NOON));
        }
        try (var site = new Site(folder)) {
            site.keep(ann.views("/two", NOON + 5 * MINUTE));
            assertThat(site.rows(SESSIONS)).containsExactly("shop|ann|ann|0|5|false|2|0|0|/|/two|Google||SE|Firefox");
            assertThat(site.rows("select count(*) from events")).containsExactly("3");
        }
    }

    @Test
    void aSessionEndsHalfAnHourAfterItsLastEvent() throws Exception {
        try (var site = new Site(folder)) {
            site.keep(ann.views("/", NOON));
            site.keep(ann.views("/two", NOON + MINUTE));
            site.rows("select 1");
            site.now.set(NOON + 32 * MINUTE);
        }
        try (var site = new Site(folder)) {
            site.now.set(NOON + 32 * MINUTE);
            site.intake.endSessions();
            assertThat(site.rows("select name, epoch_ms(created_at) - " + NOON + ", path, duration,"
                            + " properties['__bounce'] from events where name = 'session_end'"))
                    .containsExactly("session_end|61000|/two|60000|false");
        }
    }

    @Test
    void anImportInBetweenIsNoticed() throws Exception {
        var transfer = Files.createDirectories(folder.resolve("transfer"));
        Files.writeString(transfer.resolve("catalog.json"), Installation.CATALOG);
        Files.writeString(transfer.resolve("events.jsonl"), """
                {"project_id":"shop","name":"screen_view","device_id":"ann","path":"/imported",\
                "created_at":"2026-11-22T02:00:00Z"}
                {"project_id":"shop","name":"screen_view","device_id":"ann","path":"/continued",\
                "created_at":"2026-11-22T12:10:00Z"}
                """);
        try (var site = new Site(folder);
                var metadata = SqliteMetadata.open(new DataDirectory(folder).metadataFile())) {
            site.keep(ann.views("/", NOON));
            site.rows("select 1");
            new Import(site.database, metadata).run(transfer, new ImportOptions(false), Progress.SILENT);
            site.intake.endSessions();
            site.keep(ann.views("/late", NOON - 590 * MINUTE));
            site.keep(ann.views("/live", NOON + 20 * MINUTE));
            assertThat(site.rows("select entry_path, exit_path, screen_view_count from sessions order by created_at"))
                    .containsExactly("/imported|/late|2", "/|/live|2", "/continued|/continued|1");
        }
    }
}
