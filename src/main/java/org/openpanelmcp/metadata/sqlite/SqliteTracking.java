package org.openpanelmcp.metadata.sqlite;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.Tracking;
import org.openpanelmcp.metadata.TrackingClient;
import org.openpanelmcp.metadata.TrackingRules;

final class SqliteTracking implements Tracking {
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|([a-z][a-z0-9+.-]{0,20}://)?[\\p{L}\\p{N}*._-]{1,253}(:\\d{1,5}|:\\*)?/?");

    private final Database database;
    private final SqliteMetadata others;

    SqliteTracking(Database database, SqliteMetadata others) {
        this.database = database;
        this.others = others;
    }

    /** In the cache of rows: a client and what decides about it. */
    private record Sender(String clientId) {}

    /** In the cache of rows: the rules of a project. */
    private record Key(String projectId) {}

    /** In the cache of rows: whether a client is open. */
    private record Open(String clientId) {}

    @Override
    public Optional<TrackingRules> find(String projectId) {
        return database.readOnce(
                new Key(projectId),
                connection -> Statements.first(
                        connection,
                        "select origins, unsafe_revenue, filters from tracking_rules where project_id = ?",
                        row -> new TrackingRules(lines(row.getString(1)), row.getInt(2) == 1, row.getString(3)),
                        projectId));
    }

    @Override
    public void save(String projectId, TrackingRules rules) {
        rules.origins().forEach(SqliteTracking::check);
        database.write(connection -> {
            if (SqliteProjects.find(connection, projectId).isEmpty()) {
                throw new MetadataRefusal("There is no project '%s' to set rules for.".formatted(projectId));
            }
            return Statements.update(
                    connection,
                    """
                    insert into tracking_rules (project_id, origins, unsafe_revenue, filters) values (?, ?, ?, ?)
                    on conflict (project_id) do update set
                        origins = excluded.origins, unsafe_revenue = excluded.unsafe_revenue, filters = excluded.filters
                    """,
                    projectId,
                    String.join("\n", rules.origins()),
                    rules.unsafeRevenue() ? 1 : 0,
                    rules.filtersJson());
        });
    }

    @Override
    public Optional<TrackingClient> client(String clientId) {
        return database.once(
                new Sender(clientId), () -> others.clients().find(clientId).map(this::tracking));
    }

    private TrackingClient tracking(Client client) {
        var projectId = client.projectId();
        boolean live = projectId != null
                && others.organizations().find(client.organizationId()).isPresent()
                && others.projects()
                        .find(projectId)
                        .filter(project -> project.deletedAt() == null)
                        .isPresent();
        var rules = projectId == null ? Optional.<TrackingRules>empty() : find(projectId);
        return new TrackingClient(client, live, rules.orElse(TrackingRules.NONE), isOpen(client.id()));
    }

    @Override
    public boolean isOpen(String clientId) {
        return database.readOnce(
                new Open(clientId),
                connection -> Statements.first(
                                connection,
                                "select client_id from open_clients where client_id = ?",
                                row -> row.getString(1),
                                clientId)
                        .isPresent());
    }

    @Override
    public void setOpen(String clientId, boolean open) {
        database.write(connection -> open
                ? Statements.update(
                        connection,
                        "insert into open_clients (client_id) values (?) on conflict (client_id) do nothing",
                        clientId)
                : Statements.update(connection, "delete from open_clients where client_id = ?", clientId));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    private static void check(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new MetadataRefusal(
                    "Origin '%s' is not allowed: use https://example.org, *.example.org, or * for every web page."
                            .formatted(origin));
        }
    }
}
