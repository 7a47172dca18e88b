package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.KeptSite;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferFormat;

/** A deleted person stays away, whatever is loaded or put back, and is in no file. */
class ErasureTransferTest {
    private static final String MARKER = "marker-zq9";
    private static final String PEOPLE = "select distinct profile_id from events union select profile_id from sessions"
            + " union select id from profiles order by 1";
    private static final long NOON = KeptSite.NOON;

    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    private static Entry.Event view(String device, String profile, String path, long at) {
        return new Entry.Event(
                "shop",
                at,
                UUID.randomUUID(),
                "screen_view",
                at,
                List.of(device),
                profile,
                List.of(),
                new Entry.Page(path, ""),
                new Entry.Referrer("", "", ""),
                new Entry.Place("SE", "", "", null, null),
                new Entry.Agent("", "", "", "", "desktop", "", ""),
                new Entry.Sdk("web", "1"),
                false,
                0,
                Map.of("note", profile));
    }

    /** Ann alone on her phone, Ann and Bob in one session at a kiosk. */
    private void fill() throws Exception {
        try (var site = new KeptSite(data())) {
            site.take(
                    view(MARKER + "-phone", "", "/", NOON),
                    view(MARKER + "-phone", MARKER, "/", NOON + 1_000),
                    view("kiosk", MARKER, "/" + MARKER, NOON),
                    view("kiosk", "bob", "/bob", NOON + 60_000),
                    new Entry.ProfilePatch(
                            "shop", NOON, MARKER, MARKER, "", MARKER + "@example.org", "", Map.of("k", MARKER)));
            site.rows("select 1");
            site.now.set(NOON + 3_600_000);
            assertThat(site.intake.awaitStored(60_000)).isTrue();
        }
    }

    private List<String> rows(String sql) {
        try (var installation = new Installation(data())) {
            return installation.rows(sql);
        }
    }

    @ParameterizedTest
    @EnumSource(TransferFormat.class)
    void noImportBringsAPersonBack(TransferFormat format) throws Exception {
        fill();
        var folder = temporary.resolve("export");
        ExportRunner.run(data(), folder, new ExportOptions(List.of(), format), Progress.SILENT);
        assertThat(PersonRunner.run(data(), "shop", MARKER, true).events()).isEqualTo(3);
        var report = ImportRunner.run(data(), folder, new ImportOptions(false), Progress.SILENT);
        assertThat(rows(PEOPLE)).containsExactly("bob");
        assertThat(refused(report, "events")).isEqualTo(5);
        assertThat(refused(report, "sessions")).isEqualTo(1);
        assertThat(refused(report, "profiles")).isEqualTo(2);
        assertThat(rows("select profile_id, entry_path, screen_view_count, epoch_ms(created_at) from sessions"))
                .containsExactly("bob|/bob|1|" + (NOON + 60_000));
    }

    @Test
    void aFolderWithoutSessionsAndProfilesMakesNoneOfAPersonWhoWasDeleted() throws Exception {
        fill();
        var folder = temporary.resolve("export");
        ExportRunner.run(data(), folder, new ExportOptions(List.of(), TransferFormat.PARQUET), Progress.SILENT);
        Files.delete(folder.resolve("sessions.parquet"));
        Files.delete(folder.resolve("profiles.parquet"));
        PersonRunner.run(data(), "shop", MARKER, true);
        try (var installation = new Installation(data())) {
            installation.execute("delete from events; delete from sessions; delete from profiles");
        }
        ImportRunner.run(data(), folder, new ImportOptions(false), Progress.SILENT);
        assertThat(rows(PEOPLE)).containsExactly("bob");
        assertThat(rows("select entry_path, screen_view_count from sessions")).containsExactly("/bob|1");
    }

    @Test
    void anImportLeavesOutWhatIsOlderThanTheProjectKeeps() throws Exception {
        fill();
        var folder = temporary.resolve("export");
        ExportRunner.run(data(), folder, new ExportOptions(List.of(), TransferFormat.JSON_LINES), Progress.SILENT);
        try (var installation = new Installation(data())) {
            installation.execute("delete from events; delete from sessions; delete from profiles");
            installation.metadata.retention().save("shop", OptionalInt.of(1));
            var old = Instant.now().minusSeconds(10 * 86_400).toString().substring(0, 19);
            Files.writeString(
                    folder.resolve("events.jsonl"),
                    "{\"name\":\"old\",\"project_id\":\"shop\",\"device_id\":\"d\",\"created_at\":\"" + old + "\"}\n"
                            + "{\"name\":\"new\",\"project_id\":\"shop\",\"device_id\":\"d\",\"created_at\":\""
                            + Instant.now().toString().substring(0, 19) + "\"}\n");
        }
        var report = ImportRunner.run(data(), folder, new ImportOptions(false), Progress.SILENT);
        assertThat(rows("select name from events")).containsExactly("new");
        assertThat(report.tables().stream()
                        .flatMap(table -> table.refusals().stream())
                        .map(ImportReport.Refusal::reason))
                .anyMatch(reason -> reason.contains("older than the project keeps"));
    }

    @Test
    void aBackupThatReplacesLaterDataLosesWhoWasDeletedSince() throws Exception {
        fill();
        var folder = temporary.resolve("backup");
        BackupRunner.backup(data(), folder, "1", Instant.EPOCH, Progress.SILENT);
        PersonRunner.run(data(), "shop", MARKER, true);
        var report = BackupRunner.restore(data(), folder, true, Instant.ofEpochMilli(NOON), Progress.SILENT);
        assertThat(report.notes()).singleElement().asString().contains("were deleted from the restored data");
        assertThat(holders(data())).isEmpty();
        assertThat(rows(PEOPLE)).containsExactly("bob");
        var beside = temporary.resolve("beside");
        assertThat(BackupRunner.restore(beside, folder, false, Instant.EPOCH, Progress.SILENT)
                        .notes())
                .isEmpty();
    }

    @Test
    void noFileHoldsAPersonAfterCompaction() throws Exception {
        fill();
        try (var installation = new Installation(data())) {
            installation.execute("checkpoint");
        }
        assertThat(holders(data())).contains("events.duckdb", "journal.sqlite");
        PersonRunner.run(data(), "shop", MARKER, true);
        var report = CompactRunner.run(data());
        assertThat(report.bytesAfter()).isPositive();
        assertThat(holders(data())).isEmpty();
        assertThat(rows(PEOPLE)).containsExactly("bob");
    }

    private static long refused(ImportReport report, String table) {
        return report.tables().stream()
                .filter(each -> each.table().equals(table))
                .mapToLong(ImportReport.Table::refused)
                .sum();
    }

    /** The files of a directory that hold the marker, as bytes. */
    static List<String> holders(Path directory) throws Exception {
        var holders = new ArrayList<String>();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("marker-zq9")) {
                    holders.add(file.getFileName().toString());
                }
            }
        }
        assertThat(Set.copyOf(holders)).hasSameSizeAs(holders);
        return holders;
    }
}
