package org.openpanelmcp.transfer.foreign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.openpanelmcp.transfer.foreign.PlausibleDay.Group;

/**
 * Puts pages into the page views of a day's visits: each page as often as it was viewed, at the beginning of as many visits
 * as entered there, at the end of as many as left there, as far as that is possible at once. Page views come first.
 */
final class PageSlots {
    /** The path of a page view of which the export names no page. */
    static final String UNKNOWN = "(unknown)";

    private final List<Group> pages;
    private final DayPlan plan;
    private final int[] starts;
    private final RandomGenerator random;
    private final int[] left;
    private final int[] slots;
    private final Map<String, List<Integer>> byPath = new HashMap<>();
    private long missedViews;
    private long missedEntries;

    private PageSlots(PlausibleDay day, DayPlan plan, int[] views, RandomGenerator random) {
        this.pages = day.of(PlausibleTable.PAGES);
        this.plan = plan;
        this.random = random;
        this.starts = new int[views.length + 1];
        for (int visit = 0; visit < views.length; visit++) {
            starts[visit + 1] = starts[visit] + views[visit];
        }
        this.slots = new int[starts[views.length]];
        this.left = new int[pages.size() + 1];
        for (int page = 0; page < pages.size(); page++) {
            left[page] = (int) Math.min(pages.get(page).views(), Integer.MAX_VALUE);
            byPath.computeIfAbsent(pages.get(page).labels().get(1), path -> new ArrayList<>())
                    .add(page);
        }
    }

    static PageSlots of(PlausibleDay day, DayPlan plan, int[] views, RandomGenerator random) {
        var slots = new PageSlots(day, plan, views, random);
        slots.balance();
        Arrays.fill(slots.slots, -1);
        slots.fill(day.of(PlausibleTable.ENTRY_PAGES), day.of(PlausibleTable.EXIT_PAGES));
        slots.rest();
        return slots;
    }

    /** Of the place-th view of a visit. */
    String path(int visit, int place) {
        int page = slots[starts[visit] + place];
        return page == pages.size() ? UNKNOWN : pages.get(page).labels().get(1);
    }

    String host(int visit, int place) {
        int page = slots[starts[visit] + place];
        return page == pages.size() ? "" : pages.get(page).labels().get(0);
    }

    /** Page views that have another page than exported, or none. */
    long missedViews() {
        return missedViews;
    }

    /** Visits that begin or end on another page than exported. */
    long missedEntries() {
        return missedEntries;
    }

    /** The day's page views are the measure: too many page views are cut where there are most, missing ones get no page. */
    private void balance() {
        long named = 0;
        for (int page = 0; page < pages.size(); page++) {
            named += left[page];
        }
        long surplus = named - slots.length;
        missedViews = pages.isEmpty() ? 0 : Math.abs(surplus);
        if (surplus <= 0) {
            left[pages.size()] = (int) -surplus;
            return;
        }
        var order = new ArrayList<Integer>();
        for (int page = 0; page < pages.size(); page++) {
            order.add(page);
        }
        order.sort((one, other) -> Integer.compare(left[other], left[one]));
        for (int page : order) {
            long cut = Math.min(surplus, Math.max(1, Math.round((double) left[page] * (named - slots.length) / named)));
            cut = Math.min(cut, left[page]);
            left[page] -= (int) cut;
            surplus -= cut;
        }
        for (int page : order) {
            long cut = Math.min(surplus, left[page]);
            left[page] -= (int) cut;
            surplus -= cut;
        }
    }

    /** A bounce begins and ends on the same page; what the export's bounces do not fill begins anywhere. */
    private void fill(List<Group> entries, List<Group> exits) {
        var bounced = new ArrayDeque<>(queue(entries, Group::bounces, Map.of()));
        var used = new HashMap<String, Integer>();
        int single = Math.min(plan.bounces(), plan.views());
        int placed = Math.min(single, bounced.size());
        for (int visit = 0; visit < placed; visit++) {
            use(starts[visit], bounced.remove(), used);
        }
        var entering = new ArrayDeque<>(queue(entries, Group::visits, used));
        for (int visit = placed; visit < single && !entering.isEmpty(); visit++) {
            use(starts[visit], entering.remove(), used);
        }
        var leaving = new ArrayDeque<>(queue(exits, Group::visits, used));
        missedEntries += missing(entries, entering) + missing(exits, leaving);
        for (int visit = plan.bounces(); visit < plan.visits() && !entering.isEmpty(); visit++) {
            place(starts[visit], entering.remove());
        }
        for (int visit = plan.bounces(); visit < plan.visits() && !leaving.isEmpty(); visit++) {
            place(starts[visit + 1] - 1, leaving.remove());
        }
    }

    private long missing(List<Group> groups, ArrayDeque<String> queue) {
        return groups.isEmpty() ? 0 : Math.abs(queue.size() - plan.longVisits());
    }

    private void use(int slot, String path, Map<String, Integer> used) {
        used.merge(path, 1, Integer::sum);
        place(slot, path);
    }

    private void place(int slot, String path) {
        for (int page : byPath.getOrDefault(path, List.of())) {
            if (left[page] > 0) {
                left[page]--;
                slots[slot] = page;
                return;
            }
        }
        missedEntries++;
    }

    /** The paths of groups, each as often as it counts and was not used yet, in random order. */
    private List<String> queue(List<Group> groups, ToLongFunction<Group> count, Map<String, Integer> used) {
        var queue = new ArrayList<String>();
        for (var group : groups) {
            var path = group.labels().get(0);
            long wanted = count.applyAsLong(group) - used.getOrDefault(path, 0);
            long times = Math.min(wanted, plan.visits() - (long) queue.size());
            for (long i = 0; i < times; i++) {
                queue.add(path);
            }
        }
        Collections.shuffle(queue, Random.from(random));
        return queue;
    }

    private void rest() {
        int[] rest = new int[slots.length];
        int size = 0;
        for (int page = 0; page < left.length; page++) {
            for (int i = 0; i < left[page]; i++) {
                rest[size++] = page;
            }
        }
        for (int i = size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = rest[i];
            rest[i] = rest[other];
            rest[other] = kept;
        }
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] < 0) {
                slots[slot] = rest[--size];
            }
        }
    }
}
