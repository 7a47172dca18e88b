package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.TransferProblem;
import org.openpanelmcp.transfer.foreign.ForeignReport.Refusal;

class UmamiTest {
    private static final Path FILE = Migration.FILES.resolve("umami.csv");
    private static final String OLD_HEADER = "website_id,session_id,created_at,url_path,event_type,event_name\n";

    @TempDir
    Path temporary;

    private Migration migration;

    @BeforeEach
    void open() {
        migration = new Migration(temporary.resolve("data"), "UTC");
    }

    @Test
    void visitsBecomeSessionsAndSessionsPeople() {
        migration.load(Product.UMAMI, FILE);
        assertThat(migration.rows("""
                        select right(id, 4), right(device_id, 4), profile_id like 'ada%', created_at, duration, is_bounce,
                            screen_view_count, event_count, entry_path, exit_path, referrer_name, referrer_type,
                            utm_source, country, region, city, device, browser, os, os_version
                        from sessions order by created_at"""))
                .containsExactly(
                        "0001|0001|true|2024-03-01 09:00:00.0|150000|false|2|1|/|/pricing|news||news|GB|ENG|London"
                                + "|desktop|Chrome|Windows|10",
                        "0002|0002|false|2024-03-01 23:30:00.25|0|true|1|0|/blog|/blog||||SE|AB|Stockholm|mobile"
                                + "|Mobile Safari|iOS|",
                        "0003|0001|false|2024-03-02 08:00:00.0|0|true|0|1|/account|/account||||GB|ENG|London|desktop"
                                + "|Chrome|Windows|10");
    }

    @Test
    void eventsKeepTheirIdsTitlesAndParameters() {
        migration.load(Product.UMAMI, FILE);
        assertThat(migration.rows("""
                        select name, right(id::varchar, 4), origin || path, properties['__title'],
                            properties['__query.ref'], properties['__query.utm_campaign'], properties['tag'],
                            properties['__screen'], referrer, sdk_name, properties['__imported']
                        from events where session_id like '%0001' and name not like 'session_%' order by created_at"""))
                .containsExactly(
                        "screen_view|0001|https://shop.example/|Shop\nand more|mail|spring|null|1920x1080"
                                + "|https://www.google.com/search?q=shop|umami|umami",
                        "screen_view|0002|https://shop.example/pricing|Pricing|null|null|null|1920x1080"
                                + "|https://www.google.com/search?q=shop|umami|umami",
                        "signup|0003|https://shop.example/pricing|null|null|null|beta|1920x1080"
                                + "|https://www.google.com/search?q=shop|umami|umami");
    }

    @Test
    void everyVisitHasTheTwoMarksOfALiveOne() {
        migration.load(Product.UMAMI, FILE);
        assertThat(migration.rows("""
                        select name, created_at, path, duration, properties['__bounce'], profile_id = device_id
                        from events where session_id like '%0001' and name like 'session_%' order by created_at"""))
                .containsExactly(
                        "session_start|2024-03-01 08:59:59.9|/|0|null|true",
                        "session_end|2024-03-01 09:02:31.0|/pricing|150000|false|false");
    }

    @Test
    void refusesBadRowsByLine() {
        var report = migration.load(Product.UMAMI, FILE);
        assertThat(report.read()).isEqualTo(7);
        assertThat(report.refused()).isEqualTo(3);
        assertThat(report.refusals())
                .containsExactlyInAnyOrder(
                        new Refusal(
                                "umami.csv",
                                "created_at is no time between the year 2000 and now; expected is 2024-03-01 10:00:00"
                                        + " (first: 'yesterday')",
                                1,
                                List.of(8L)),
                        new Refusal(
                                "umami.csv",
                                "event_type is neither 1 (page view) nor 2 (custom event) (first: '9')",
                                1,
                                List.of(9L)),
                        new Refusal(
                                "umami.csv",
                                "the row does not have the 36 columns of the header; a quote that never closes swallows"
                                        + " the lines after it (first: '5 columns')",
                                1,
                                List.of(10L)));
    }

    @Test
    void comparesEachDayWithWhatUmamiCounted() {
        var report = migration.load(Product.UMAMI, FILE);
        var first = Migration.day(report, "2024-03-01");
        assertThat(first.old()).isEqualTo(new Totals(2, 2, 3, 1, 60_000));
        assertThat(first.now()).isEqualTo(new Totals(2, 2, 3, 1, 150_000));
        var second = Migration.day(report, "2024-03-02");
        assertThat(second.old()).isEqualTo(Totals.NONE);
        assertThat(second.now()).isEqualTo(new Totals(1, 1, 0, 1, 0));
    }

    @Test
    void theDaysAreTheProjects() {
        var stockholm = new Migration(temporary.resolve("stockholm"), "Europe/Stockholm");
        var report = stockholm.load(Product.UMAMI, FILE);
        assertThat(Migration.day(report, "2024-03-02").old()).isEqualTo(new Totals(1, 1, 1, 1, 0));
        assertThat(report.timezone()).isEqualTo("Europe/Stockholm");
    }

