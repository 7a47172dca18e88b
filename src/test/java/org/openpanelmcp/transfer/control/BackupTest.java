package org.openpanelmcp.transfer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.access.InstallationKey;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.Installation;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;
import org.openpanelmcp.transfer.backup.BackupReport;
import org.openpanelmcp.transfer.backup.Manifest;
import org.openpanelmcp.transfer.backup.RestoreReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BackupTest {
    private static final Path FIXTURE = Path.of("src", "test", "resources", "fixture");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long MEBIBYTE = 1L << 20;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    private Path folder() {
        return temporary.resolve("backup");
    }

    private Path target() {
        return temporary.resolve("target");
    }

    @Test
    void holdsAllThatADataDirectoryNeedsForItsOwnerAlone() throws Exception {
        load();
        InstallationKey.load(data());
        Files.writeString(data().resolve("openpanel.properties"), "port=4000");
        Files.createDirectory(data().resolve("attic"));
        var report = backup();
        assertThat(NewFolder.contents(folder()))
                .containsExactly(
                        "events.duckdb", "manifest.json", "metadata.sqlite", "openpanel.properties", "secret.key");
        assertThat(report.notes()).containsExactly("The folder attic is none of this program's and was not copied.");
        assertThat(report.manifest().version()).isEqualTo("1.2.3");
        assertThat(report.manifest().created()).isEqualTo(NOON);
        assertThat(Manifest.read(folder())).isEqualTo(report.manifest());
        assertThat(mode(folder())).isEqualTo("rwx------");
        for (var name : NewFolder.contents(folder())) {
            assertThat(mode(folder().resolve(name))).as(name).isEqualTo("rw-------");
        }
        restore(false);
        for (var name : List.of("secret.key", "openpanel.properties")) {
            assertThat(target().resolve(name)).hasSameBinaryContentAs(data().resolve(name));
        }
        assertThat(mode(target())).isEqualTo("rwx------");
        assertThat(mode(target().resolve("events.duckdb"))).isEqualTo("rw-------");
        assertThat(target().resolve(".restoring")).doesNotExist();
        assertSameRows();
    }

    @Test
    void isOneMomentOfADatabaseThatIsWrittenTo() throws Exception {
        load();
        var directory = new DataDirectory(data());
        var options = DuckDbOptions.locked(
                256 * MEBIBYTE, 256 * MEBIBYTE, 2, List.of(directory.incoming(), directory.exports()));
        var stop = new AtomicBoolean();
        try (var installation = new Installation(data(), options);
                var server = serve(directory, installation);
                var threads = Executors.newSingleThreadExecutor()) {
            assertThat(server).isNotNull();
            var writer = threads.submit(() -> {
                int pairs = 0;
                while (!stop.get() || pairs == 0) {
                    pairs++;
                    installation.execute("insert into events by name select 'p1' as project_id, 'pair' as name,"
                            + " now()::timestamp as created_at; insert into sessions by name select uuid()::varchar as id,"
                            + " 'pair' as project_id, now()::timestamp as created_at, now()::timestamp as ended_at");
                }
                return pairs;
            });
            for (int i = 0; i < 3; i++) {
                NewFolder.delete(folder());
                NewFolder.delete(target());
                backup();
                restore(false);
                try (var restored = new Installation(target())) {
                    assertThat(restored.rows("select count(*) from events where name = 'pair'"))
                            .isEqualTo(restored.rows("select count(*) from sessions where project_id = 'pair'"));
                    assertThat(restored.rows("select count(*) from events where name <> 'pair'"))
                            .isEqualTo(installation.rows("select count(*) from events where name <> 'pair'"));
                    // Defaults and constraints came along too.
                    restored.execute("insert into events by name select now()::timestamp as created_at");
                    assertThatThrownBy(() -> restored.execute("insert into events by name select null as name"))
                            .isInstanceOf(RuntimeException.class);
                }
            }
            stop.set(true);
            assertThat(writer.get()).isPositive();
            assertThat(directory.exports()).isEmptyDirectory();
        }
    }

    @Test
    void isNotRestoredUnderARunningServer() {
        load();
        backup();
        try (var installation = new Installation(data());
                var server = serve(new DataDirectory(data()), installation)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> BackupRunner.restore(data(), folder(), true, NOON, Progress.SILENT))
                    .isInstanceOf(TransferProblem.class)
                    .hasMessageContaining("A server is running on " + data())
                    .hasMessageContaining("Stop it first");
            assertThat(installation.rows("select count(*) > 0 from events")).containsExactly("true");
        }
    }

    @Test
    void isNotRestoredUnderAnyProcessThatHasTheEventsOpen() throws Exception {
        load();
        backup();
        var holder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openpanelmcp.store.duckdb.HoldDatabase",
                        data().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = holder.inputReader()) {
            assertThat(out.readLine()).startsWith("open");
            assertThatThrownBy(() -> BackupRunner.restore(data(), folder(), true, NOON, Progress.SILENT))
                    .isInstanceOf(TransferProblem.class)
                    .hasMessageContaining("is in use by another process");
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void dataThatAreThereAreMovedAsideOnlyWhenAsked() throws Exception {
        load();
        backup();
        Files.createDirectory(target());
        Files.writeString(target().resolve("precious"), "data");
        assertThatThrownBy(() -> restore(false))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("holds data")
                .hasMessageContaining("--replace");
        assertThat(NewFolder.contents(target())).containsExactly("precious");
        var report = restore(true);
        var aside = temporary.resolve("target.before-restore-20261122-120000");
        assertThat(report.movedAside()).isEqualTo(aside.toString());
        assertThat(aside.resolve("precious")).hasContent("data");
        assertSameRows();
    }

    @Test
    void anEmptyDirectoryIsRestoredInto() throws Exception {
        load();
        backup();
        Files.createDirectories(target().resolve("incoming"));
        assertThat(restore(false).movedAside()).isNull();
        assertSameRows();
    }

    @Test
    void aDamagedOrIncompleteBackupIsRefused() throws Exception {
        load();
        backup();
        var events = folder().resolve("events.duckdb");
        var whole = Files.readAllBytes(events);
        var changed = whole.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(events, changed);
        assertRefused("events.duckdb has another content than when it was made");
        Files.write(events, Arrays.copyOf(whole, 4096));
        assertRefused("events.duckdb has 4096 bytes instead of " + whole.length);
        Files.delete(events);
        assertRefused("events.duckdb is missing");
        Files.writeString(folder().resolve("manifest.json"), "{\"formatVersion\": 1, \"files\"");
        assertRefused("its manifest.json cannot be read");
        Files.writeString(folder().resolve("manifest.json"), "{\"formatVersion\": 1}");
        assertRefused("its manifest.json cannot be read");
        Files.delete(folder().resolve("manifest.json"));
        assertRefused("is no backup: it holds no manifest.json");
    }

    @ParameterizedTest
    @CsvSource({"../outside", ".restoring", "a/b", "''"})
    void aManifestThatNamesOtherPlacesIsRefused(String name) throws Exception {
        load();
        backup();
        var manifest = manifest();
        manifest.withArray("files").addObject().put("name", name).put("size", 0).put("sha256", "");
        Files.writeString(folder().resolve("manifest.json"), manifest.toString());
        assertRefused("which no backup holds");
    }

    @Test
    void aBackupOfANewerVersionIsRefused() throws Exception {
        load();
        backup();
        Files.writeString(
                folder().resolve("manifest.json"),
                manifest().put("formatVersion", 2).put("version", "9.9").toString());
        assertRefused("was made by a newer version (9.9; format 2, this version reads up to 1)");
    }

    /** The version of the folder is known, that of the tables is not. */
    @Test
    void tablesOfANewerVersionAreRefusedAndWhatWasThereComesBack() throws Exception {
        load();
        try (var installation = new Installation(data())) {
            installation.execute("insert into applied_migrations values (999, 'V999__new.sql', '', now()::timestamp)");
        }
        assertThatThrownBy(this::backup).hasMessageContaining("newer version");
        assertThat(folder()).doesNotExist();

        NewFolder.delete(data());
        load();
        backup();
        var events = folder().resolve("events.duckdb");
        try (var installation = new Installation(Files.createDirectory(temporary.resolve("newer")))) {
            installation.execute("insert into applied_migrations values (999, 'V999__new.sql', '', now()::timestamp)");
        }
        Files.delete(events);
        NewFolder.delete(folder());
        Files.createDirectory(folder());
        Files.copy(temporary.resolve("newer").resolve("events.duckdb"), events);
        var digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(events)));
        Files.writeString(folder().resolve("manifest.json"), """
                {"formatVersion": 1, "version": "9.9", "created": "2026-11-22T12:00:00Z",
                 "files": [{"name": "events.duckdb", "size": %d, "sha256": "%s"}]}""".formatted(Files.size(events), digest));
        Files.createDirectory(target());
        Files.writeString(target().resolve("precious"), "data");
        assertThatThrownBy(() -> restore(true))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("made by version 9.9, cannot be used by this version")
                .hasMessageContaining("tables of a newer version");
        assertThat(NewFolder.contents(target())).containsExactly("precious");
        assertThat(NewFolder.contents(temporary)).noneMatch(name -> name.contains("before-restore"));
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> restore(false))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining(reason);
        assertThat(target()).doesNotExist();
    }

    private void assertSameRows() {
        try (var one = new Installation(data());
                var other = new Installation(target())) {
            for (var table : List.of("events", "sessions", "profiles", "groups")) {
                var sql = "select * from " + table + " order by all";
                assertThat(other.rows(sql)).as(table).isEqualTo(one.rows(sql));
            }
            assertThat(other.metadata.organizations().list())
                    .isEqualTo(one.metadata.organizations().list());
            assertThat(other.metadata.clients().list("first"))
                    .isEqualTo(one.metadata.clients().list("first"));
        }
    }

    private ObjectNode manifest() {
        return (ObjectNode) JSON.readTree(folder().resolve("manifest.json").toFile());
    }

    private void load() {
        ImportRunner.run(data(), FIXTURE, new ImportOptions(true), Progress.SILENT);
    }

    private BackupReport backup() {
        return BackupRunner.backup(data(), folder(), "1.2.3", NOON, Progress.SILENT);
    }

    private RestoreReport restore(boolean replace) {
        return BackupRunner.restore(target(), folder(), replace, NOON, Progress.SILENT);
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static ControlServer serve(DataDirectory directory, Installation installation) {
        return ControlServer.start(
                directory.path(), Map.of(BackupCommand.NAME, new BackupCommand(directory, installation.events)));
    }
}
