package org.openpanelmcp.transfer.foreign;

/**
 * The headline figures of a day.
 *
 * @param visitors distinct visitors
 * @param bounces visits with one page view or none
 * @param durationMillis of all visits together
 */
public record Totals(long visitors, long visits, long pageviews, long bounces, long durationMillis) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    Totals plus(Totals other) {
        return new Totals(
                visitors + other.visitors,
                visits + other.visits,
                pageviews + other.pageviews,
                bounces + other.bounces,
                durationMillis + other.durationMillis);
    }
}
