package org.openpanelmcp.transfer.foreign;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openpanelmcp.transfer.foreign.EventDraft.Equipment;
import org.openpanelmcp.transfer.foreign.EventDraft.Place;
import org.openpanelmcp.transfer.foreign.PlausibleDay.Group;

/** Invents the visits of a day, so that they add up to what Plausible exported of it. The same day gives the same visits. */
final class DayWriter {
    /** The event of a visit of which the export tells neither a page view nor an event. */
    private static final String VISIT_ONLY = "imported_visit";

    /** The labels of a source after its name and referrer. */
    private static final int FIRST_UTM = 2;

    /** A visit ends a little before midnight, so that its marks stay in the day. */
    private static final long MARGIN = 2_000;

    /** How many visits may be dealt out in search of a day that comes out exactly. */
    private static final int DEALT_VISITS = 100_000;

    private static final int MOST_DEALS = 200;

    private final PlausibleDay day;
    private final Scratch scratch;
    private final RandomGenerator random;
    private final ReferrerNames referrers;
    private final long dayStart;
    private final long dayLength;
    private final DayPlan plan;
    private final Map<PlausibleTable, Spread> spreads = new EnumMap<>(PlausibleTable.class);
    private final int[] views;
    private final PageSlots pages;
    private final int[] visitors;
    private final long[] lasting;
    private final Map<Integer, List<Group>> customEvents = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();

    DayWriter(PlausibleDay day, ZoneId zone, Scratch scratch, ReferrerNames referrers) {
        this.day = day;
        this.scratch = scratch;
        this.referrers = referrers;
        this.random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(id("day").getMostSignificantBits());
        this.dayStart = start(day.date(), zone);
        this.dayLength = start(day.date().plusDays(1), zone) - dayStart;
        this.plan = DayPlan.of(day.total());
        this.views = deal();
        this.pages = PageSlots.of(day, plan, views, random);
        this.visitors = visitors();
        this.lasting = lasting();
        dealCustomEvents();
    }

