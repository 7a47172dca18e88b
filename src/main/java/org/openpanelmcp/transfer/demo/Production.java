package org.openpanelmcp.transfer.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.openpanelmcp.store.SessionIds;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.demo.EventRows.Row;

/**
 * Plays one scenario hour by hour and writes what happens. Memory stays small whatever the size: one hour of visits, a
 * slice of rows and a few numbers per visitor are kept. Each slice is a transaction of its own, because the engine keeps
 * what a transaction has replaced until its end.
 */
final class Production {
    /** Some row groups of the engine at once. */
    static final int SLICE = 300_000;

    /** Longer than any visit, so that no event lies after the end. */
    private static final long LAST_START = 50 * 60_000L;

    /** A visit's first row is this much earlier than the visit, and belongs to the same hour. */
    private static final long LEAD = 100;

    private static final double FIRST_GUESS = 7;

    private final Scenario scenario;
    private final Timeline timeline;
    private final long wantedEvents;
    private final SplittableRandom random;
    private final People people;
    private final SplittableRandom ids;
    private final int slice;
    private final List<Row> waiting = new ArrayList<>();
    private final Counts counts = new Counts();
    private double wanted;
    private int hour;
    private int profile;

    /** Rows in the store so far. */
    private static final class Counts {
        private long events;
        private long sessions;
        private long profiles;
        private long groups;

        void add(DemoWriter writer) {
            events += writer.events();
            sessions += writer.sessions();
            profiles += writer.profiles();
            groups += writer.groups();
        }
    }

    /** @param slice how many rows of a table are written at once, not counting what belongs to the same hour */
    Production(Scenario scenario, Timeline timeline, long wantedEvents, SplittableRandom random, int slice) {
        this.scenario = scenario;
        this.timeline = timeline;
        this.wantedEvents = wantedEvents;
        this.random = random;
        this.ids = random.split();
        this.slice = slice;
        this.people = new People(scenario.newcomers());
    }

    /** @param progress hears the part that is done, 0 to 1, after each slice */
    DemoReport.Made run(DuckDbDatabase database, DoubleConsumer progress) {
        var hours = timeline.hours();
        var eventsPerWeight = wantedEvents / totalWeight(hours);
        while (hour < hours) {
            slice(database, writer -> visits(writer, hours, eventsPerWeight));
            progress.accept(0.9 * hour / hours);
        }
        while (profile < people.size()) {
            slice(database, this::profiles);
            progress.accept(0.9 + 0.1 * profile / people.size());
        }
        return new DemoReport.Made(
                scenario.about().projectId(),
                timeline.zone(),
                timeline.firstDay(),
                timeline.lastDay(),
                counts.events,
                counts.sessions,
                counts.profiles,
                counts.groups);
    }

    private void slice(DuckDbDatabase database, Slice slice) {
        database.write(connection -> {
            try (var writer = new DemoWriter(connection, scenario, ids)) {
                slice.write(writer);
                writer.finish();
                counts.add(writer);
                return true;
            }
        });
    }

    /** What is done with a writer in one transaction. */
    @FunctionalInterface
    private interface Slice {
        void write(DemoWriter writer) throws SQLException;
    }

    private void visits(DemoWriter writer, int hours, double eventsPerWeight) throws SQLException {
        if (hour == 0) {
            for (var group : scenario.groups()) {
                writer.group(group, timeline.first());
            }
        }
        while (hour < hours && writer.events() < slice) {
            wanted += eventsPerWeight * scenario.weight(timeline.moment(hour));
            visits(writer);
            hour++;
        }
        if (hour == hours) {
            writeUntil(writer, Long.MAX_VALUE);
        }
    }

    private double totalWeight(int hours) {
        double total = 0;
        for (int hour = 0; hour < hours; hour++) {
            total += scenario.weight(timeline.moment(hour));
        }
        return total;
    }

    /** As many visits as bring the number of events to {@code wanted}, each event written in the order of time. */
    private void visits(DemoWriter writer) throws SQLException {
        var from = timeline.hour(hour);
        var until = from + Timeline.HOUR;
        var day = timeline.moment(hour).day();
        var made = counts.events + writer.events() + waiting.size();
        var sessions = counts.sessions + writer.sessions();
        var perVisit = sessions < 100 ? FIRST_GUESS : (double) made / sessions;
        var number = (int) Math.round(Math.max(0, wanted - made) / perVisit);
        for (var start : random.longs(number, from + LEAD, until).sorted().toArray()) {
            if (start < timeline.end() - LAST_START) {
                var visit = visit(day, start);
                writer.session(visit);
                waiting.addAll(EventRows.of(visit));
            }
        }
        writeUntil(writer, until);
    }

    private Visit visit(int day, long start) {
        var number = people.visitor(random, start);
        var person = scenario.person(number);
        if (number == people.size()) {
            people.add(start, person.loyalty());
        }
        var before = people.standing(number);
        var visit = new Visit(
                SessionIds.of(scenario.about().projectId(), person.deviceId(), start),
                person,
                scenario.source(random, day),
                scenario.globals(person, day),
                random,
                before.isMember() && random.nextDouble() < scenario.staysLoggedIn(),
                start);
        var after = scenario.play(random, visit, before, day);
        people.saw(number, visit.end(), visit.wasEverAnonymous(), after);
        return visit;
    }

    private void writeUntil(DemoWriter writer, long before) throws SQLException {
        waiting.sort(Comparator.comparingLong(Row::at));
        int written = 0;
        while (written < waiting.size() && waiting.get(written).at() < before) {
            writer.event(waiting.get(written));
            written++;
        }
        waiting.subList(0, written).clear();
    }

    private void profiles(DemoWriter writer) throws SQLException {
        while (profile < people.size() && writer.profiles() < slice) {
            var person = scenario.person(profile);
            if (people.lastAnonymous(profile) > 0) {
                writer.device(person, people.firstSeen(profile), people.lastAnonymous(profile));
            }
            if (people.signedUp(profile) > 0) {
                writer.user(person, people.standing(profile), people.signedUp(profile), people.lastSeen(profile));
            }
            profile++;
        }
    }
}
