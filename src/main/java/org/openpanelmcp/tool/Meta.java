package org.openpanelmcp.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.TimeRange;

/** What an answer measured; part of every answer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Meta(
        @Doc("Project that was read") @Nullable String project,
        @Doc("Time zone of days and buckets") @Nullable String timezone,
        @Nullable Range range,

        @Doc("The period compared with, when one was asked for") @Nullable
        Range comparedWith,

        @Doc("What the numbers count and in which unit") String definition,

        @Doc("Time of the newest event stored; absent when there is none") @Nullable
        OffsetDateTime freshness,

        @Doc("The project for people to look at") @Nullable String dashboardUrl,

        @Doc("Whether rows were left out") @Nullable Boolean truncated,

        @Doc("Pass as cursor, with the same arguments, to get the next rows") @Nullable
        String nextCursor,

        @Doc("How many rows there are in all") @Nullable Long total,

        @Doc("For list_people: who is behind these numbers") @Nullable
        String handle,

        @Doc("What to mind when reading the numbers") List<String> warnings) {

    public Meta {
        warnings = List.copyOf(warnings);
    }

    /** For answers that are about no single project. */
    public static Meta ofAnswer(String definition) {
        return new Meta(null, null, null, null, definition, null, null, null, null, null, null, List.of());
    }

    /** A span of time as it was measured. */
    public record Range(OffsetDateTime start, boolean startIncluded, OffsetDateTime end, boolean endIncluded) {
        static Range of(TimeRange range) {
            return new Range(range.startHere(), true, range.endHere(), true);
        }
    }

    static @Nullable OffsetDateTime here(@Nullable Instant instant, java.time.ZoneId zone) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
