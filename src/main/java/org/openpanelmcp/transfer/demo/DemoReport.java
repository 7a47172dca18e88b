package org.openpanelmcp.transfer.demo;

import java.time.LocalDate;

/**
 * What was made.
 *
 * @param first the first day with data, UTC
 * @param last the last day with data, UTC
 * @param made false when the project had events already and nothing was done; the numbers are then 0
 */
public record DemoReport(
        String organizationId,
        String projectId,
        boolean made,
        long events,
        long sessions,
        long profiles,
        long groups,
        LocalDate first,
        LocalDate last,
        double seconds) {}
