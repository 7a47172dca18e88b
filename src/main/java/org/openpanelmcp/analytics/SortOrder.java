package org.openpanelmcp.analytics;

import org.openpanelmcp.query.Sql;

/** The direction of a list. Named for callers. */
public enum SortOrder {
    ASC(Sql.of("asc"), Sql.of(">")),
    DESC(Sql.of("desc"), Sql.of("<"));

    private final Sql direction;
    private final Sql later;

    SortOrder(Sql direction, Sql later) {
        this.direction = direction;
        this.later = later;
    }

    /** For an {@code order by}. */
    public Sql direction() {
        return direction;
    }

    /** The comparison that a value further down the list has with one above it. */
    public Sql later() {
        return later;
    }
}
