package org.openpanelmcp.analytics;

import org.openpanelmcp.query.Sql;

/** Who counts as a person. Nobody without an id ever does. */
public enum People {
    /** Everybody, the anonymous ones by their device. */
    ALL,
    /** Only profiles that the site identified. */
    IDENTIFIED;

    /** The condition on a row of events. */
    public Sql condition() {
        return this == ALL ? Sql.of("profile_id <> ''") : Sql.of("profile_id <> '' and profile_id <> device_id");
    }

    /** Begins the sentence of a definition. */
    public String described() {
        return this == ALL
                ? "Distinct profile ids (device ids while anonymous)"
                : "Distinct profile ids of identified people";
    }
}
