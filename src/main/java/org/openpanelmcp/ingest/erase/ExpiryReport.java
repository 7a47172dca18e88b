package org.openpanelmcp.ingest.erase;

import java.time.Instant;
import java.util.List;

/**
 * What was removed because it was older than its project keeps.
 *
 * @param journal entries of the journal and dead letters, of all projects together
 */
public record ExpiryReport(List<Row> projects, long journal) {
    public ExpiryReport {
        projects = List.copyOf(projects);
    }

    /** @param since what happened before that is gone */
    public record Row(String project, Instant since, long events, long sessions, long profiles) {}

    /** Whether there was nothing to remove. */
    public boolean isEmpty() {
        return journal == 0 && projects.stream().allMatch(row -> row.events() + row.sessions() + row.profiles() == 0);
    }
}
