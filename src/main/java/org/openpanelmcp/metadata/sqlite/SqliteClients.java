package org.openpanelmcp.metadata.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Clients;
import org.openpanelmcp.metadata.Identifiers;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.RevokedClient;

final class SqliteClients implements Clients {
    private static final String COLUMNS = "id, name, type, organization_id, project_id, secret_hash, created_at";

    private final Database database;

    SqliteClients(Database database) {
        this.database = database;
    }

    /** In the cache of rows: one client. */
    private record Key(String id) {}

    @Override
    public Optional<Client> find(String id) {
        return database.readOnce(
                new Key(id),
                connection -> Statements.first(
                        connection, "select " + COLUMNS + " from clients where id = ?", SqliteClients::client, id));
    }

    @Override
    public List<Client> list(String organizationId) {
        return database.read(connection -> Statements.query(
                connection,
                "select " + COLUMNS + " from clients where organization_id = ? order by created_at, id",
                SqliteClients::client,
                organizationId));
    }

    @Override
    public void save(Client client) {
        Identifiers.checkClientId(client.id());
        database.write(connection -> {
            checkNotRevoked(connection, client.id());
            checkReferences(connection, client);
            return Statements.update(
                    connection,
                    "insert into clients (" + COLUMNS + """
                    ) values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (id) do update set
                        name = excluded.name, type = excluded.type, organization_id = excluded.organization_id,
                        project_id = excluded.project_id, secret_hash = excluded.secret_hash,
                        created_at = excluded.created_at
                    """,
                    client.id(),
                    client.name(),
                    client.type().name(),
                    client.organizationId(),
                    client.projectId(),
                    client.secretHash(),
                    client.createdAt());
        });
    }

    @Override
    public boolean revoke(String id) {
        return database.write(connection -> {
            Statements.update(connection, """
                    insert into revoked_clients (id, organization_id, project_id, revoked_at)
                    select id, organization_id, project_id, ? from clients where id = ?
                    """, Instant.now(), id);
            return Statements.update(connection, "delete from clients where id = ?", id) == 1;
        });
    }

    @Override
    public List<RevokedClient> revoked() {
        return database.read(connection -> Statements.query(
                connection,
                "select id, organization_id, project_id, revoked_at from revoked_clients order by id",
                row -> new RevokedClient(
                        row.getString(1), row.getString(2), row.getString(3), Statements.instant(row, "revoked_at"))));
    }

    @Override
    public boolean revoke(RevokedClient client) {
        Identifiers.checkClientId(client.id());
        return database.write(connection -> {
            Statements.update(connection, "delete from clients where id = ?", client.id());
            return Statements.update(
                            connection,
                            """
                            insert into revoked_clients (id, organization_id, project_id, revoked_at)
                            values (?, ?, ?, ?) on conflict (id) do nothing
                            """,
                            client.id(),
                            client.organizationId(),
                            client.projectId(),
                            client.revokedAt())
                    == 1;
        });
    }

    private static void checkNotRevoked(Connection connection, String id) throws SQLException {
        var revokedAt = Statements.first(
                connection,
                "select revoked_at from revoked_clients where id = ?",
                row -> Statements.instant(row, "revoked_at"),
                id);
        if (revokedAt.isPresent()) {
            throw new MetadataRefusal(
                    "Client '%s' was revoked at %s and stays revoked. Make another with 'client create'."
                            .formatted(id, revokedAt.get()));
        }
    }

    private static void checkReferences(Connection connection, Client client) throws SQLException {
        SqliteOrganizations.checkExists(connection, client.organizationId());
        var projectId = client.projectId();
        if (projectId == null) {
            return;
        }
        var project = SqliteProjects.find(connection, projectId);
        if (project.isEmpty() || !project.get().organizationId().equals(client.organizationId())) {
            throw new MetadataRefusal("Organization '%s' has no project '%s', which client '%s' names."
                    .formatted(client.organizationId(), projectId, client.id()));
        }
    }

    private static Client client(ResultSet row) throws SQLException {
        return new Client(
                row.getString("id"),
                row.getString("name"),
                Client.Type.valueOf(row.getString("type")),
                row.getString("organization_id"),
                row.getString("project_id"),
                row.getString("secret_hash"),
                Statements.instant(row, "created_at"));
    }
}
