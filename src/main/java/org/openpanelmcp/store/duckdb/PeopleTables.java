package org.openpanelmcp.store.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.store.Batch;
import org.openpanelmcp.store.GroupRow;
import org.openpanelmcp.store.ProfileRow;
import org.openpanelmcp.store.RowKey;

/** Reads and writes profiles and groups, within the connection's transaction. */
final class PeopleTables {
    private static final String REMOVE = "delete from profiles as p using " + Keys.TABLE
            + " where p.project_id = wanted.project_id and p.id = wanted.id";

    private static final String SEE = """
            update profiles as p set last_seen_at = epoch_ms(seen.at) from (select unnest(?::varchar[]) as project_id,
                unnest(?::varchar[]) as id, unnest(?::bigint[]) as at) as seen
            where p.project_id = seen.project_id and p.id = seen.id and p.last_seen_at < epoch_ms(seen.at)""";

    private final Connection connection;

    PeopleTables(Connection connection) {
        this.connection = connection;
    }

    /** A changed profile takes the place of its old version, so that there is nothing to tidy up later. */
    void writeProfiles(List<Batch.ProfileChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        removeProfiles(changes.stream()
                .filter(Batch.ProfileChange::replaces)
                .map(change -> change.row().key())
                .toList());
        try (var rows = RowAppender.to(connection, "profiles")) {
            for (var change : changes) {
                append(rows, change.row());
            }
        }
    }

    private void removeProfiles(List<RowKey> profiles) throws SQLException {
        if (profiles.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(REMOVE)) {
            Keys.bind(statement, profiles);
            statement.execute();
        }
    }

    void see(Map<RowKey, Long> seen) throws SQLException {
        if (seen.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(SEE)) {
            Keys.bind(statement, seen.keySet());
            Keys.bind(statement, 3, "BIGINT", seen.values().toArray());
            statement.execute();
        }
    }

    void writeGroups(List<GroupRow> groups) throws SQLException {
        if (groups.isEmpty()) {
            return;
        }
        try (var rows = RowAppender.to(connection, "groups")) {
            for (var group : groups) {
                rows.beginRow()
                        .text(group.key().id())
                        .text(group.key().projectId())
                        .text(group.type())
                        .text(group.name())
                        .texts(group.properties())
                        .time(group.createdAt())
                        .big(group.version())
                        .tiny(group.deleted() ? 1 : 0)
                        .endRow();
            }
        }
    }

    private static void append(RowAppender rows, ProfileRow profile) throws SQLException {
        rows.beginRow()
                .text(profile.key().id())
                .flag(profile.isExternal())
                .text(profile.firstName())
                .text(profile.lastName())
                .text(profile.email())
                .text(profile.avatar())
                .texts(profile.properties())
                .text(profile.key().projectId())
                .texts(profile.groups())
                .time(profile.createdAt())
                .time(profile.lastSeenAt())
                .endRow();
    }

    static ProfileRow readProfile(ResultSet row) throws SQLException {
        return new ProfileRow(
                SessionTable.key(row),
                row.getBoolean("is_external"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("email"),
                row.getString("avatar"),
                properties(row),
                DuckDbEventWriter.texts(row, "groups"),
                DuckDbEventWriter.millis(row, "created_at"),
                DuckDbEventWriter.millis(row, "last_seen_at"));
    }

    static GroupRow readGroup(ResultSet row) throws SQLException {
        return new GroupRow(
                SessionTable.key(row),
                row.getString("type"),
                row.getString("name"),
                properties(row),
                DuckDbEventWriter.millis(row, "created_at"),
                row.getLong("version"),
                row.getInt("deleted") != 0);
    }

    private static Map<String, String> properties(ResultSet row) throws SQLException {
        var properties = new HashMap<String, String>();
        for (var property : ((Map<?, ?>) row.getObject("properties")).entrySet()) {
            properties.put(String.valueOf(property.getKey()), String.valueOf(property.getValue()));
        }
        return properties;
    }
}
