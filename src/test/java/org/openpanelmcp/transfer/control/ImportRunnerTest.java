package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.Progress;

class ImportRunnerTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final String HEADER = "name,project_id,device_id,created_at\n";

    @TempDir
    Path temporary;

    private Path data;
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        data = temporary.resolve("data");
        folder = Files.createDirectory(temporary.resolve("folder"));
        Files.writeString(folder.resolve("catalog.json"), Installation.CATALOG);
        Files.writeString(folder.resolve("events.csv"), HEADER + "view,shop,d1,2026-03-01 10:00:00\n");
    }

    @Test
    void opensTheFilesItselfWhenNoServerRuns() {
        var report = ImportRunner.run(data, folder, new ImportOptions(true), Progress.SILENT);
        assertThat(report.loadedNothing()).isFalse();
        try (var installation = new Installation(data)) {
            assertThat(installation.rows("select name from events")).containsExactly("view");
        }
    }

    @Test
    void goesThroughTheServerThatRunsOnALockedDatabase() throws Exception {
        var directory = new DataDirectory(data);
        var options = DuckDbOptions.locked(
                256 * MEBIBYTE, 256 * MEBIBYTE, 2, List.of(directory.incoming(), directory.exports()));
        try (var installation = new Installation(data, options);
                var server = serve(directory, installation)) {
            assertThat(server).isNotNull();
            var report = ImportRunner.run(data, folder, new ImportOptions(false), Progress.SILENT);
            assertThat(report.loadedNothing()).isFalse();
            assertThat(installation.rows("select name from events")).containsExactly("view");
            assertThat(ImportRunner.run(data, folder, new ImportOptions(false), Progress.SILENT)
                            .loadedNothing())
                    .isTrue();
            assertThat(directory.incoming()).isEmptyDirectory();
            assertThat(folder.resolve("events.csv")).exists();
        }
    }

    @Test
    void takesTheStagedFilesAwayWhenTheServerRefusesThem() throws Exception {
        Files.writeString(folder.resolve("events.csv"), "name\nview\n");
        var directory = new DataDirectory(data);
        try (var installation = new Installation(data);
                var server = serve(directory, installation)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> ImportRunner.run(data, folder, new ImportOptions(false), Progress.SILENT))
                    .isInstanceOf(ControlProblem.class)
                    .hasMessageContaining("events.csv has no column project_id");
            assertThat(directory.incoming()).isEmptyDirectory();
        }
    }

    @Test
    void isFinishedByTheServerWhenTheAskerIsGone() throws Exception {
        var directory = new DataDirectory(data);
        try (var installation = new Installation(data)) {
            var staged = Files.createDirectories(directory.incoming().resolve(Handover.newName()));
            for (var name : List.of("catalog.json", "events.csv")) {
                Files.copy(folder.resolve(name), staged.resolve(name));
            }
            var server = serve(directory, installation);
            var client = ControlClient.connect(data).orElseThrow();
            var asked = Map.of("folder", String.valueOf(staged.getFileName()));
            assertThatThrownBy(() -> client.call("import", asked, (step, done) -> client.close()))
                    .isInstanceOf(ControlProblem.class);
            // Closing waits for commands that are under way.
            server.close();
            assertThat(installation.rows("select name from events")).containsExactly("view");
            assertThat(installation.metadata.projects().find("shop")).isPresent();
            assertThat(directory.incoming()).isEmptyDirectory();
        }
    }

    @Test
    void readsNoFolderOutsideIncoming() {
        var directory = new DataDirectory(data);
        try (var installation = new Installation(data);
                var server = serve(directory, installation);
                var client = ControlClient.connect(data).orElseThrow()) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> client.call("import", Map.of("folder", "../../folder"), Progress.SILENT))
                    .hasMessageContaining("no name of a folder under incoming");
        }
    }

    private static ControlServer serve(DataDirectory directory, Installation installation) {
        var command = new ImportCommand(directory, installation.events, installation.metadata);
        return ControlServer.start(directory.path(), Map.of(ImportCommand.NAME, command));
    }
}
