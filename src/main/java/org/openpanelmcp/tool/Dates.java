package org.openpanelmcp.tool;

import org.jspecify.annotations.Nullable;

/** The arguments {@code startDate} and {@code endDate}, as they were given. */
public record Dates(
        @Param("First day or time, included: 2026-11-20, today, 7d, last_month, …; a word alone fixes both ends")
        @Nullable
        String startDate,

        @Param("Last day or time, included; with neither, mostly the last 30 days") @Nullable
        String endDate)
        implements ArgumentGroup {}
