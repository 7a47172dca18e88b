package org.openpanelmcp.tool;

import org.jspecify.annotations.Nullable;

/** The arguments {@code startDate} and {@code endDate}, as they were given. */
public record Dates(
        @Param("A day, a time, or a word such as 7d, last_month") @Nullable
        String startDate,

        @Param("Included") @Nullable String endDate)
        implements ArgumentGroup {}
