package org.openpanelmcp.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.duckdb.DuckDbFailure.Kind;

class DuckDbDatabaseTest {
    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    Path folder;

    @Test
    void hasTheColumnsOfOpenPanelInItsTables() {
        try (var database = open()) {
            assertThat(columns(database, "events")).hasSize(31).startsWith("id UUID", "name VARCHAR");
            assertThat(columns(database, "events"))
                    .contains(
                            "groups VARCHAR[]",
                            "properties MAP(VARCHAR, VARCHAR)",
                            "revenue UBIGINT",
                            "created_at TIMESTAMP",
                            "longitude FLOAT");
            assertThat(columns(database, "sessions"))
                    .hasSize(38 + 2)
                    .endsWith("sign TINYINT", "version UBIGINT", "touched_at TIMESTAMP", "marks VARCHAR");
            assertThat(columns(database, "profiles")).hasSize(11);
            assertThat(columns(database, "groups")).hasSize(8);
            assertThat(columns(database, "gsc_daily")).hasSize(7);
            assertThat(columns(database, "gsc_pages_daily")).hasSize(8);
            assertThat(columns(database, "gsc_queries_daily")).hasSize(8);
        }
    }

    @Test
    void anAppenderThatIsClosedTellsOfRowsThatAreRefused() {
        try (var database = open()) {
            assertThatThrownBy(() -> database.write(connection -> {
                        try (var rows = RowAppender.to(connection, "journal_positions")) {
                            rows.beginRow().nothing().big(1).endRow();
                        }
                        return 0;
                    }))
                    .hasStackTraceContaining("NOT NULL");
        }
    }

    @Test
    void givesRowsTheirDefaultsAndKeepsTimesInUtc() throws Exception {
        try (var database = open()) {
            database.write(connection -> execute(connection, """
                    insert into events (project_id, name, created_at)
                    values ('shop', 'signed up', timestamptz '2026-03-01 10:00:00+02'::timestamp)"""));
            var row = database.read(connection -> single(connection, """
                    select created_at || '|' || country || '|' || len(groups) || '|' || cardinality(properties)
                        || '|' || revenue || '|' || (longitude is null) from events"""));
            assertThat(row).isEqualTo("2026-03-01 08:00:00||0|0|0|true");
        }
    }

    @Test
    void keepsItsRowsWhenOpenedAgain() throws Exception {
        try (var database = open()) {
            database.write(connection -> execute(connection, insertEvent("kept")));
        }
        try (var database = open()) {
            assertThat(database.<String>read(connection -> single(connection, "select name from events")))
                    .isEqualTo("kept");
        }
    }

    @Test
    void keepsNothingOfWorkThatFails() {
        try (var database = open()) {
            assertThatThrownBy(() -> database.write(connection -> {
                        execute(connection, insertEvent("lost"));
                        throw new IllegalStateException("half-way");
                    }))
                    .hasMessage("half-way");
            assertThat(database.<String>read(connection -> single(connection, "select count(*)::varchar from events")))
                    .isEqualTo("0");
            assertThat(database.version()).isZero();
            database.write(connection -> execute(connection, insertEvent("kept")));
            assertThat(database.version()).isEqualTo(1);
        }
    }

    @Test
    void readersSeeOnlyFinishedWrites() throws Exception {
        try (var database = open();
                var reader = database.connection()) {
            database.write(connection -> {
                execute(connection, insertEvent("unfinished"));
                assertThat(single(reader, "select count(*)::varchar from events"))
                        .isEqualTo("0");
                return true;
            });
            assertThat(single(reader, "select count(*)::varchar from events")).isEqualTo("1");
        }
    }

    @Test
    void lockedOpensNoFileOutsideItsFoldersAndChangesNoSetting() throws Exception {
        var inside = Files.createDirectory(folder.resolve("in'side"));
        var outside = Files.createDirectory(folder.resolve("outside"));
        for (var place : List.of(inside, outside)) {
            Files.writeString(place.resolve("rows.csv"), "a\n1\n");
        }
        var options = DuckDbOptions.locked(256 * MEBIBYTE, 256 * MEBIBYTE, 2, List.of(inside));
        try (var database = DuckDbDatabase.open(folder.resolve("data"), options)) {
            assertThat(database.<String>read(connection -> readCsv(connection, inside.resolve("rows.csv"))))
                    .isEqualTo("1");
            assertRefused(database, connection -> readCsv(connection, outside.resolve("rows.csv")));
            assertRefused(database, connection -> readCsv(connection, inside.resolve("../outside/rows.csv")));
            assertRefused(database, connection -> execute(connection, "set memory_limit = '10GB'"));
            assertRefused(database, connection -> execute(connection, "attach '" + outside + "/x.db'"));
            assertRefused(database, connection -> execute(connection, "install httpfs"));
        }
    }

