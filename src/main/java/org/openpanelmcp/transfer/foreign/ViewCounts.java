package org.openpanelmcp.transfer.foreign;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decides how many page views each visit has, so that the page views of all countries, browsers, sources and so on are the
 * exported ones at the same time. Views go round by round to visits whose groups all want one; what is left when no such
 * visit is found goes anywhere, and then visits exchange their groups where that brings sums together.
 */
final class ViewCounts {
    private final DayPlan plan;
    private final List<Spread> spreads;
    private final RandomGenerator random;
    private final int[] views;
    private int left;

    private ViewCounts(DayPlan plan, List<Spread> spreads, RandomGenerator random) {
        this.plan = plan;
        this.spreads = spreads;
        this.random = random;
        this.views = new int[plan.visits()];
        this.left = plan.extraViews();
    }

    /** @return by visit */
    static int[] of(DayPlan plan, List<Spread> spreads, RandomGenerator random) {
        var counts = new ViewCounts(plan, spreads, random);
        counts.begin();
        if (plan.longVisits() > 0) {
            counts.goRound();
            counts.dealTheRest();
            spreads.forEach(spread -> spread.mend(counts.views));
        }
        return counts.views;
    }

    private void begin() {
        for (int visit = 0; visit < views.length; visit++) {
            views[visit] = visit >= plan.bounces() ? 2 : visit < plan.views() ? 1 : 0;
        }
    }

    private void goRound() {
        int[] open = new int[plan.longVisits()];
        for (int i = 0; i < open.length; i++) {
            open[i] = plan.bounces() + i;
        }
        shuffle(open);
        int size = open.length;
        while (left > 0 && size > 0) {
            int kept = 0;
            for (int i = 0; i < size && left > 0; i++) {
                int visit = open[i];
                boolean wanted = wanted(visit);
                // Some take several, some none: visits that differ are what lets groups be mended afterwards.
                while (wanted && left > 0 && random.nextBoolean()) {
                    add(visit);
                    wanted = wanted(visit);
                }
                if (wanted) {
                    open[kept++] = visit;
                }
            }
            size = kept;
        }
    }

    private boolean wanted(int visit) {
        return spreads.stream().allMatch(spread -> spread.wants(visit));
    }

    private void dealTheRest() {
        int share = left / plan.longVisits();
        int rest = left % plan.longVisits();
        for (int i = 0; i < plan.longVisits(); i++) {
            views[plan.bounces() + i] += share + (i < rest ? 1 : 0);
        }
        left = 0;
    }

    private void add(int visit) {
        views[visit]++;
        left--;
        spreads.forEach(spread -> spread.take(visit));
    }

    private void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }
}
