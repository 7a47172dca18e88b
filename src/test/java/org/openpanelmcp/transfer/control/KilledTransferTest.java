package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferFormat;

/** Commands that die half-way, as after a loss of power: nothing half is taken for whole, and they can be given again. */
class KilledTransferTest {
    private static final Path FIXTURE = Path.of("src", "test", "resources", "fixture");

    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    private Path folder() {
        return temporary.resolve("folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loading events", "reading sessions", "comparing profiles"})
    void anImportThatDiesLeavesNothing(String step) throws Exception {
        die("import", FIXTURE, step);
        try (var installation = new Installation(data())) {
            assertThat(installation.metadata.organizations().list()).isEmpty();
            assertThat(installation.metadata.catalog().list()).isEmpty();
            assertThat(installation.rows("select count(*) from events")).containsExactly("0");
            assertThat(installation.rows("select count(*) from sessions")).containsExactly("0");
        }
        assertImportsCleanly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"saving the catalog", "settling the file", "done"})
    void anImportThatDiesAfterItsRowsIsCompletedByTheNext(String step) throws Exception {
        die("import", FIXTURE, step);
        assertImportsCleanly();
    }

    /** The data are then those of an import that was never interrupted. */
    private void assertImportsCleanly() throws IOException {
        ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT);
        var other = temporary.resolve("other");
        ImportRunner.run(other, FIXTURE, new ImportOptions(true), Progress.SILENT);
        var one = export(data(), temporary.resolve("one"));
        var uninterrupted = export(other, temporary.resolve("uninterrupted"));
        for (var name : NewFolder.contents(one)) {
            assertThat(one.resolve(name)).hasSameBinaryContentAs(uninterrupted.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading the catalog", "writing sessions", "done"})
    void anExportThatDiesIsNotTakenForAWholeOne(String step) throws Exception {
        ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT);
        die("export", folder(), step);
        assertThatThrownBy(() -> ImportRunner.run(
                        temporary.resolve("again"), folder(), new ImportOptions(true), Progress.SILENT))
                .hasMessageContaining("is not whole");
        export(data(), folder());
        assertThat(NewFolder.contents(folder()))
                .containsExactly("catalog.json", "events.jsonl", "groups.jsonl", "profiles.jsonl", "sessions.jsonl");
    }

    @Test
    void aBackupThatDiesIsNotTakenForAWholeOne() throws Exception {
        ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT);
        die("backup", folder(), "reading metadata");
        var target = temporary.resolve("target");
        assertThatThrownBy(() -> BackupRunner.restore(target, folder(), false, Instant.EPOCH, Progress.SILENT))
                .hasMessageContaining("is not whole");
        BackupRunner.backup(data(), folder(), "test", Instant.EPOCH, Progress.SILENT);
        BackupRunner.restore(target, folder(), false, Instant.EPOCH, Progress.SILENT);
        assertSame(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copying metadata", "opening the databases"})
    void aRestoreThatDiesKeepsTheOldDataAndIsCompletedByTheNext(String step) throws Exception {
        ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT);
        BackupRunner.backup(data(), folder(), "test", Instant.EPOCH, Progress.SILENT);
        var original = temporary.resolve("original");
        Files.move(data(), original);
        Files.createDirectory(data());
        Files.writeString(data().resolve("old"), "data");
        die("restore", folder(), step);
        assertThat(temporary.resolve("data.before-restore-19700101-000000").resolve("old"))
                .hasContent("data");
        assertThatThrownBy(() -> new DataDirectory(data()).ensure())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is being restored");
        assertThatThrownBy(() -> export(data(), temporary.resolve("early"))).hasMessageContaining("is being restored");
        BackupRunner.restore(data(), folder(), false, Instant.EPOCH, Progress.SILENT);
        assertSame(original);
        assertThat(NewFolder.contents(data())).contains("events.duckdb", "metadata.sqlite");
    }

    /** The other directory exports the same as {@link #data()}. */
    private void assertSame(Path other) throws IOException {
        var here = export(data(), temporary.resolve("here"));
        var there = export(other, temporary.resolve("there"));
        for (var name : NewFolder.contents(here)) {
            assertThat(there.resolve(name)).hasSameBinaryContentAs(here.resolve(name));
        }
    }

    private static Path export(Path data, Path folder) {
        ExportRunner.run(data, folder, new ExportOptions(List.of(), TransferFormat.JSON_LINES), Progress.SILENT);
        return folder;
    }

    private void die(String command, Path folder, String step) throws Exception {
        var process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir="
                                + Files.createDirectories(Path.of("target", "tmp"))
                                        .toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltedTransfer.class.getName(),
                        command,
                        data().toString(),
                        folder.toString(),
                        step)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as("%s at %s", command, step).isEqualTo(HaltedTransfer.DIED);
    }
}
