package org.openpanelmcp.metadata.sqlite;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.RetentionPeriods;

final class SqliteRetentionPeriods implements RetentionPeriods {
    private final Database database;

    SqliteRetentionPeriods(Database database) {
        this.database = database;
    }

    /** In the cache of rows: all periods. */
    private record All() {}

    private record Period(String projectId, int days, ZoneId zone) {}

    @Override
    public OptionalInt find(String projectId) {
        return periods().stream()
                .filter(period -> period.projectId().equals(projectId))
                .mapToInt(Period::days)
                .findFirst();
    }

    @Override
    public void save(String projectId, OptionalInt days) {
        if (days.isPresent() && (days.getAsInt() < 1 || days.getAsInt() > MOST_DAYS)) {
            throw new MetadataRefusal("A project cannot keep its events for %d days: use 1 to %d, or 'forever'."
                    .formatted(days.getAsInt(), MOST_DAYS));
        }
        database.write(connection -> {
            if (SqliteProjects.find(connection, projectId).isEmpty()) {
                throw new MetadataRefusal("There is no project '%s' to set a period for.".formatted(projectId));
            }
            return days.isEmpty()
                    ? Statements.update(connection, "delete from retention_periods where project_id = ?", projectId)
                    : Statements.update(connection, """
                            insert into retention_periods (project_id, days) values (?, ?)
                            on conflict (project_id) do update set days = excluded.days
                            """, projectId, days.getAsInt());
        });
    }

    @Override
    public Map<String, Instant> keptSince(Instant now) {
        var since = new HashMap<String, Instant>();
        for (var period : periods()) {
            var firstDay = now.atZone(period.zone()).toLocalDate().minusDays(period.days());
            since.put(period.projectId(), firstDay.atStartOfDay(period.zone()).toInstant());
        }
        return since;
    }

    private List<Period> periods() {
        return database.readOnce(
                new All(),
                connection -> Statements.query(
                        connection,
                        """
                        select r.project_id, r.days, coalesce(p.zone, o.zone) as zone
                        from retention_periods r
                        join projects p on p.id = r.project_id
                        join organizations o on o.id = p.organization_id
                        order by r.project_id
                        """,
                        row -> new Period(row.getString(1), row.getInt(2), ZoneId.of(row.getString(3)))));
    }
}
