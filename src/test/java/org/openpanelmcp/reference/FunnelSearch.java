package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one group came in a funnel: by every way through its events where these are few, else start by start. */
final class FunnelSearch {
    /** Up to so many ways are tried one by one. */
    static final long MOST_WAYS = 10_000;

    /** The first time that a step was reached, with the latest start and the latest step before that lead there. */
    record Reach(int place, long at, long start, long before) {}

    /**
     * An event of the group.
     *
     * @param marks a character per step: 1 where the event is of that step
     */
    record Marked(long at, String marks) {
        boolean is(int step) {
            return marks.charAt(step) == '1';
        }

        int firstStep() {
            int step = marks.indexOf('1');
            return step < 0 ? Integer.MAX_VALUE : step;
        }
    }

    private final List<Marked> events;
    private final List<Long> bars;
    private final int steps;
    private final long window;
    private final boolean strict;
    private final List<@Nullable Reach> reached = new ArrayList<>();

    /** @param bars times of the events that must not lie between */
    FunnelSearch(List<Marked> events, List<Long> bars, int steps, long window, boolean strict) {
        this.events = events.stream()
                .filter(event -> event.marks().contains("1"))
                .sorted(Comparator.comparingLong(Marked::at)
                        .thenComparingInt(Marked::firstStep)
                        .thenComparing(Marked::marks))
                .toList();
        this.bars = bars;
        this.steps = steps;
        this.window = window;
        this.strict = strict;
        for (int i = 0; i < steps; i++) {
            reached.add(null);
        }
    }

    /** Per step; null for one that was not reached. */
    List<@Nullable Reach> reached(long mostWays) {
        if (ways() <= mostWays) {
            follow(new ArrayList<>());
        } else {
            fromEachStart();
        }
        return reached;
    }

    private double ways() {
        double ways = 1;
        for (int i = 0; i < steps; i++) {
            int step = i;
            ways *= 1 + events.stream().filter(event -> event.is(step)).count();
        }
        return ways;
    }

    /** Every way that goes on from these places in the list of events. */
    private void follow(List<Integer> places) {
        int step = places.size();
        if (step == steps) {
            return;
        }
        for (int next = step == 0 ? 0 : places.getLast() + 1; next < events.size(); next++) {
            if (events.get(next).is(step) && allowed(places, next)) {
                long at = events.get(next).at();
                long start = step == 0 ? at : events.get(places.getFirst()).at();
                long before = step == 0 ? at : events.get(places.getLast()).at();
                note(step, new Reach(next, at, start, before));
                places.add(next);
                follow(places);
                places.removeLast();
            }
        }
    }

    private boolean allowed(List<Integer> places, int next) {
        if (places.isEmpty()) {
            return true;
        }
        long at = events.get(next).at();
        long start = events.get(places.getFirst()).at();
        long before = events.get(places.getLast()).at();
        return (!strict || at > before)
                && at - start <= window
                && bars.stream().noneMatch(bar -> bar > start && bar < at);
    }

    private void note(int step, Reach reach) {
        var known = reached.get(step);
        if (known == null || reach.place() < known.place()) {
            reached.set(step, reach);
        } else if (reach.place() == known.place()) {
            long start = Math.max(reach.start(), known.start());
            long before = Math.max(reach.before(), known.before());
            reached.set(step, new Reach(reach.place(), reach.at(), start, before));
        }
    }

    /** From each start all places at which a way can be at the second step, from these at the third, and so on. */
    private void fromEachStart() {
        for (int start = 0; start < events.size(); start++) {
            if (events.get(start).is(0)) {
                long at = events.get(start).at();
                note(0, new Reach(start, at, at, at));
                var places = List.of(start);
                long until = until(at);
                for (int step = 1; step < steps && !places.isEmpty(); step++) {
                    places = next(places, step, at, until);
                }
            }
        }
    }

    private long until(long start) {
        long bar = bars.stream()
                .mapToLong(Long::longValue)
                .filter(at -> at > start)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.min(bar, start + window);
    }

    private List<Integer> next(List<Integer> places, int step, long start, long until) {
        var following = new ArrayList<Integer>();
        int first = places.getFirst();
        for (int place = first + 1; place < events.size() && events.get(place).at() <= until; place++) {
            if (events.get(place).is(step) && follows(first, place)) {
                following.add(place);
            }
        }
        if (!following.isEmpty()) {
            int reachedAt = following.getFirst();
            long before = places.stream()
                    .filter(place -> place < reachedAt && follows(place, reachedAt))
                    .mapToLong(place -> events.get(place).at())
                    .max()
                    .orElseThrow();
            note(step, new Reach(reachedAt, events.get(reachedAt).at(), start, before));
        }
        return following;
    }

    private boolean follows(int before, int place) {
        return !strict || events.get(place).at() > events.get(before).at();
    }
}