    @Test
    void refusesASecondProcessAndNamesTheFirst() throws Exception {
        var data = folder.resolve("data");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldDatabase.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("open at version 0");
            var failure = catchThrowableOfType(
                    DuckDbFailure.class, () -> DuckDbDatabase.open(data, DuckDbOptions.unlocked()));
            assertThat(failure.kind()).isEqualTo(Kind.IN_USE);
            assertThat(failure).hasMessageContaining("open in another process (process id " + process.pid() + ")");
            process.outputWriter(StandardCharsets.UTF_8).close();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(DuckDbDatabase.fileIn(folder), "not a database, but long enough to be looked at");
        var failure =
                catchThrowableOfType(DuckDbFailure.class, () -> DuckDbDatabase.open(folder, DuckDbOptions.unlocked()));
        assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(failure).hasMessageContaining("Restore a backup").hasMessageNotContaining("IO Error");
    }

    @Test
    void refusesAFileWithFlippedBytes() throws Exception {
        open().close();
        var file = DuckDbDatabase.fileIn(folder);
        var bytes = Files.readAllBytes(file);
        for (int i = 4096; i < 12288; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
        var failure = catchThrowableOfType(DuckDbFailure.class, this::open);
        assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void refusesAFolderThatCannotBe() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "in the way");
        var failure = catchThrowableOfType(
                DuckDbFailure.class, () -> DuckDbDatabase.open(file.resolve("data"), DuckDbOptions.unlocked()));
        assertThat(failure.kind()).isEqualTo(Kind.NO_ACCESS);
        assertThat(failure).hasMessageContaining(file.resolve("data").toString());
    }

    @Test
    void saysThatAQueryWasCancelled() throws Exception {
        try (var database = open();
                var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            var failure = catchThrowableOfType(
                    SQLException.class,
                    () -> statement.execute(
                            "select count(*) from range(100000000) a, range(1000) b where a.range % 7 = b.range"));
            assertThat(DuckDbFailure.of(failure).kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }

    @Test
    void saysThatAQueryNeedsMoreThanTheLimits() {
        var options = DuckDbOptions.unlocked(64 * MEBIBYTE, MEBIBYTE, 1);
        try (var database = DuckDbDatabase.open(folder, options)) {
            var failure = catchThrowableOfType(
                    DuckDbFailure.class,
                    () -> database.read(connection ->
                            execute(connection, "select len(list(md5(range::varchar))) from range(5000000)")));
            assertThat(failure.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
        }
    }

    @Test
    void isUsedFromPlatformThreadsOnly() throws Exception {
        try (var database = open()) {
            var thrown = new AtomicReference<Throwable>();
            Thread.ofVirtual()
                    .start(() -> thrown.set(catchThrowableOfType(IllegalStateException.class, database::connection)))
                    .join();
            assertThat(thrown.get()).hasMessageContaining("platform threads");
        }
    }

    private DuckDbDatabase open() {
        return DuckDbDatabase.open(folder, DuckDbOptions.unlocked());
    }

    private static String insertEvent(String name) {
        return "insert into events (project_id, name, created_at) values ('shop', '" + name
                + "', timestamp '2026-03-01')";
    }

    private static void assertRefused(DuckDbDatabase database, DuckDbDatabase.Work<?> work) {
        var failure = catchThrowableOfType(DuckDbFailure.class, () -> database.read(work));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }

    private static String readCsv(Connection connection, Path file) throws SQLException {
        try (var statement = connection.prepareStatement("select a::varchar from read_csv(?)")) {
            statement.setString(1, file.toString());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<String> columns(DuckDbDatabase database, String table) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement("""
                    select column_name || ' ' || data_type from information_schema.columns
                    where table_name = ? order by ordinal_position""")) {
                statement.setString(1, table);
                var columns = new ArrayList<String>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        columns.add(rows.getString(1));
                    }
                }
                return columns;
            }
        });
    }
}
