package org.openpanelmcp.analytics;

import org.jspecify.annotations.Nullable;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.Doc;

/** What breakdowns of sessions count. Their queries name the columns as {@link #read} expects them. */
public record SessionFigures(
        @Doc("Number of sessions") long sessions,

        @Doc("Distinct people, by profile id (device id while anonymous)")
        long visitors,

        @Doc("Number of page views") long pageviews,
        @Doc("In the smallest currency unit") long revenue,

        @Doc("Percent of the sessions with at most one page view")
        double bounce_rate) {

    public static final SessionFigures NONE = new SessionFigures(0, 0, 0, 0, 0);

    /** Reads what {@link TrafficFigures#read} does, and {@code bounce_total}. */
    public static SessionFigures read(Row row) {
        var traffic = TrafficFigures.read(row);
        return new SessionFigures(
                traffic.sessions(),
                traffic.visitors(),
                traffic.pageviews(),
                traffic.revenue(),
                Rounding.percent(row.whole("bounce_total"), traffic.sessions()));
    }

    /** Relative changes of the same figures. */
    public record Changes(
            @Nullable Double sessions,
            @Nullable Double visitors,
            @Nullable Double pageviews,
            @Nullable Double revenue,
            @Nullable Double bounce_rate) {}

    public Changes since(SessionFigures before) {
        return new Changes(
                Change.of(sessions, before.sessions),
                Change.of(visitors, before.visitors),
                Change.of(pageviews, before.pageviews),
                Change.of(revenue, before.revenue),
                Change.of(bounce_rate, before.bounce_rate));
    }
}
