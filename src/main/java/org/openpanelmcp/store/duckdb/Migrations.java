package org.openpanelmcp.store.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Brings the tables up to date by numbered scripts, each applied once and never changed afterwards. */
final class Migrations {
    private static final List<String> NAMES = List.of("V001__events_sessions_profiles.sql", "V002__ingestion.sql");

    private final List<Script> scripts;

    Migrations(List<Script> scripts) {
        for (int i = 0; i < scripts.size(); i++) {
            if (scripts.get(i).number() != i + 1) {
                throw new IllegalArgumentException(
                        "script " + scripts.get(i).name() + " should have number " + (i + 1) + ": a number is missing");
            }
        }
        this.scripts = List.copyOf(scripts);
    }

    /** A script as it is named and written, such as {@code V001__events.sql}. */
    record Script(String name, String sql) {
        int number() {
            return Integer.parseInt(name.substring(1, name.indexOf("__")));
        }

        String checksum() {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException exception) {
                throw new IllegalStateException("every Java has SHA-256", exception);
            }
        }
    }

    private record Applied(int number, String name, String checksum) {}

    static Migrations ofThisVersion() {
        return new Migrations(NAMES.stream().map(Migrations::load).toList());
    }

    void apply(Connection connection) throws SQLException {
        var applied = applied(connection);
        for (int i = 0; i < applied.size(); i++) {
            check(applied.get(i), i + 1);
        }
        for (var script : scripts.subList(applied.size(), scripts.size())) {
            run(connection, script);
        }
    }

    private void check(Applied applied, int expected) {
        if (applied.number() > scripts.size()) {
            throw new DuckDbFailure(
                    DuckDbFailure.Kind.NEWER,
                    "The event database has the tables of a newer version (step " + applied.number() + ", this version "
                            + "knows " + scripts.size() + "). Use that version, or a newer one.");
        }
        var script = scripts.get(applied.number() - 1);
        if (applied.number() != expected || !applied.checksum().equals(script.checksum())) {
            throw new DuckDbFailure(
                    DuckDbFailure.Kind.DAMAGED,
                    "The event database was not made by the steps of this version: step " + expected + " is missing or "
                            + "differs. Restore a backup, or import the data again into a new folder.");
        }
    }

    private static void run(Connection connection, Script script) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var insert = connection.prepareStatement(
                        "insert into applied_migrations values (?, ?, ?, now()::timestamp)")) {
            statement.execute(script.sql());
            insert.setInt(1, script.number());
            insert.setString(2, script.name());
            insert.setString(3, script.checksum());
            insert.execute();
            connection.commit();
        } catch (SQLException exception) {
            connection.rollback();
            throw exception;
        } finally {
            connection.setAutoCommit(true);
        }
        // Table definitions left in the write-ahead log are where recovery after a crash has failed in the field.
        try (var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    private static List<Applied> applied(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists applied_migrations "
                    + "(number integer not null, name varchar not null, checksum varchar not null, "
                    + "applied_at timestamp not null)");
            var applied = new ArrayList<Applied>();
            try (var rows =
                    statement.executeQuery("select number, name, checksum from applied_migrations order by number")) {
                while (rows.next()) {
                    applied.add(new Applied(rows.getInt(1), rows.getString(2), rows.getString(3)));
                }
            }
            return applied;
        }
    }

    private static Script load(String name) {
        try (var stream = Migrations.class.getResourceAsStream("/db/duckdb/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the program is incomplete: script " + name + " is missing");
            }
            return new Script(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
