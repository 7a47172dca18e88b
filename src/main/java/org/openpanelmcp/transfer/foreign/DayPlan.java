package org.openpanelmcp.transfer.foreign;

import java.util.ArrayList;
import java.util.List;

/**
 * How many visits of which length a day gets. The first {@code bounces} visits have one page view (or none, where there are
 * fewer views than visits), the others two or more.
 *
 * @param reasons why the figures cannot be the exported ones
 */
record DayPlan(int visitors, int visits, int views, int bounces, List<String> reasons) {

    static DayPlan of(PlausibleDay.Group total) {
        var reasons = new ArrayList<String>();
        int views = (int) total.views();
        int visits = (int) total.visits();
        if (visits == 0 && (views > 0 || total.visitors() > 0)) {
            visits = 1;
            reasons.add("the export counts people or page views but no visit; one visit holds them");
        }
        int visitors = (int) Math.min(total.visitors(), visits);
        if (visitors < total.visitors()) {
            reasons.add("the export counts more visitors than visits; here each visitor has a visit");
        }
        if (visitors == 0 && visits > 0) {
            visitors = 1;
            reasons.add("the export counts visits but no visitor; one visitor makes them");
        }
        int bounces = bounces((int) Math.min(total.bounces(), Integer.MAX_VALUE), visits, views);
        if (bounces != total.bounces()) {
            reasons.add("bounces cannot be " + total.bounces() + " with " + views + " page views in " + visits
                    + " visits: here a visit bounces exactly when it has at most one page view (in Plausible an"
                    + " event can end a bounce)");
        }
        return new DayPlan(visitors, visits, views, bounces, reasons);
    }

    /** The nearest number of bounces with which the other visits can have two views or more. */
    private static int bounces(int wanted, int visits, int views) {
        if (views <= visits) {
            return visits;
        }
        long least = Math.max(0, 2L * visits - views);
        return (int) Math.clamp(wanted, least, visits - 1);
    }

    int longVisits() {
        return visits - bounces;
    }

    /** Page views beyond the two that every longer visit has. */
    int extraViews() {
        return longVisits() == 0 ? 0 : views - bounces - 2 * longVisits();
    }
}
