package org.openpanelmcp.tool;

import org.jspecify.annotations.Nullable;

/** The arguments {@code startDate} and {@code endDate}, as they were given. */
public record Dates(
        @Param("First day or moment, included: a day like 2026-11-20, a local or offset time, or today, yesterday, 7d,"
                + " this_week, last_month, … A word alone fixes both ends.")
        @Nullable
        String startDate,

        @Param("Last day or moment, included; same forms. Neither given: the last 30 days including today,"
                + " unless the tool says otherwise.")
        @Nullable
        String endDate)
        implements ArgumentGroup {}
