package org.openpanelmcp.analytics;

import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.tool.ArgumentGroup;
import org.openpanelmcp.tool.Param;

/** Conditions on who came, from where and with what, which raw listings take as arguments of their own. */
public record VisitorArguments(
        @Param("Two-letter code, such as SE") @Nullable String country,
        @Param("Exact city") @Nullable String city,
        @Param("desktop, mobile, tablet, …") @Nullable String device,
        @Param("Exact browser") @Nullable String browser,
        @Param("Exact operating system") @Nullable String os,
        @Param("Exact referrer address") @Nullable String referrer,
        @Param("Such as Google") @Nullable String referrerName,

        @Param("Such as search, social, email, ai") @Nullable
        String referrerType,

        @Param("Exact profile id") @Nullable String profileId)
        implements ArgumentGroup {

    /** Adds what was given. */
    public NamedFilters addTo(NamedFilters filters) {
        return filters.exactly(Field.COUNTRY, country)
                .exactly(Field.CITY, city)
                .exactly(Field.DEVICE, device)
                .exactly(Field.BROWSER, browser)
                .exactly(Field.OS, os)
                .exactly(Field.REFERRER, referrer)
                .exactly(Field.REFERRER_NAME, referrerName)
                .exactly(Field.REFERRER_TYPE, referrerType)
                .exactly(Field.PROFILE_ID, profileId);
    }
}