    @Test
    void timesWithoutAnOffsetAreInTheZoneGiven() throws Exception {
        var file = write("a.csv", OLD_HEADER + "w,s1,2024-07-01 10:00:00,/,1,\nw,s2,2024-07-01 10:00:00+00,/,1,\n");
        migration.load(Product.UMAMI, file, "Europe/Berlin", null);
        assertThat(migration.rows("select device_id, created_at from events where name = 'screen_view' order by 1"))
                .containsExactly("s1|2024-07-01 08:00:00.0", "s2|2024-07-01 10:00:00.0");
    }

    @Test
    void aSecondImportLoadsNothing() {
        assertThat(migration.load(Product.UMAMI, FILE).loadedNothing()).isFalse();
        var before = migration.rows("select * exclude (imported_at) from events order by id");
        var again = migration.load(Product.UMAMI, FILE);
        assertThat(again.loadedNothing()).isTrue();
        assertThat(again.loads()).allMatch(table -> table.differing() == 0);
        assertThat(migration.rows("select * exclude (imported_at) from events order by id"))
                .isEqualTo(before);
    }

    @Test
    void rowsWithoutIdsAndVisitsOfOldVersionsAreCutByTime() throws Exception {
        var file = write(
                "website_event.csv",
                OLD_HEADER
                        + "w,s1,2024-03-01 10:00:00,/,1,\n"
                        + "w,s1,2024-03-01 10:00:00,/,1,\n"
                        + "w,s1,2024-03-01 10:10:00,,2,order\n"
                        + "w,s1,2024-03-01 11:00:00,/,1,\n");
        var report = migration.load(Product.UMAMI, file);
        assertThat(report.notes()).anyMatch(note -> note.contains("no visit_id"));
        assertThat(migration.rows("select screen_view_count, event_count from sessions order by created_at"))
                .containsExactly("2|1", "1|0");
        assertThat(migration.load(Product.UMAMI, file).loadedNothing()).isTrue();
    }

    @Test
    void takesDataOfEventsAndSessionsFromTheirOwnFiles() throws Exception {
        var zip = temporary.resolve("export.zip");
        zip(
                zip,
                "data/website_event.csv",
                "event_id,session_id,visit_id,created_at,url_path,event_type,event_name\n"
                        + "cccccccc-0000-4000-8000-000000000001,s1,v1,2024-03-01 10:00:00,/,2,order\n",
                "data/event_data.csv",
                "event_id,data_key,string_value,number_value,date_value,data_type\n"
                        + "cccccccc-0000-4000-8000-000000000001,total,12.5000,12.5000,,2\n"
                        + "cccccccc-0000-4000-8000-000000000001,plan,pro,,,1\n",
                "data/session.csv",
                "session_id,browser,os,device,country,region,city\ns1,firefox,Linux,desktop,DE,DE-BE,Berlin\n");
        migration.load(Product.UMAMI, zip);
        assertThat(migration.rows("select properties['total'], properties['plan'], browser, country, region from events"
                        + " where name = 'order'"))
                .containsExactly("12.5|pro|Firefox|DE|BE");
        assertThat(migration.rows("select browser, country from sessions")).containsExactly("Firefox|DE");
    }

    @Test
    void oneOfSeveralWebsitesIsChosen() throws Exception {
        var file = write("a.csv", OLD_HEADER + "one,s1,2024-03-01 10:00:00,/,1,\ntwo,s2,2024-03-01 10:00:00,/,1,\n");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, file))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("holds 2 websites. Choose one with --website: one (1 rows), two (1 rows).");
        assertThatThrownBy(() -> migration.load(Product.UMAMI, file, null, "three"))
                .hasMessageContaining("holds no website three. It holds one (1 rows)");
        var report = migration.load(Product.UMAMI, file, null, "two");
        assertThat(report.notes()).contains("1 rows of other websites were left out.");
        assertThat(migration.rows("select distinct device_id from events")).containsExactly("s2");
    }

    @Test
    void aByteOrderMarkSemicolonsAndCarriageReturnsAreRead() throws Exception {
        var file = write(
                "a.csv",
                "\uFEFF" + OLD_HEADER.replace(',', ';').replace("\n", "\r\n")
                        + "w;s1;2024-03-01 10:00:00;\"/a;b\";1;\r\n");
        migration.load(Product.UMAMI, file);
        assertThat(migration.rows("select path from events where name = 'screen_view'"))
                .containsExactly("/a;b");
    }

    @Test
    void tabsAndGzipAreRead() throws Exception {
        var file = temporary.resolve("a.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((OLD_HEADER.replace(',', '\t') + "w\ts1\t2024-03-01 10:00:00\t/\t1\t\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(migration.load(Product.UMAMI, file).read()).isEqualTo(1);
    }

    @Test
    void aFileWithAHeaderAloneHoldsNoRows() throws Exception {
        var report = migration.load(Product.UMAMI, write("a.csv", OLD_HEADER));
        assertThat(report.read()).isZero();
        assertThat(report.days()).isEmpty();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(temporary.resolve(name), content);
    }

    private static void zip(Path zip, String... namesAndContents) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndContents[i]));
                out.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }
}
