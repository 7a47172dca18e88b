package org.openpanelmcp.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.SmallDisk;

/** An engine that gave up on its file. */
class InstanceTest {
    @TempDir
    Path folder;

    @Test
    void theFileIsOpenedAnewOnceNobodyHoldsTheOldOne() throws Exception {
        try (var disk = SmallDisk.mounted(folder.resolve("disk"), 60);
                var database = DuckDbDatabase.open(disk.folder(), DuckDbOptions.unlocked())) {
            database.write(connection -> execute(connection, "create table much (text varchar)"));
            database.write(connection ->
                    execute(connection, "insert into much select md5(i::varchar) from range(100000) numbers(i)"));
            long before = database.version();
            disk.fill();
            try (var held = database.connection()) {
                assertThat(held.isClosed()).isFalse();
                assertThat(failure(database::checkpoint)).isEqualTo(DuckDbFailure.Kind.DISK_FULL);
                assertThat(failure(() -> count(database))).isEqualTo(DuckDbFailure.Kind.INVALIDATED);
            }
            assertThat(count(database)).as("nothing needs room to be read").isEqualTo(100_000);
            assertThat(database.version())
                    .as("what was remembered of its rows is out of date")
                    .isGreaterThan(before);
            disk.free();
            database.checkpoint();
            database.write(connection -> execute(connection, "insert into much values ('one more')"));
            assertThat(count(database)).isEqualTo(100_001);
        }
    }

    private static DuckDbFailure.Kind failure(Runnable work) {
        return catchThrowableOfType(DuckDbFailure.class, work::run).kind();
    }

    private static long count(DuckDbDatabase database) {
        return database.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from much")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
