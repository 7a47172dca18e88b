package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.transfer.ImportReport.Refusal;

class ImportTest {
    private static final String ID = "36d2b988-b426-4467-ada6-1ee019f15b26";
    private static final String EVENT = """
            {"id":"%s","name":"screen_view","project_id":"shop","device_id":"d1","session_id":"s1","path":"/a",\
            "created_at":"2026-03-01 10:00:00.123","groups":["g1","g2"],"properties":{"plan":"pro","n":1},"revenue":"12",\
            "country":"\\u0000\\u0000","longitude":18.5}
            """.formatted(ID);
    private static final String ALL_COLUMNS = """
            select id, name, device_id, profile_id, session_id, groups, path, revenue, properties, created_at,
                country, longitude, latitude, imported_at from events""";
    private static final String EXPECTED =
            ID + "|screen_view|d1|d1|s1|[g1, g2]|/a|12|{plan=pro, n=1}|2026-03-01 10:00:00.123||18.5|null|null";

    @TempDir
    Path temporary;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(temporary.resolve("data"));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void loadsJsonLines() {
        installation.load(folder("events.jsonl", EVENT));
        assertThat(installation.rows(ALL_COLUMNS)).containsExactly(EXPECTED);
        assertThat(installation.rows("select length(country) from events")).containsExactly("0");
    }

    @Test
    void keepsAKeyThatAppearsLateInTheFile() {
        var lines = new StringBuilder();
        for (int i = 0; i < 100_001; i++) {
            lines.append("{\"name\":\"a\",\"project_id\":\"shop\",\"device_id\":\"d1\",\"session_id\":\"s1\",")
                    .append("\"created_at\":\"2026-03-01 10:00:00\",\"path\":\"/")
                    .append(i)
                    .append("\"}\n");
        }
        lines.append("{\"name\":\"revenue\",\"project_id\":\"shop\",\"device_id\":\"d1\",\"session_id\":\"s1\",")
                .append("\"created_at\":\"2026-03-01 10:00:01\",\"revenue\":12}\n");
        installation.load(folder("events.jsonl", lines.toString()));
        assertThat(installation.rows("select sum(revenue) from events")).containsExactly("12");
    }

    @Test
    void anEmptyFileHoldsNoRows() {
        var report = installation.load(folder("events.jsonl", ""));
        assertThat(report.loadedNothing()).isFalse();
        assertThat(installation.load(folder("events.jsonl", "")).loadedNothing())
                .isTrue();
        assertThat(installation.rows("select count(*) from events")).containsExactly("0");
    }

