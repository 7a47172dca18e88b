package org.openpanelmcp.analytics;

import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.Doc;

/** What breakdowns count. Their queries name the columns as {@link #read} expects them. */
public record TrafficFigures(
        @Doc("Number of sessions") long sessions,

        @Doc("Distinct people, by profile id (device id while anonymous)")
        long visitors,

        @Doc("Number of page views") long pageviews,
        @Doc("In the smallest currency unit") long revenue) {

    public static final TrafficFigures NONE = new TrafficFigures(0, 0, 0, 0);

    /** Reads {@code session_total}, {@code visitor_total}, {@code view_total} and {@code revenue_total}. */
    public static TrafficFigures read(Row row) {
        return new TrafficFigures(
                row.whole("session_total"),
                row.whole("visitor_total"),
                row.whole("view_total"),
                Math.round(row.fraction("revenue_total").orElse(0)));
    }

    /** Relative changes of the same figures. */
    public record Changes(
            @Nullable Double sessions,
            @Nullable Double visitors,
            @Nullable Double pageviews,
            @Nullable Double revenue) {}

    public Changes since(TrafficFigures before) {
        return new Changes(
                Change.of(sessions, before.sessions),
                Change.of(visitors, before.visitors),
                Change.of(pageviews, before.pageviews),
                Change.of(revenue, before.revenue));
    }
}
