package org.openpanelmcp.analytics;

import org.openpanelmcp.query.Sql;

/** What a list of traffic figures can be sorted by, greatest first. */
public enum TrafficMeasure {
    SESSIONS(Sql.of("session_total")),
    VISITORS(Sql.of("visitor_total")),
    PAGEVIEWS(Sql.of("view_total")),
    REVENUE(Sql.of("revenue_total"));

    private final Sql column;

    TrafficMeasure(Sql column) {
        this.column = column;
    }

    public Sql column() {
        return column;
    }
}
