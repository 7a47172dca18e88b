package org.openpanelmcp.metadata.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.metadata.DeletedOrganization;
import org.openpanelmcp.metadata.Identifiers;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Organizations;

final class SqliteOrganizations implements Organizations {
    private final Database database;

    SqliteOrganizations(Database database) {
        this.database = database;
    }

    /** In the cache of rows: one organization. */
    private record Key(String id) {}

    @Override
    public Optional<Organization> find(String id) {
        return database.readOnce(
                new Key(id),
                connection -> Statements.first(
                        connection,
                        "select id, name, zone, created_at from organizations where id = ? and deleted_at is null",
                        SqliteOrganizations::organization,
                        id));
    }

    @Override
    public List<Organization> list() {
        return database.read(connection -> Statements.query(
                connection,
                "select id, name, zone, created_at from organizations where deleted_at is null order by id",
                SqliteOrganizations::organization));
    }

    @Override
    public List<DeletedOrganization> deleted() {
        return database.read(connection -> Statements.query(
                connection,
                "select id, name, zone, created_at, deleted_at from organizations where deleted_at is not null order by id",
                row -> new DeletedOrganization(organization(row), Statements.instant(row, "deleted_at"))));
    }

    @Override
    public boolean add(Organization organization) {
        Identifiers.checkOrganizationId(organization.id());
        return database.write(connection -> Statements.update(
                        connection,
                        "insert into organizations (id, name, zone, created_at) values (?, ?, ?, ?) on conflict (id) do nothing",
                        organization.id(),
                        organization.name(),
                        organization.zone().getId(),
                        organization.createdAt())
                == 1);
    }

    @Override
    public void save(Organization organization) {
        Identifiers.checkOrganizationId(organization.id());
        database.write(connection -> Statements.update(
                connection,
                """
                insert into organizations (id, name, zone, created_at) values (?, ?, ?, ?)
                on conflict (id) do update set
                    name = excluded.name, zone = excluded.zone, created_at = excluded.created_at, deleted_at = null
                """,
                organization.id(),
                organization.name(),
                organization.zone().getId(),
                organization.createdAt()));
    }

    @Override
    public boolean delete(String id, Instant at) {
        return database.write(connection -> Statements.update(
                        connection,
                        "update organizations set deleted_at = ? where id = ? and deleted_at is null",
                        at,
                        id)
                == 1);
    }

    /** For what belongs to an organization: a sentence instead of the database's word for a broken reference. */
    static void checkExists(Connection connection, String id) throws SQLException {
        var found =
                Statements.first(connection, "select id from organizations where id = ?", row -> row.getString(1), id);
        if (found.isEmpty()) {
            throw new MetadataRefusal("There is no organization '%s'.".formatted(id));
        }
    }

    private static Organization organization(ResultSet row) throws SQLException {
        return new Organization(
                row.getString("id"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                Statements.instant(row, "created_at"));
    }
}
