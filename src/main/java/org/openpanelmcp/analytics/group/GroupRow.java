package org.openpanelmcp.analytics.group;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.Row;

/** A group in its latest state. */
public record GroupRow(
        String id,
        String projectId,
        @Nullable String type,
        @Nullable String name,
        Map<String, String> properties,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {
    /** What {@link #read} reads, for a select list. */
    static final Sql COLUMNS = Sql.of("id, project_id, type, name, properties, created_at, version");

    static GroupRow read(Row row, ProjectScope scope) {
        return new GroupRow(
                row.text("id"),
                row.text("project_id"),
                set(row.text("type")),
                set(row.text("name")),
                row.map("properties"),
                row.instant("created_at").orElseThrow().atZone(scope.zone()).toOffsetDateTime(),
                Instant.ofEpochMilli(row.whole("version")).atZone(scope.zone()).toOffsetDateTime());
    }

    private static @Nullable String set(String text) {
        return text.isEmpty() ? null : text;
    }
}
