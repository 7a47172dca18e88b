package org.openpanelmcp.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.MetadataFailure;

class MigrationsTest {
    private static final Migration FIRST = new Migration(1, "first", "create table a (x integer) strict;");
    private static final Migration SECOND =
            new Migration(2, "second", "create table b (x integer) strict;\ncreate table c (x integer) strict;\n");

    @TempDir
    Path folder;

    @Test
    void runsEachScriptOnceAndInOrder() {
        migrate(FIRST);
        migrate(FIRST, SECOND);
        migrate(FIRST, SECOND);

        assertThat(tables()).contains("a", "b", "c");
    }

    @Test
    void refusesADatabaseOfANewerVersion() {
        migrate(FIRST, SECOND);

        assertRefused("written by a newer version (migration 2 'second'; this version knows 1)", FIRST);
    }

    @Test
    void refusesAChangedScript() {
        migrate(FIRST);

        assertRefused(
                "Migration 1 'first' was changed", new Migration(1, "first", "create table other (x integer) strict;"));
    }

    @Test
    void takesAScriptWithOtherLineEndsForTheSame() {
        migrate(FIRST, SECOND);

        migrate(FIRST, new Migration(2, "second", SECOND.sql().replace("\n", "\r\n")));

        assertThat(tables()).contains("c");
    }

    @Test
    void refusesAGapAmongTheScripts() {
        assertRefused("Migration 2 is missing", FIRST, new Migration(3, "third", SECOND.sql()));
    }

    @Test
    void refusesAGapInTheDatabase() {
        try (var database = Database.open(file(), List.of(FIRST, SECOND))) {
            database.write(
                    connection -> Statements.update(connection, "delete from schema_migrations where number = ?", 1));
        }

        assertRefused("lacks migration 1", FIRST, SECOND);
    }

    @Test
    void aScriptThatFailsLeavesNothingBehind() {
        assertRefused(
                "Cannot write the metadata database",
                FIRST,
                new Migration(2, "broken", "create table b (x integer) strict; create table a (x integer) strict;"));

        migrate(FIRST, SECOND);
        assertThat(tables()).contains("a", "b", "c");
    }

    @Test
    void thePublishedScriptsAreNeverEdited() {
        assertThat(Migrations.ALL)
                .extracting(
                        migration -> "%d %s %s".formatted(migration.number(), migration.name(), migration.checksum()))
                .containsExactly(
                        "1 organizations_projects_clients 8526d35ce2627d819a8c045e0a905e5538fdf25456bb56ab4bfa621b35c05c8a",
                        "2 audit f75122c4183b207eafe794293f97c627237730161854521ffd4374feca69342a",
                        "3 revoked_clients 59d3e8cb793e07b9e2eb7ba548e4b5ee03479fa26a856bb2d4fbace424ed709e",
                        "4 tracking 411f94a4903be97fb562877fb85317871e84bb497f1029db50afc091035f8f63",
                        "5 erasures 4200f64c010ec2d5e192f3431dafaa60335231348bc68d1d1842836612b548ce");
    }

    private Path file() {
        return folder.resolve("metadata.sqlite");
    }

    private void migrate(Migration... migrations) {
        Database.open(file(), List.of(migrations)).close();
    }

    private void assertRefused(String message, Migration... migrations) {
        assertThatThrownBy(() -> Database.open(file(), List.of(migrations)))
                .isInstanceOf(MetadataFailure.class)
                .hasMessageContaining(message);
    }

    private List<String> tables() {
        try (var database = Database.open(file(), List.of(FIRST, SECOND))) {
            return database.read(connection -> Statements.query(
                    connection,
                    "select name from sqlite_master where type = ? order by name",
                    row -> row.getString(1),
                    "table"));
        }
    }
}