    @Test
    void loadsPackedJsonLines() throws Exception {
        var folder = folder("catalog.json", Installation.CATALOG);
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("events.jsonl.gz")))) {
            out.write(EVENT.getBytes(StandardCharsets.UTF_8));
        }
        installation.load(folder);
        assertThat(installation.rows(ALL_COLUMNS)).containsExactly(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void loadsWhatTheStoreItselfWrites(String format) {
        installation.load(folder("events.jsonl", EVENT));
        var folder = folder("catalog.json", Installation.CATALOG);
        installation.execute("copy events to '" + folder.resolve("events." + format) + "'");
        try (var other = new Installation(temporary.resolve("other"))) {
            other.load(folder);
            assertThat(other.rows(ALL_COLUMNS)).containsExactly(EXPECTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void readsTheSeparatorThatTheHeaderTells(String separator) {
        var text = "\uFEFFname,project_id,device_id,created_at,path\r\n"
                + "a,shop,d1,2026-03-01 10:00:00,\"/x\"\"y\nz\"\r\n";
        installation.load(folder("events.csv", text.replace(",", separator)));
        assertThat(installation.rows("select name, device_id, path from events"))
                .containsExactly("a|d1|/x\"y\nz");
    }

    @Test
    void namesASeparatorThatItDoesNotUnderstand() {
        var folder = folder("events.csv", "name|project_id|device_id|created_at\na|shop|d1|2026-03-01 10:00:00\n");
        assertThatThrownBy(() -> installation.load(folder))
                .hasMessageContaining("events.csv has its columns separated by '|'. Comma, semicolon and tab");
    }

    @Test
    void w18_loadsNothingTheSecondTimeAndSaysSo() {
        var folder = folder("events.jsonl", EVENT);
        assertThat(installation.load(folder).loadedNothing()).isFalse();
        var again = installation.load(folder);
        assertThat(again.loadedNothing()).isTrue();
        assertThat(again.notes()).contains("Nothing new: everything was there already.");
        assertThat(installation.rows("select count(*) from events")).containsExactly("1");
        assertThat(installation.rows("select count(*) from sessions")).containsExactly("1");
    }

    @Test
    void keepsTheStoredRowWhenAnotherOneHasItsId() {
        installation.load(folder("events.jsonl", EVENT));
        var report = installation.load(folder("events.jsonl", EVENT.replace("screen_view", "other")), "events");
        assertThat(report.loaded()).isZero();
        assertThat(report.alreadyThere()).isEqualTo(1);
        assertThat(report.differing()).isEqualTo(1);
        assertThat(installation.rows("select name from events")).containsExactly("screen_view");
    }

    @Test
    void loadsTheFirstOfRepeatedIds() {
        var report = installation.load(folder("events.jsonl", EVENT + EVENT.replace("screen_view", "other")), "events");
        assertThat(List.of(report.read(), report.loaded(), report.repeated())).containsExactly(2L, 1L, 1L);
        assertThat(installation.rows("select name from events")).containsExactly("screen_view");
    }

    @Test
    void makesNameBasedIdsOfOtherIds() throws Exception {
        installation.load(folder("events.jsonl", EVENT.replace(ID, "event-7")));
        assertThat(installation.rows("select id from events")).containsExactly(nameBased("shop\nevent-7"));
    }

    @Test
    void makesTheSameIdsOfContentWhenThereAreNone() {
        var folder = folder("events.jsonl", EVENT.replace("\"id\":\"" + ID + "\",", ""));
        installation.load(folder);
        assertThat(installation.load(folder, "events").alreadyThere()).isEqualTo(1);
    }

    @Test
    void refusesRowsOfUnknownProjects() {
        var report = installation.load(folder("events.jsonl", EVENT + EVENT.replace("\"shop\"", "\"blog\"")), "events");
        assertThat(report.loaded()).isEqualTo(1);
        assertThat(report.refusals())
                .containsExactly(new Refusal(
                        "the project blog is neither in catalog.json nor in this installation", 1, List.of(2L)));
    }

    @Test
    void refusesLinesThatAreNoJsonAndLoadsTheOthers() {
        var broken = EVENT + "{\"id\": \"half\n" + "[1]\n" + "\n" + EVENT.replace(ID, "good");
        var report = installation.load(folder("events.jsonl", broken), "events");
        assertThat(report.loaded()).isEqualTo(2);
        assertThat(report.refusals())
                .containsExactly(
                        new Refusal("the line is no JSON object", 1, List.of(3L)),
                        new Refusal("the line is no complete JSON", 1, List.of(2L)));
    }

    @Test
    void refusesRowsWithValuesItCannotRead() {
        var rows = EVENT.replace("2026-03-01 10:00:00.123", "yesterday")
                + EVENT.replace("\"12\"", "-1")
                + EVENT.replace("\"screen_view\"", "\"\"");
        var report = installation.load(folder("events.jsonl", rows), "events");
        assertThat(report.loaded()).isZero();
        assertThat(report.refusals())
                .extracting(Refusal::reason)
                .containsExactlyInAnyOrder(
                        "the value of created_at cannot be read",
                        "the value of revenue cannot be read",
                        "name is missing");
    }

    @Test
    void refusesCsvLinesThatDoNotFitTheHeader() {
        var csv = "name,project_id,device_id,created_at\nview,shop,d1,2026-03-01 10:00:00\nview,shop\n"
                + "\"view, \"\"quoted\"\"\",shop,d1,2026-03-01T11:00:00+01:00\n";
        var report = installation.load(folder("events.csv", csv), "events");
        assertThat(report.loaded()).isEqualTo(2);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.refusals())
                .containsExactly(new Refusal("the line does not have the columns of the header", 1, List.of(3L)));
        assertThat(installation.rows("select name, created_at::varchar from events order by name"))
                .containsExactly("view|2026-03-01 10:00:00", "view, \"quoted\"|2026-03-01 10:00:00");
    }

    @Test
    void refusesAFileThatLacksRequiredColumnsAndLoadsNothing() {
        var folder = folder("events.csv", "name,device_id\nview,d1\n");
        assertThatThrownBy(() -> installation.load(folder))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("events.csv has no column project_id, created_at")
                .hasMessageContaining("found were name, device_id");
    }

    @Test
    void refusesAParquetFileThatLacksRequiredColumns() {
        var folder = folder("note.txt", "");
        installation.execute("copy (select 'view' as name, 'd1' as device_id) to '" + folder.resolve("events.parquet")
                + "' (format parquet)");
        assertThatThrownBy(() -> installation.load(folder))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("events.parquet has no column project_id, created_at");
        assertThat(installation.rows("select count(*) from events")).containsExactly("0");
    }

    @Test
    void refusesEventsOfNobody() {
        var folder = folder("events.csv", "name,project_id,created_at\nview,shop,2026-03-01\n");
        assertThatThrownBy(() -> installation.load(folder))
                .hasMessageContaining("neither a column device_id nor profile_id");
    }

    @Test
    void keepsNoRowsWhenALaterFileFails() {
        var folder = folder("events.jsonl", EVENT);
        Installation.folder(folder, "groups.csv", "id,name\ng1,One\n");
        assertThatThrownBy(() -> installation.load(folder)).hasMessageContaining("groups.csv has no column project_id");
        assertThat(installation.rows("select count(*) from events")).containsExactly("0");
    }

    @Test
    void refusesTwoFilesForOneTableAndEmptyFolders() throws Exception {
        var folder = folder("events.jsonl", EVENT);
        Installation.folder(folder, "events.csv", "name\n");
        assertThatThrownBy(() -> installation.load(folder)).hasMessageContaining("both events.jsonl and events.csv");
        var empty = Files.createDirectory(temporary.resolve("empty"));
        assertThatThrownBy(() -> installation.load(empty)).hasMessageContaining("neither catalog.json nor a file");
        assertThatThrownBy(() -> installation.load(empty.resolve("none"))).hasMessageContaining("There is no folder");
    }

    @Test
    void saysWhichFileIsDamaged() {
        var folder = folder("events.parquet", "PAR1 but not really PAR1");
        assertThatThrownBy(() -> installation.load(folder))
                .isInstanceOf(TransferProblem.class)
                .hasMessage("events.parquet cannot be read: it is damaged, or not what its name says.");
    }

    @Test
    void takesTheNewestVersionOfRowsThatHaveVersions() {
        installation.load(folder("profiles.csv", """
                id,project_id,first_name,created_at,last_seen_at
                u1,shop,Old,2026-01-01,2026-01-02
                u1,shop,New,2026-01-01,2026-01-03
                """));
        assertThat(installation.rows("select first_name from profiles")).containsExactly("New");
        installation.load(folder("profiles.csv", """
                id,project_id,first_name,created_at,last_seen_at
                u1,shop,Newest,2026-01-01,2026-01-04
                """));
        assertThat(installation.rows("select arg_max(first_name, last_seen_at) from profiles"))
                .containsExactly("Newest");
    }

    @Test
    void replacesASearchConsoleDayThatWasSyncedAgain() {
        installation.load(folder("gsc_daily.csv", """
                project_id,date,clicks,synced_at
                shop,2026-01-01,1,2026-01-02
                """));
        installation.load(folder("gsc_daily.csv", """
                project_id,date,clicks,synced_at
                shop,2026-01-01,5,2026-01-03
                """));
        assertThat(installation.rows("select date, clicks from gsc_daily")).containsExactly("2026-01-01|5");
    }

    @Test
    void marksTestDataOnlyWhenAsked() {
        var folder = folder("events.jsonl", EVENT);
        installation.load(folder);
        assertThat(installation.metadata.facts().get(Import.TEST_DATA)).isEmpty();
        new Import(installation.events, installation.metadata).run(folder, new ImportOptions(true), Progress.SILENT);
        assertThat(installation.metadata.facts().get(Import.TEST_DATA)).contains("true");
    }

    private Path folder(String file, String content) {
        return Installation.folder(temporary.resolve(UUID.randomUUID().toString()), file, content);
    }

    private static String nameBased(String name) throws Exception {
        var namespace = UUID.fromString("3d1b9fd2-6c5e-4f0e-9c55-8d1e0c1d7a4b");
        var digest = MessageDigest.getInstance("SHA-1");
        digest.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        var hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        return new UUID((hash.getLong() & ~0xF000L) | 0x5000L, (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE)
                .toString();
    }
}
