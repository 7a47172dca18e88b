package org.openpanelmcp.transfer.demo;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What was made.
 *
 * @param projects empty when they had events already and nothing was done
 */
public record DemoReport(String organizationId, List<Made> projects, double seconds) {
    /**
     * One project.
     *
     * @param first the first day with data, in the project's zone
     * @param last the last day with data
     */
    public record Made(
            String projectId,
            ZoneId zone,
            LocalDate first,
            LocalDate last,
            long events,
            long sessions,
            long profiles,
            long groups) {}

    public DemoReport {
        projects = List.copyOf(projects);
    }

    public boolean made() {
        return !projects.isEmpty();
    }

    public long events() {
        return projects.stream().mapToLong(Made::events).sum();
    }
}