    private static long start(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private UUID id(String... parts) {
        var all = new ArrayList<String>();
        all.add("plausible");
        all.add(scratch.projectId());
        all.add(day.date().toString());
        all.addAll(List.of(parts));
        return NameUuid.of(all.toArray(String[]::new));
    }

    /** Small days may not come out the first time: the best of several deals counts. */
    private int[] deal() {
        int tries = Math.clamp(DEALT_VISITS / Math.max(1, plan.visits()), 1, MOST_DEALS);
        long best = Long.MAX_VALUE;
        int[] bestViews = {};
        for (int i = 0; i < tries && best > 0; i++) {
            var dealt = PlausibleTable.OF_VISITS.stream()
                    .map(table -> new Spread(table, day.of(table), plan, random))
                    .toList();
            var viewsOfDeal = ViewCounts.of(plan, dealt, random);
            long missed = dealt.stream()
                    .mapToLong(spread -> spread.missed(viewsOfDeal).views())
                    .sum();
            if (missed < best) {
                best = missed;
                bestViews = viewsOfDeal;
                dealt.forEach(spread -> spreads.put(spread.table(), spread));
            }
        }
        return bestViews;
    }

    /** Each visitor has a visit; the others go to somebody of the same place, where there is one. */
    private int[] visitors() {
        int[] visitor = new int[plan.visits()];
        int[] order = new int[plan.visits()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        var places = spreads.get(PlausibleTable.LOCATIONS);
        var byPlace = new HashMap<Integer, List<Integer>>();
        for (int i = 0; i < order.length; i++) {
            int place = places == null ? Spread.NONE : places.of(order[i]);
            if (i < plan.visitors()) {
                visitor[order[i]] = i;
                byPlace.computeIfAbsent(place, missing -> new ArrayList<>()).add(i);
            } else {
                var neighbours = byPlace.getOrDefault(place, List.of());
                visitor[order[i]] = neighbours.isEmpty()
                        ? random.nextInt(plan.visitors())
                        : neighbours.get(random.nextInt(neighbours.size()));
            }
        }
        return visitor;
    }

    /** The day's time on site, shared by page views among the visits that did not bounce. */
    private long[] lasting() {
        long[] lasting = new long[plan.visits()];
        long left = day.total().seconds() * 1000;
        long viewsLeft = 0;
        for (int visit = plan.bounces(); visit < plan.visits(); visit++) {
            viewsLeft += views[visit];
        }
        for (int visit = plan.bounces(); visit < plan.visits(); visit++) {
            long share = Math.round((double) left * views[visit] / viewsLeft);
            lasting[visit] = Math.min(share, dayLength - 3 * MARGIN);
            left -= lasting[visit];
            viewsLeft -= views[visit];
        }
        if (left > 0) {
            reasons.add(
                    left / 1000 + " seconds of time on site have no visit that could hold them: a bounce lasts no time"
                            + " here, and no visit lasts longer than its day");
        }
        return lasting;
    }

    private void dealCustomEvents() {
        int next = 0;
        int empty = plan.visits() > plan.views() ? plan.views() : plan.visits();
        for (var group : day.of(PlausibleTable.CUSTOM_EVENTS)) {
            if (plan.visits() == 0) {
                reasons.add("events without a visit are left out");
                return;
            }
            // Visits without a page view come first: they need an event to exist.
            int people = (int) Math.clamp(group.visitors(), 1, Math.min(group.visits(), plan.visits()));
            int offset = next < plan.visits() - empty ? empty + next : random.nextInt(plan.visits());
            for (long i = 0; i < group.visits(); i++) {
                int visit = (int) ((offset + i % people) % plan.visits());
                customEvents
                        .computeIfAbsent(visit, missing -> new ArrayList<>())
                        .add(group);
            }
            next += people;
        }
    }

    /** Adds the day's events. @return why its figures are not all exact */
    List<String> write() {
        for (int visit = 0; visit < plan.visits(); visit++) {
            write(visit);
        }
        reasons.addAll(plan.reasons());
        for (var spread : spreads.values()) {
            var missed = spread.missed(views);
            var name = spread.table().tableName();
            if (missed.visits() > 0) {
                reasons.add(name + ": " + missed.visits() + " visits stand elsewhere than exported");
            }
            if (missed.views() > 0) {
                reasons.add(name + ": " + missed.views() + " page views stand elsewhere than exported");
            }
        }
        if (pages.missedViews() > 0) {
            reasons.add("pages: the file of pages counts " + pages.missedViews()
                    + " page views more or less than the day; the day's number is kept");
        }
        if (pages.missedEntries() > 0) {
            reasons.add("entry_pages, exit_pages: " + pages.missedEntries()
                    + " visits begin or end on another page than exported");
        }
        return reasons;
    }

    private void write(int visit) {
        var session = id("visit", Integer.toString(visit)).toString();
        long free = dayLength - lasting[visit] - 2 * MARGIN;
        long start = dayStart + MARGIN + random.nextLong(Math.max(1, free));
        var common = new Common(visit, session, start);
        for (int view = 0; view < views[visit]; view++) {
            long at = views[visit] == 1 ? start : start + lasting[visit] * view / (views[visit] - 1);
            var event = common.event("screen_view", "view" + view, at);
            event.path = pages.path(visit, view);
            var host = pages.host(visit, view);
            event.origin = host.isEmpty() ? "" : "https://" + host;
            common.campaign(event, view == 0);
            scratch.add(event, true);
        }
        var events = customEvents.getOrDefault(visit, List.of());
        for (int i = 0; i < events.size(); i++) {
            addCustom(common, events.get(i), i, events.size());
        }
        if (views[visit] == 0 && events.isEmpty()) {
            var event = common.event(VISIT_ONLY, "only", start);
            common.campaign(event, true);
            scratch.add(event, true);
        }
    }

    private void addCustom(Common common, Group group, int place, int of) {
        int visit = common.visit;
        var event = common.event(
                group.labels().get(0), "event" + place, common.start + lasting[visit] * (place + 1) / (of + 1));
        var path = group.labels().get(2);
        event.path = !path.isEmpty() ? path : views[visit] == 0 ? "" : pages.path(visit, 0);
        event.property("url", group.labels().get(1));
        event.property("path", path);
        common.campaign(event, lasting[visit] == 0);
        scratch.add(event, true);
    }

    /** What all events of a visit share. */
    private final class Common {
        private final int visit;
        private final String session;
        private final long start;
        private final String device;
        private final Referrer referrer;
        private final Place place;
        private final Equipment equipment;
        private final String city;
        private final List<String> source;

        Common(int visit, String session, long start) {
            this.visit = visit;
            this.session = session;
            this.start = start;
            this.device = id("visitor", Integer.toString(visitors[visit])).toString();
            this.source = labels(PlausibleTable.SOURCES);
            this.referrer = referrer();
            var location = labels(PlausibleTable.LOCATIONS);
            this.place = new Place(
                    country(label(location, 0)), UmamiNames.withoutCountry(label(location, 1)), "", null, null);
            this.city = label(location, 2);
            var browser = labels(PlausibleTable.BROWSERS);
            var system = labels(PlausibleTable.OPERATING_SYSTEMS);
            this.equipment = new Equipment(
                    UmamiNames.device(label(labels(PlausibleTable.DEVICES), 0)),
                    label(system, 0),
                    label(system, 1),
                    label(browser, 0),
                    label(browser, 1),
                    "",
                    "");
        }

        EventDraft event(String name, String key, long at) {
            var event = new EventDraft(id(session, key), name, at);
            event.sdkName = "plausible";
            event.deviceId = device;
            event.sessionId = session;
            event.referrer = referrer;
            event.place = place;
            event.equipment = equipment;
            event.property("__imported", "plausible");
            event.property("__geoname_id", city.equals("0") ? "" : city);
            return event;
        }

        /** On the events that may be the visit's first one: from there the session takes its campaign. */
        void campaign(EventDraft event, boolean maybeFirst) {
            for (int i = FIRST_UTM;
                    maybeFirst && i < PlausibleTable.SOURCES.labels().size();
                    i++) {
                event.property("__query." + PlausibleTable.SOURCES.labels().get(i), label(source, i));
            }
        }

        private Referrer referrer() {
            var address = label(source, 1);
            var name = label(source, 0);
            if (address.isEmpty() && name.isEmpty()) {
                return Referrer.NONE;
            }
            var full = address.isEmpty() || address.contains("://") ? address : "https://" + address;
            return Referrer.of(full, name, "", referrers);
        }

        private List<String> labels(PlausibleTable table) {
            var spread = spreads.get(table);
            return spread == null ? List.of() : spread.labels(visit);
        }

        private static String label(List<String> labels, int index) {
            return labels.isEmpty() ? "" : labels.get(index);
        }

        private static String country(String code) {
            return code.length() == 2 ? code : "";
        }
    }
}
