package org.openpanelmcp.metadata.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.openpanelmcp.metadata.MetadataFailure;

/** Brings the tables to the state that this version expects, or refuses with the reason. */
final class Migrations {
    static final List<Migration> ALL = List.of(
            Migration.fromResource("V001__organizations_projects_clients.sql"),
            Migration.fromResource("V002__audit.sql"),
            Migration.fromResource("V003__revoked_clients.sql"),
            Migration.fromResource("V004__tracking.sql"),
            Migration.fromResource("V005__erasures.sql"));

    private static final String CREATE_HISTORY = """
            create table if not exists schema_migrations (
                number integer primary key,
                name text not null,
                checksum text not null,
                applied_at integer not null
            ) strict
            """;

    private Migrations() {}

    /**
     * Runs what is missing, in the transaction of the connection.
     *
     * @throws MetadataFailure when the database and the scripts do not belong together
     */
    static void run(Connection connection, List<Migration> migrations) throws SQLException {
        checkNumbers(migrations);
        Statements.script(connection, CREATE_HISTORY);
        var done = Statements.query(
                connection,
                "select number, name, checksum from schema_migrations order by number",
                row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)));
        for (var index = 0; index < done.size(); index++) {
            checkApplied(done.get(index), index, migrations);
        }
        for (var migration : migrations.subList(done.size(), migrations.size())) {
            Statements.script(connection, migration.sql());
            Statements.update(
                    connection,
                    "insert into schema_migrations (number, name, checksum, applied_at) values (?, ?, ?, ?)",
                    migration.number(),
                    migration.name(),
                    migration.checksum(),
                    Instant.now());
        }
    }

    private record Applied(int number, String name, String checksum) {}

    private static void checkNumbers(List<Migration> migrations) {
        for (var index = 0; index < migrations.size(); index++) {
            if (migrations.get(index).number() != index + 1) {
                throw new MetadataFailure("Migration %d is missing: the next script is number %d."
                        .formatted(index + 1, migrations.get(index).number()));
            }
        }
    }

    private static void checkApplied(Applied applied, int index, List<Migration> migrations) {
        if (applied.number() != index + 1) {
            throw new MetadataFailure(
                    "The metadata database lacks migration %d but has number %d. Restore it from a backup."
                            .formatted(index + 1, applied.number()));
        }
        if (index >= migrations.size()) {
            throw new MetadataFailure(
                    "The metadata database was written by a newer version (migration %d '%s'; this version knows %d). Update openpanel-mcp, or restore a backup made before the update."
                            .formatted(applied.number(), applied.name(), migrations.size()));
        }
        if (!applied.checksum().equals(migrations.get(index).checksum())) {
            throw new MetadataFailure(
                    "Migration %d '%s' was changed after this metadata database ran it. Use the version that made the database, or restore a backup."
                            .formatted(applied.number(), applied.name()));
        }
    }
}
