package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.transfer.foreign.ForeignReport.Refusal;

class OpenPanelExportTest {
    @TempDir
    Path temporary;

    private Migration migration;
    private Path pages;

    @BeforeEach
    void open() throws Exception {
        migration = new Migration(temporary.resolve("data"), "UTC");
        pages = Files.createDirectory(temporary.resolve("pages"));
        for (var page : List.of("export-page-1.json", "export-page-2.json")) {
            Files.copy(Migration.FILES.resolve(page), pages.resolve(page));
        }
    }

    @Test
    void eventsStayWhatTheyWere() {
        migration.load(Product.OPENPANEL, pages);
        assertThat(migration.rows("select right(id::varchar, 2), name, profile_id, session_id, path, revenue, duration,"
                        + " groups, properties, country, project_id from events order by id"))
                .containsExactly(
                        "01|session_start|d1|s1|/|0|0|[]|{}||shop",
                        "02|screen_view|d1|s1|/|0|0|[]|{__query.utm_source=hn}|SE|shop",
                        "04|screen_view|ada|s1|/cart|0|0|[]|{}|SE|shop",
                        "05|revenue|ada|s1|/thanks|1290|0|[acme]|{currency=EUR, items.0.name=Mug, items.0.price=12.9}"
                                + "|SE|shop",
                        "06|session_end|ada|s1|/thanks|0|120000|[]|{__bounce=false}||shop");
        assertThat(migration.rows("select id, profile_id, screen_view_count, event_count, duration, is_bounce, revenue,"
                        + " referrer_name, utm_source from sessions"))
                .containsExactly("s1|ada|2|1|120000|false|1290.0|Hacker News|hn");
    }

    @Test
    void peopleInTheExportAreKept() {
        migration.load(Product.OPENPANEL, pages);
        assertThat(migration.rows("select id, first_name, last_name, email, is_external, properties, created_at"
                        + " from profiles order by id"))
                .containsExactly(
                        "ada|Ada|L|ada@example.org|true|{plan=pro}|2024-01-05 00:00:00.0",
                        "d1||||false|{country=SE, city=Lund}|2024-03-01 09:59:59.9");
    }

    @Test
    void figuresAreHeldAgainstTheExportedMarks() {
        var report = migration.load(Product.OPENPANEL, pages);
        assertThat(report.read()).isEqualTo(6);
        assertThat(report.refusals())
                .containsExactly(new Refusal(
                        "export-page-1.json", report.refusals().getFirst().reason(), 1, List.of(4L)));
        assertThat(report.refusals().getFirst().reason()).startsWith("the event has no name");
        var day = Migration.day(report, "2024-03-01");
        assertThat(day.old()).isEqualTo(new Totals(1, 1, 2, 0, 120_000));
        assertThat(day.agrees()).isTrue();
    }

    @Test
    void aSecondImportLoadsNothing() {
        migration.load(Product.OPENPANEL, pages);
        assertThat(migration.load(Product.OPENPANEL, pages).loadedNothing()).isTrue();
    }

    @Test
    void missingPagesAreNoticed() {
        var report = migration.load(Product.OPENPANEL, pages.resolve("export-page-2.json"));
        assertThat(report.notes())
                .contains("The pages speak of 6 events in all, and 2 were in the files: some pages are missing.");
    }

    @Test
    void linesOfJsonAreReadAndBadOnesRefused() throws Exception {
        var file = temporary.resolve("events.jsonl");
        Files.writeString(file, """
                {"name":"a","deviceId":"d1","sessionId":"s1","createdAt":"2024-03-01 10:00:00"}
                {"name":"b","deviceId":"d1","sessionId":"s1","createdAt":"2024-03-01 10:00:01"

                {"name":"c","createdAt":"2024-03-01 10:00:01"}
                {"name":"d","deviceId":"d1","createdAt":"soon"}
                """);
        var report = migration.load(Product.OPENPANEL, file);
        assertThat(report.refusals().stream().flatMap(refusal -> refusal.lines().stream()))
                .containsExactlyInAnyOrder(2L, 4L, 5L);
        assertThat(migration.rows("select name from events")).containsExactly("a");
    }

    @Test
    void eventsWithoutSessionsAreCutByTime() throws Exception {
        var file = temporary.resolve("events.jsonl");
        Files.writeString(file, """
                {"name":"a","deviceId":"d1","createdAt":"2024-03-01 10:00:00"}
                {"name":"a","deviceId":"d1","createdAt":"2024-03-01 10:20:00"}
                {"name":"a","deviceId":"d1","createdAt":"2024-03-01 11:20:00"}
                """);
        var report = migration.load(Product.OPENPANEL, file);
        assertThat(Migration.day(report, "2024-03-01").now().visits()).isEqualTo(2);
        assertThat(report.days()).allMatch(ForeignReport.Day::agrees);
    }

    @Test
    void aTornPageIsNamedWithItsPlace() throws Exception {
        var text = Files.readString(pages.resolve("export-page-1.json"));
        Files.writeString(pages.resolve("export-page-1.json"), text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> migration.load(Product.OPENPANEL, pages))
                .hasMessageContaining("export-page-1.json is no complete JSON")
                .hasMessageContaining("line 4")
                .hasMessageContaining("nothing was imported");
        assertThat(migration.rows("select count(*) from events")).containsExactly("0");
    }

    @Test
    void anErrorThatWasSavedIsNoExport() throws Exception {
        var file = Files.writeString(temporary.resolve("page.json"), "{\"error\":\"Unauthorized\"}");
        assertThatThrownBy(() -> migration.load(Product.OPENPANEL, file))
                .hasMessageContaining("is no export of OpenPanel. Expected are pages of GET /export/events");
    }
}
