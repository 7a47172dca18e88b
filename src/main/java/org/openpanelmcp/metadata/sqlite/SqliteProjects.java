package org.openpanelmcp.metadata.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.metadata.Identifiers;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.Projects;

final class SqliteProjects implements Projects {
    private static final String COLUMNS = "id, organization_id, name, domain, types, zone, created_at, deleted_at";

    private final Database database;

    SqliteProjects(Database database) {
        this.database = database;
    }

    /** In the cache of rows: one project. */
    private record Key(String id) {}

    /** In the cache of rows: the projects of an organization. */
    private record Listed(String organizationId) {}

    @Override
    public Optional<Project> find(String id) {
        return database.readOnce(new Key(id), connection -> find(connection, id));
    }

    static Optional<Project> find(Connection connection, String id) throws SQLException {
        return Statements.first(
                connection, "select " + COLUMNS + " from projects where id = ?", SqliteProjects::project, id);
    }

    @Override
    public List<Project> list(String organizationId) {
        return database.readOnce(
                new Listed(organizationId),
                connection -> Statements.query(
                        connection,
                        "select " + COLUMNS
                                + " from projects where organization_id = ? and deleted_at is null order by id",
                        SqliteProjects::project,
                        organizationId));
    }

    @Override
    public List<Project> deleted(String organizationId) {
        return database.read(connection -> Statements.query(
                connection,
                "select " + COLUMNS + " from projects where organization_id = ? and deleted_at is not null order by id",
                SqliteProjects::project,
                organizationId));
    }

    @Override
    public boolean add(Project project) {
        return database.write(connection -> {
            check(connection, project);
            return insert(connection, project, "on conflict (id) do nothing") == 1;
        });
    }

    @Override
    public void save(Project project) {
        database.write(connection -> {
            check(connection, project);
            checkOrganizationStays(connection, project);
            return insert(connection, project, """
                    on conflict (id) do update set
                        name = excluded.name, domain = excluded.domain, types = excluded.types, zone = excluded.zone,
                        created_at = excluded.created_at, deleted_at = excluded.deleted_at
                    """);
        });
    }

    @Override
    public boolean delete(String id, Instant at) {
        return database.write(connection -> Statements.update(
                        connection, "update projects set deleted_at = ? where id = ? and deleted_at is null", at, id)
                == 1);
    }

    private static int insert(Connection connection, Project project, String onConflict) throws SQLException {
        return Statements.update(
                connection,
                "insert into projects (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?) " + onConflict,
                project.id(),
                project.organizationId(),
                project.name(),
                project.domain(),
                String.join(",", project.types()),
                idOf(project.zone()),
                project.createdAt(),
                project.deletedAt());
    }

    private static void check(Connection connection, Project project) throws SQLException {
        Identifiers.checkProjectId(project.id());
        Identifiers.checkProjectTypes(project.types());
        SqliteOrganizations.checkExists(connection, project.organizationId());
    }

    private static void checkOrganizationStays(Connection connection, Project project) throws SQLException {
        var owner = find(connection, project.id()).map(Project::organizationId);
        if (owner.isPresent() && !owner.get().equals(project.organizationId())) {
            throw new MetadataRefusal("Project id '%s' is taken by another organization. Choose another id for '%s'."
                    .formatted(project.id(), project.organizationId()));
        }
    }

    private static @Nullable String idOf(@Nullable ZoneId zone) {
        return zone == null ? null : zone.getId();
    }

    private static Project project(ResultSet row) throws SQLException {
        var types = row.getString("types");
        var zone = row.getString("zone");
        return new Project(
                row.getString("id"),
                row.getString("organization_id"),
                row.getString("name"),
                row.getString("domain"),
                types.isEmpty() ? List.of() : List.of(types.split(",")),
                zone == null ? null : ZoneId.of(zone),
                Statements.instant(row, "created_at"),
                Statements.instantOrNull(row, "deleted_at"));
    }
}
