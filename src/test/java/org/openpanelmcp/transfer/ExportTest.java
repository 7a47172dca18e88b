package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ExportTest {
    /** Few, so that tables are cut and joined. */
    private static final long ROWS_PER_SLICE = 500;

    private static final Path FIXTURE = Path.of("src", "test", "resources", "fixture");
    private static final String CATALOG = """
            {"organizations": [{"id": "acme", "name": "Acme \\u0000\\"", "timezone": "Europe/Stockholm"}],
             "projects": [{"id": "shop", "organizationId": "acme"}, {"id": "blog", "organizationId": "acme"},
                          {"id": "app", "organizationId": "acme"}]}""";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource
    void theFixtureComesBackWithAllItsRows(TransferFormat format) throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            assertComesBack(installation, format);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostileRowsComeBackAsTheyWere(TransferFormat format) throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(Installation.folder(temporary.resolve("catalog"), "catalog.json", CATALOG));
            new HostileRows(20261122).write(installation, 2000);
            assertComesBack(installation, format);
        }
    }

    /** More rows than are sorted at once, of one project and of several that share a slice. */
    @ParameterizedTest
    @EnumSource
    void manyRowsAreInOrderAndComeBack(TransferFormat format) throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(Installation.folder(temporary.resolve("catalog"), "catalog.json", CATALOG));
            many(installation, "app", 600);
            many(installation, "blog", 2300);
            many(installation, "shop", 600);
            assertComesBack(installation, format);
            var file = temporary.resolve("export").resolve("events." + format.ending());
            if (format == TransferFormat.PARQUET) {
                assertThat(installation.rows("select bool_and(key >= earlier) from (select key, lag(key) over (order by"
                                + " place) as earlier from (select (project_id, created_at, id) as key,"
                                + " file_row_number as place from read_parquet('" + file
                                + "', file_row_number = true)))"))
                        .containsExactly("true");
            }
        }
    }

    private static void many(Installation installation, String project, int rows) {
        installation.execute("insert into events by name select '" + project + "' as project_id, 'view' as name,"
                + " 'd' || i % 100 as device_id, 'd' || i % 100 as profile_id, 'line ' || i || chr(10) || '\"' as path,"
                + " map {'n': i::varchar} as properties, timestamp '2026-01-01' + interval (i * 7919 % 86400) minute"
                + " as created_at from range(" + rows + ") t(i)");
    }

    @Test
    void theSameDataGiveTheSameBytes() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            var one = Files.createDirectory(temporary.resolve("one"));
            var other = Files.createDirectory(temporary.resolve("other"));
            export(installation, one, TransferFormat.JSON_LINES);
            export(installation, other, TransferFormat.JSON_LINES);
            assertThat(NewFolder.contents(one))
                    .containsExactly(
                            "catalog.json", "events.jsonl", "groups.jsonl", "profiles.jsonl", "sessions.jsonl");
            for (var name : NewFolder.contents(one)) {
                assertThat(other.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
            }
        }
    }

    @Test
    void writesTheVersionThatReadersSee() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(Installation.folder(temporary.resolve("catalog"), "catalog.json", CATALOG));
            installation.execute("""
                    insert into profiles by name select 'u' as id, 'shop' as project_id, first_name,
                        timestamp '2026-01-01' as created_at, last_seen_at
                    from (values ('New', timestamp '2026-01-03'), ('Old', timestamp '2026-01-02')) t(first_name, last_seen_at)""");
            installation.execute("""
                    insert into groups by name select 'g' as id, 'shop' as project_id, timestamp '2026-01-01' as created_at,
                        version, deleted from (values (1, 0), (2, 1)) t(version, deleted)""");
            var folder = Files.createDirectory(temporary.resolve("export"));
            export(installation, folder, TransferFormat.CSV);
            try (var again = new Installation(temporary.resolve("again"))) {
                again.load(folder);
                assertThat(again.rows("select first_name from profiles")).containsExactly("New");
                assertThat(again.rows("select version, deleted from groups")).containsExactly("2|1");
            }
        }
    }

    /** An import replaces and adds rows, and settles the file, between two tables of an export. */
    @Test
    void takesTheRowsOfOneMoment() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            var quiet = Files.createDirectory(temporary.resolve("quiet"));
            export(installation, quiet, TransferFormat.JSON_LINES);
            var meanwhile = Installation.folder(temporary.resolve("meanwhile"), "events.csv", """
                    name,project_id,device_id,created_at
                    late,p1,d1,2024-03-08 10:00:00
                    """);
            Files.writeString(meanwhile.resolve("sessions.csv"), """
                    id,project_id,created_at,version
                    s1,p1,2024-03-04 10:00:00,99
                    """);
            var folder = Files.createDirectory(temporary.resolve("export"));
            new Export(installation.events, installation.metadata, ROWS_PER_SLICE)
                    .run(folder, new ExportOptions(List.of(), TransferFormat.JSON_LINES), (step, done) -> {
                        if (step.startsWith("writing")) {
                            installation.load(meanwhile);
                        }
                    });
            assertThat(installation.rows("select version from sessions where project_id = 'p1' and id = 's1'"))
                    .containsExactly("99");
            for (var name : List.of("events.jsonl", "sessions.jsonl", "profiles.jsonl")) {
                assertThat(folder.resolve(name)).hasSameBinaryContentAs(quiet.resolve(name));
            }
        }
    }

    @Test
    void oneProjectTakesItsOwnOnly() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            installation.load(Installation.folder(
                    temporary.resolve("more"),
                    "catalog.json",
                    "{\"boards\": [{\"id\": \"1\", \"projectId\": \"p1\"}, {\"id\": \"2\", \"projectId\": \"heron\"}],"
                            + " \"motto\": \"all\"}"));
            var folder = Files.createDirectory(temporary.resolve("export"));
            export(installation, folder, TransferFormat.JSON_LINES, "p1");
            var catalog = CatalogFile.read(folder).orElseThrow();
            assertThat(ids(catalog, "organizations")).containsExactly("first");
            assertThat(ids(catalog, "projects")).containsExactly("p1");
            assertThat(catalog.get("clients"))
                    .allSatisfy(client ->
                            assertThat(client.path("projectId").asString()).isEqualTo("p1"));
            assertThat(ids(catalog, "boards")).containsExactly("1");
            assertThat(catalog.has("motto")).isFalse();
            try (var again = new Installation(temporary.resolve("again"))) {
                again.load(folder);
                assertThat(again.rows("select distinct project_id from events")).containsExactly("p1");
                assertThat(again.rows("select count(*) from events"))
                        .isEqualTo(installation.rows("select count(*) from events where project_id = 'p1'"));
            }
        }
    }

    @Test
    void anUnknownProjectIsNamedWithTheNearestOne() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            var folder = Files.createDirectory(temporary.resolve("export"));
            assertThatThrownBy(() -> export(installation, folder, TransferFormat.CSV, "heronn"))
                    .hasMessage("There is no project 'heronn'. Did you mean 'heron'?");
            assertThatThrownBy(() -> export(installation, folder, TransferFormat.CSV, "dodo"))
                    .hasMessageContaining("There is no project 'dodo'");
        }
    }

    @Test
    void leavesTheRowsOfDeletedProjectsOutAndSaysSo() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(FIXTURE);
            installation.metadata.projects().delete("heron", Instant.EPOCH);
            var folder = Files.createDirectory(temporary.resolve("export"));
            var report = export(installation, folder, TransferFormat.JSON_LINES);
            assertThat(report.notes()).anyMatch(note -> note.contains("rows of events were left out"));
            assertThat(Files.readString(folder.resolve("events.jsonl"))).doesNotContain("\"heron\"");
            try (var again = new Installation(temporary.resolve("again"))) {
                again.load(folder);
                assertThat(again.metadata.projects().find("heron").orElseThrow().deletedAt())
                        .isEqualTo(Instant.EPOCH);
            }
        }
    }

    private static List<String> ids(JsonNode catalog, String kind) {
        return catalog.path(kind)
                .valueStream()
                .map(entry -> entry.path("id").asString())
                .toList();
    }

    /** Exports, loads into a new installation, and compares every value of every table. */
    private void assertComesBack(Installation installation, TransferFormat format) throws Exception {
        var folder = Files.createDirectory(temporary.resolve("export"));
        var report = export(installation, folder, format);
        var data = temporary.resolve("again");
        try (var again = new Installation(data)) {
            var loaded = again.load(folder);
            assertThat(loaded.tables()).allSatisfy(table -> {
                assertThat(table.refusals()).as(table.table()).isEmpty();
                assertThat(table.repeated()).as(table.table()).isZero();
            });
        }
        assertSame(installation, data);
        assertThat(report.tables()).isNotEmpty();
    }

    private static void assertSame(Installation installation, Path data) {
        installation.events.read(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("attach '" + data.resolve("events.duckdb") + "' as again (read_only)");
            }
            return true;
        });
        for (var table : TransferTable.values()) {
            var here = "events.main." + table.tableName();
            var there = "again.main." + table.tableName();
            assertThat(installation.rows("select * from (from " + here + " except all from " + there + ") limit 3"))
                    .as("lost or changed in %s", table.tableName())
                    .isEmpty();
            assertThat(installation.rows("select count(*) from " + there))
                    .as(table.tableName())
                    .isEqualTo(installation.rows("select count(*) from " + here));
        }
    }

    private static ExportReport export(
            Installation installation, Path folder, TransferFormat format, String... projects) {
        return new Export(installation.events, installation.metadata, ROWS_PER_SLICE)
                .run(folder, new ExportOptions(List.of(projects), format), Progress.SILENT);
    }
}
