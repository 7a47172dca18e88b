package org.openpanelmcp.transfer.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.foreign.PlausibleDay.Group;

/**
 * Which group (a country, a browser …) each visit of a day belongs to: as many bounces and longer visits as the export
 * counts, dealt out at random. Visits beyond those of the groups belong to none.
 */
final class Spread {
    static final int NONE = -1;

    private final PlausibleTable table;
    private final List<Group> groups;
    private final int[] groupOf;
    private final int bounces;
    private final int[] wanted;

    Spread(PlausibleTable table, List<Group> groups, DayPlan plan, RandomGenerator random) {
        this.table = table;
        this.groups = groups;
        this.bounces = plan.bounces();
        this.groupOf = new int[plan.visits()];
        deal(random);
        this.wanted = wantedExtras(plan.extraViews());
    }

    PlausibleTable table() {
        return table;
    }

    /** The group's place in the list of groups, or {@link #NONE}. */
    int of(int visit) {
        return groupOf[visit];
    }

    List<String> labels(int visit) {
        return groupOf[visit] == NONE ? List.of() : groups.get(groupOf[visit]).labels();
    }

    private void deal(RandomGenerator random) {
        long[] bouncing = groups.stream()
                .mapToLong(group -> Math.min(group.bounces(), group.visits()))
                .toArray();
        long[] longer = new long[groups.size()];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = groups.get(i).visits() - bouncing[i];
        }
        // Where the day's bounces are not those of the groups, visits change sides, so that all visits find a place.
        move(bouncing, longer, sum(bouncing) - bounces);
        move(longer, bouncing, sum(longer) - (groupOf.length - bounces));
        fill(bouncing, 0, bounces, random);
        fill(longer, bounces, groupOf.length, random);
    }

    private static void move(long[] from, long[] to, long surplus) {
        long left = surplus;
        for (int i = 0; i < from.length && left > 0; i++) {
            long moved = Math.min(left, from[i]);
            from[i] -= moved;
            to[i] += moved;
            left -= moved;
        }
    }

    private void fill(long[] counts, int start, int end, RandomGenerator random) {
        int next = start;
        for (int group = 0; group < counts.length; group++) {
            for (long i = 0; i < counts[group] && next < end; i++) {
                groupOf[next++] = group;
            }
        }
        while (next < end) {
            groupOf[next++] = NONE;
        }
        for (int i = end - 1; i > start; i--) {
            swap(i, random.nextInt(start, i + 1));
        }
    }

    private void swap(int visit, int other) {
        int kept = groupOf[visit];
        groupOf[visit] = groupOf[other];
        groupOf[other] = kept;
    }

    /** Views each group still wants beyond one of a bounce and two of a longer visit; the last entry is for no group. */
    private int[] wantedExtras(int extraViews) {
        int[] extras = new int[groups.size() + 1];
        for (int i = 0; i < groups.size(); i++) {
            extras[i] = (int) Math.min(groups.get(i).views(), Integer.MAX_VALUE);
        }
        for (int visit = 0; visit < groupOf.length; visit++) {
            extras[slot(visit)] -= visit < bounces ? 1 : 2;
        }
        long known = 0;
        for (int i = 0; i < groups.size(); i++) {
            extras[i] = Math.max(0, extras[i]);
            known += extras[i];
        }
        extras[groups.size()] = (int) Math.max(0, extraViews - known);
        return extras;
    }

    private int slot(int visit) {
        return groupOf[visit] == NONE ? groups.size() : groupOf[visit];
    }

    boolean wants(int visit) {
        return wanted[slot(visit)] > 0;
    }

    void take(int visit) {
        if (wanted[slot(visit)] > 0) {
            wanted[slot(visit)]--;
        }
    }

    /**
     * Lets a visit of a group with too many page views and one of a group with too few exchange their groups, where that
     * brings both nearer to what was exported. Numbers of visits stay as they are.
     */
    void mend(int[] views) {
        var mending = new Mending(views);
        boolean mended = true;
        while (mended && mending.trials > 0) {
            mended = mending.once();
        }
    }

    private final class Mending {
        private static final int MOST_TRIALS = 200_000;

        private final int[] views;
        private final long[] surplus = new long[groups.size() + 1];
        private final List<TreeMap<Integer, Integer>> visitsByViews = new ArrayList<>();
        private int trials = MOST_TRIALS;

        Mending(int[] views) {
            this.views = views;
            for (int slot = 0; slot < surplus.length; slot++) {
                visitsByViews.add(new TreeMap<>());
            }
            for (int visit = 0; visit < groupOf.length; visit++) {
                surplus[slot(visit)] += views[visit];
            }
            long others = 0;
            for (int slot = 0; slot < groups.size(); slot++) {
                surplus[slot] -= groups.get(slot).views();
                others += surplus[slot];
                index(slot);
            }
            // Visits of no group take what is too much elsewhere, and give what is missing.
            surplus[groups.size()] = -others;
            index(groups.size());
        }

        private void index(int slot) {
            visitsByViews.get(slot).clear();
            for (int visit = bounces; visit < groupOf.length; visit++) {
                if (slot(visit) == slot) {
                    visitsByViews.get(slot).put(views[visit], visit);
                }
            }
        }

        /** @return whether two visits changed places */
        boolean once() {
            for (int from = 0; from < surplus.length; from++) {
                for (int to = 0; surplus[from] > 0 && to < surplus.length; to++) {
                    if (surplus[to] < 0 && trials-- > 0 && exchanged(from, to)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean exchanged(int from, int to) {
            long most = Math.min(surplus[from], -surplus[to]);
            for (var giving : visitsByViews.get(from).descendingMap().entrySet()) {
                int least = (int) Math.max(0, giving.getKey() - most);
                var taking = visitsByViews.get(to).ceilingEntry(least);
                if (taking != null && taking.getKey() < giving.getKey()) {
                    int moved = giving.getKey() - taking.getKey();
                    swap(giving.getValue(), taking.getValue());
                    surplus[from] -= moved;
                    surplus[to] += moved;
                    index(from);
                    index(to);
                    return true;
                }
            }
            return false;
        }
    }

    /** By how much visits and page views of the groups miss the export's. */
    Missed missed(int[] views) {
        long[] visitsOf = new long[groups.size() + 1];
        long[] viewsOf = new long[groups.size() + 1];
        for (int visit = 0; visit < groupOf.length; visit++) {
            visitsOf[slot(visit)]++;
            viewsOf[slot(visit)] += views[visit];
        }
        long missedVisits = 0;
        long missedViews = 0;
        for (int i = 0; i < groups.size(); i++) {
            missedVisits += Math.abs(visitsOf[i] - groups.get(i).visits());
            missedViews += Math.abs(viewsOf[i] - groups.get(i).views());
        }
        return new Missed(missedVisits, missedViews);
    }

    /** Sums of differences over groups. */
    record Missed(long visits, long views) {}

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}
