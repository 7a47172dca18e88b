package org.openpanelmcp.analytics.people;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.tool.Doc;

/** One person; the fields are named as in find_profiles. */
public record ListedPerson(
        String id,

        @Doc("Identified by the site, not only known by the device")
        boolean is_external,

        @Nullable String first_name,
        @Nullable String last_name,
        @Nullable String email,
        @Nullable OffsetDateTime first_seen_at,
        @Nullable OffsetDateTime last_seen_at) {}
