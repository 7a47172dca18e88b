package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlausibleTest {
    private static final Path FOLDER = Migration.FILES.resolve("plausible");
    private static final String HEADER = "date,visitors,pageviews,bounces,visits,visit_duration\n";

    @TempDir
    Path temporary;

    private Migration migration;

    @BeforeEach
    void open() {
        migration = new Migration(temporary.resolve("data"), "Europe/Stockholm");
    }

    @Test
    void aDayOfConsistentFiguresIsReproduced() {
        var report = migration.load(Product.PLAUSIBLE, FOLDER);
        var day = Migration.day(report, "2024-03-01");
        assertThat(day.old()).isEqualTo(new Totals(4, 5, 12, 2, 310_000));
        assertThat(day.now()).isEqualTo(day.old());
        assertThat(day.reasons()).isEmpty();
        assertThat(perDay("country", "sessions", "count(*), sum(screen_view_count)"))
                .containsExactly("DE|2|4", "SE|3|8");
        assertThat(perDay("referrer_name", "sessions", "count(*), sum(screen_view_count)"))
                .containsExactly("|2|5", "Google|2|6", "newsletter|1|1");
        assertThat(perDay("device", "sessions", "count(*), sum(screen_view_count)"))
                .containsExactly("desktop|3|10", "mobile|2|2");
        assertThat(perDay("browser", "sessions", "count(*), sum(screen_view_count)"))
                .containsExactly("Chrome|4|11", "Safari|1|1");
        assertThat(perDay("os", "sessions", "count(*)")).containsExactly("Windows|4", "iOS|1");
        assertThat(perDay("origin || path", "events", "count(*) filter (name = 'screen_view')"))
                .contains(
                        "https://blog.shop.example/hello|2",
                        "https://shop.example/|6",
                        "https://shop.example/pricing|4");
        assertThat(perDay("entry_path", "sessions", "count(*)")).containsExactly("/|4", "/hello|1");
        assertThat(perDay("exit_path", "sessions", "count(*)")).containsExactly("/|1", "/hello|1", "/pricing|3");
    }

    @Test
    void eventsAndCampaignsComeAlong() {
        migration.load(Product.PLAUSIBLE, FOLDER);
        assertThat(migration.rows(
                        "select name, count(*), count(distinct profile_id), max(properties['url']) from events"
                                + " where name in ('Signup', 'Outbound Link: Click') group by name order by name"))
                .containsExactly("Outbound Link: Click|1|1|https://one.example/", "Signup|3|2|null");
        assertThat(migration.rows("select utm_source, utm_medium, utm_campaign from sessions where utm_source <> ''"))
                .containsExactly("newsletter|email|spring");
        assertThat(migration.rows("select distinct sdk_name, properties['__imported'] from events"))
                .containsExactly("plausible|plausible");
    }

    @Test
    void whatCannotBeIsSaidForItsDay() {
        var day = Migration.day(migration.load(Product.PLAUSIBLE, FOLDER), "2024-03-02");
        assertThat(day.old()).isEqualTo(new Totals(2, 2, 3, 2, 40_000));
        assertThat(day.now()).isEqualTo(new Totals(2, 2, 3, 1, 40_000));
        assertThat(day.agrees()).isFalse();
        assertThat(day.reasons())
                .containsExactly(
                        "bounces cannot be 2 with 3 page views in 2 visits: here a visit bounces exactly when it"
                                + " has at most one page view (in Plausible an event can end a bounce)");
    }

    @Test
    void aSecondImportLoadsNothing() {
        assertThat(migration.load(Product.PLAUSIBLE, FOLDER).loadedNothing()).isFalse();
        var again = migration.load(Product.PLAUSIBLE, FOLDER);
        assertThat(again.loadedNothing()).isTrue();
        assertThat(again.loads()).allMatch(table -> table.differing() == 0);
    }

    @Test
    void oddDaysKeepWhatCanBeKept() throws Exception {
        var report = totals("""
                2024-03-01,0,0,0,0,0
                2024-03-02,3,0,0,2,50
                2024-03-03,2,5,0,0,10
                2024-03-04,0,7,3,3,0
                2024-03-05,2,2,0,5,0
                2024-03-31,1,4,0,2,90000
                """);
        assertThat(Migration.day(report, "2024-03-01").now()).isEqualTo(Totals.NONE);
        assertThat(Migration.day(report, "2024-03-02").now()).isEqualTo(new Totals(2, 2, 0, 2, 0));
        assertThat(Migration.day(report, "2024-03-03").now()).isEqualTo(new Totals(1, 1, 5, 0, 10_000));
        assertThat(Migration.day(report, "2024-03-04").now()).isEqualTo(new Totals(1, 3, 7, 2, 0));
        assertThat(Migration.day(report, "2024-03-05").now()).isEqualTo(new Totals(2, 5, 2, 5, 0));
        // The day on which the clocks go forward has 23 hours.
        assertThat(Migration.day(report, "2024-03-31").now()).isEqualTo(new Totals(1, 2, 4, 0, 90_000_000));
        assertThat(report.days().stream().filter(day -> !day.agrees()))
                .allMatch(day -> !day.reasons().isEmpty());
        assertThat(migration.rows("select count(*) from events where name = 'imported_visit'"))
                .containsExactly("5");
    }

    @Test
    void badRowsAreRefusedByLine() throws Exception {
        var report = totals("""
                2024-03-01,1,1,1,1,0
                01.03.2024,1,1,1,1,0
                2024-03-03,many,1,1,1,0
                2024-03-04,1,1,1,3000000,0
                1999-03-04,1,1,1,1,0
                2024-03-01,9,9,9,9,9
                """);
        assertThat(report.refusals().stream().flatMap(refusal -> refusal.lines().stream()))
                .containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
        assertThat(report.repeated()).isEqualTo(1);
        assertThat(report.old()).isEqualTo(new Totals(1, 1, 1, 1, 0));
        assertThat(report.notes())
                .anyMatch(note -> note.startsWith("Not in the export, so unknown: sources, locations"));
    }

    private ForeignReport totals(String rows) throws Exception {
        var folder = Files.createDirectory(temporary.resolve("export"));
        Files.writeString(folder.resolve("imported_visitors_20240301_20240331.csv"), HEADER + rows);
        return migration.load(Product.PLAUSIBLE, folder);
    }

    private List<String> perDay(String key, String table, String figures) {
        var names = table.equals("events") ? " and name = 'screen_view'" : "";
        return migration.rows("select " + key + ", " + figures + " from " + table
                + " where timezone('Europe/Stockholm', timezone('UTC', created_at))::date = '2024-03-01'" + names
                + " group by 1 order by 1");
    }
}
