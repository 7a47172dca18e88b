package org.openpanelmcp.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.store.duckdb.DuckDbFailure.Kind;
import org.openpanelmcp.store.duckdb.Migrations.Script;

class MigrationsTest {
    private static final Script FIRST =
            new Script("V001__a.sql", "create table a (x integer); create table b (x integer);");
    private static final Script SECOND = new Script("V002__b.sql", "alter table a add column y integer;");

    @TempDir
    Path folder;

    @Test
    void appliesEachScriptOnceAndInOrder() throws Exception {
        new Migrations(List.of(FIRST)).apply(connect());
        new Migrations(List.of(FIRST, SECOND)).apply(connect());
        new Migrations(List.of(FIRST, SECOND)).apply(connect());
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select string_agg(name, ',' order by number) from applied_migrations")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("V001__a.sql,V002__b.sql");
            statement.execute("select x, y from a");
        }
    }

    @Test
    void refusesAGapInTheScripts() {
        assertThatThrownBy(() -> new Migrations(List.of(SECOND))).hasMessageContaining("should have number 1");
    }

    @Test
    void refusesAScriptThatWasChangedAfterwards() throws Exception {
        new Migrations(List.of(FIRST)).apply(connect());
        var changed = new Migrations(List.of(new Script(FIRST.name(), "create table c (x integer);")));
        var failure = catchThrowableOfType(DuckDbFailure.class, () -> changed.apply(connect()));
        assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(failure).hasMessageContaining("step 1");
    }

    @Test
    void refusesTablesOfANewerVersion() throws Exception {
        new Migrations(List.of(FIRST, SECOND)).apply(connect());
        var failure = catchThrowableOfType(DuckDbFailure.class, () -> new Migrations(List.of(FIRST)).apply(connect()));
        assertThat(failure.kind()).isEqualTo(Kind.NEWER);
    }

    @Test
    void keepsNothingOfAScriptThatFails() throws Exception {
        var broken = new Migrations(List.of(new Script("V001__a.sql", "create table a (x integer); create tabel b;")));
        assertThatThrownBy(() -> broken.apply(connect())).isInstanceOf(SQLException.class);
        new Migrations(List.of(FIRST)).apply(connect());
        try (var connection = connect();
                var statement = connection.createStatement()) {
            assertThat(statement.execute("select x from b")).isTrue();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("m.duckdb"));
    }
}
