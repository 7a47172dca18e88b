package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ExportReport;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferFormat;
import org.openpanelmcp.transfer.TransferProblem;

class ExportRunnerTest {
    private static final Path FIXTURE = Path.of("src", "test", "resources", "fixture");
    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    Path temporary;

    private long loaded;

    private Path data() {
        return temporary.resolve("data");
    }

    private Path target() {
        return temporary.resolve("deep").resolve("export");
    }

    @Test
    void opensTheFilesItselfWhenNoServerRuns() throws Exception {
        load();
        var report = export("parquet");
        assertThat(report.tables())
                .extracting(ExportReport.Table::file)
                .contains("catalog.json", "events.parquet", "sessions.parquet", "profiles.parquet");
        assertWhole();
    }

    @Test
    void goesThroughTheServerThatRunsOnALockedDatabase() throws Exception {
        load();
        var directory = new DataDirectory(data());
        try (var installation = new Installation(data(), locked(directory));
                var server = serve(directory, installation)) {
            assertThat(server).isNotNull();
            for (var format : TransferFormat.values()) {
                export(format.ending());
                assertWhole();
                NewFolder.delete(target());
            }
            assertThat(directory.exports()).isEmptyDirectory();
        }
    }

    @Test
    void whatTheServerRefusesLeavesNothing() throws Exception {
        load();
        var directory = new DataDirectory(data());
        try (var installation = new Installation(data(), locked(directory));
                var server = serve(directory, installation)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> export("csv", "nothing"))
                    .isInstanceOf(ControlProblem.class)
                    .hasMessageContaining("There is no project 'nothing'");
            assertThat(target()).doesNotExist();
            assertThat(directory.exports()).isEmptyDirectory();
        }
    }

    @Test
    void theServerWritesNowhereElse() {
        var directory = new DataDirectory(data());
        try (var installation = new Installation(data());
                var server = serve(directory, installation);
                var client = ControlClient.connect(data()).orElseThrow()) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> client.call("export", Map.of("folder", "../..", "format", "csv"), Progress.SILENT))
                    .hasMessage("The folder '../..' is no name of a folder under exports.");
        }
    }

    @Test
    void refusesAFolderThatHoldsSomething() throws Exception {
        load();
        Files.createDirectories(target());
        Files.writeString(target().resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> export("csv"))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("is not empty (it holds letter.txt)")
                .hasMessageContaining("Name a new or an empty one");
        assertThat(target().resolve("letter.txt")).hasContent("dear");
        assertThat(NewFolder.contents(target())).containsExactly("letter.txt");
    }

    @Test
    void beginsAnInterruptedExportAnewAndKeepsWhatIsNotItsOwn() throws Exception {
        load();
        export("csv");
        Files.createDirectory(target().resolve(".incomplete"));
        assertThatThrownBy(() -> ImportRunner.run(
                        temporary.resolve("again"), target(), new ImportOptions(false), Progress.SILENT))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("is not whole");
        Files.writeString(target().resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> export("jsonl")).hasMessageContaining("it holds letter.txt");
        Files.delete(target().resolve("letter.txt"));
        export("jsonl");
        assertThat(NewFolder.contents(target()))
                .containsExactly("catalog.json", "events.jsonl", "groups.jsonl", "profiles.jsonl", "sessions.jsonl");
        assertWhole();
    }

    @Test
    void aDirectoryWithoutDataIsNamedAndNotMade() {
        assertThatThrownBy(() -> export("csv"))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("holds no data")
                .hasMessageContaining("--data");
        assertThat(data()).doesNotExist();
        assertThat(target()).doesNotExist();
    }

    @Test
    void aStartingServerClearsWhatKilledCommandsLeft() throws Exception {
        var directory = new DataDirectory(data());
        var left = List.of(
                directory.incoming().resolve(Handover.newName()),
                directory.exports().resolve(Handover.newName()));
        for (var folder : left) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("events.csv"), "name");
        }
        var mine = Files.createDirectory(directory.incoming().resolve("mine"));
        Handover.clear(directory);
        assertThat(left).allSatisfy(folder -> assertThat(folder).doesNotExist());
        assertThat(mine).exists();
    }

    private void load() {
        loaded = events(ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT));
    }

    private static long events(ImportReport report) {
        return report.tables().stream()
                .filter(table -> table.table().equals("events"))
                .mapToLong(ImportReport.Table::loaded)
                .sum();
    }

    private ExportReport export(String format, String... projects) {
        var options =
                new ExportOptions(List.of(projects), TransferFormat.of(format).orElseThrow());
        return ExportRunner.run(data(), target(), options, Progress.SILENT);
    }

    private void assertWhole() throws Exception {
        var again = Files.createTempDirectory(temporary, "again");
        var report = ImportRunner.run(again, target(), new ImportOptions(false), Progress.SILENT);
        assertThat(report.tables())
                .allSatisfy(table -> assertThat(table.refused()).isZero());
        assertThat(events(report)).isEqualTo(loaded).isPositive();
        for (var name : NewFolder.contents(target())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target().resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        assertThat(target().resolve(".incomplete")).doesNotExist();
    }

    private static DuckDbOptions locked(DataDirectory directory) {
        return DuckDbOptions.locked(
                256 * MEBIBYTE, 256 * MEBIBYTE, 2, List.of(directory.incoming(), directory.exports()));
    }

    private static ControlServer serve(DataDirectory directory, Installation installation) {
        return ControlServer.start(
                directory.path(),
                Map.of(
                        ImportCommand.NAME,
                        new ImportCommand(directory, installation.events, installation.metadata),
                        ExportCommand.NAME,
                        new ExportCommand(directory, installation.events, installation.metadata)));
    }
}
