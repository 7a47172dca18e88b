package org.openpanelmcp.transfer.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.SessionIds;
import org.openpanelmcp.transfer.demo.DemoWriter.Row;

/**
 * Fills an installation with an invented shop: 90 days of visits with a rhythm, a campaign, a purchase funnel, and three
 * days on which the checkout fails in one browser version. Memory stays small whatever the size: one hour of visits and
 * a few numbers per visitor are kept.
 */
public final class Demo {
    public static final String ORGANIZATION = "demo";
    public static final String PROJECT = "demo-shop";

    private static final long HOUR = 3_600_000L;
    /** Longer than any visit, so that no event lies after the end. */
    private static final long LAST_START = 50 * 60_000L;

    private static final double FIRST_GUESS = 7;

    private final DemoOptions options;
    private final SplittableRandom random;
    private final Rhythm rhythm;
    private final long first;
    private final long end;
    private final People people = new People();
    private final List<Row> waiting = new ArrayList<>();

    private Demo(DemoOptions options) {
        // A demo that ends at midnight ends with a whole day; otherwise the day that has begun is its last.
        var lastDay = LocalDate.ofInstant(options.until().minusMillis(1), ZoneOffset.UTC);
        var firstDay = lastDay.minusDays(Rhythm.DAYS - 1L);
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.rhythm = new Rhythm(firstDay);
        this.first = millisecondsOf(firstDay.atStartOfDay().toInstant(ZoneOffset.UTC));
        this.end = millisecondsOf(options.until());
    }

    /**
     * Makes organization, project and rows, and marks the installation as test data. Does nothing when the project has
     * events already.
     */
    public static DemoReport load(DuckDbDatabase events, Metadata metadata, DemoOptions options, Progress progress) {
        var started = System.nanoTime();
        var demo = new Demo(options);
        demo.describe(metadata);
        var report = events.write(connection -> hasEvents(connection)
                ? demo.report(false, 0, 0, 0, 0, started)
                : demo.rows(connection, progress, started));
        events.checkpoint();
        progress.report("done", 1);
        return report;
    }

    private void describe(Metadata metadata) {
        var createdAt = Instant.ofEpochMilli(first);
        metadata.organizations().save(new Organization(ORGANIZATION, "Demo", ZoneId.of("UTC"), createdAt));
        metadata.projects()
                .save(new Project(
                        PROJECT, ORGANIZATION, "Demo Shop", World.ORIGIN, List.of("website"), null, createdAt, null));
        var campaign = Instant.ofEpochMilli(first + Rhythm.CAMPAIGN_FIRST * 24 * HOUR);
        metadata.catalog().save(List.of(new CatalogEntry("references", "demo-autumn-sale", PROJECT, """
                        {"id":"demo-autumn-sale","projectId":"%s","title":"Autumn sale","description":"Campaign autumn-sale \
                        on Google and Facebook, two weeks","date":"%s","createdAt":"%s"}""".formatted(
                        PROJECT, campaign, createdAt))));
        metadata.facts().put(Import.TEST_DATA, "true");
    }

    private DemoReport rows(Connection connection, Progress progress, long started) throws SQLException {
        try (var writer = new DemoWriter(connection, PROJECT, random.split())) {
            companies(writer);
            var hours = (int) Math.ceilDiv(end - first, HOUR);
            var scale = options.events() / rhythm.total(hours);
            double wanted = 0;
            for (int hour = 0; hour < hours; hour++) {
                progress.report("inventing visits", 0.9 * hour / hours);
                wanted += scale * rhythm.weight(hour / 24, hour % 24);
                hour(writer, hour / 24, hour % 24, wanted);
            }
            writeUntil(writer, Long.MAX_VALUE);
            people(writer);
            progress.report("loading events", 0.95);
            writer.finish();
            return report(true, writer.events(), writer.sessions(), writer.profiles(), writer.groups(), started);
        }
    }

    /** As many visits as bring the number of events to {@code wanted}, each event written in the order of time. */
    private void hour(DemoWriter writer, int day, int hour, double wanted) throws SQLException {
        var from = first + (day * 24L + hour) * HOUR;
        var made = writer.events() + waiting.size();
        var perVisit = writer.sessions() < 100 ? FIRST_GUESS : (double) made / writer.sessions();
        var visits = (int) Math.round(Math.max(0, wanted - made) / perVisit);
        var starts = random.longs(visits, from, from + HOUR).sorted().toArray();
        for (var start : starts) {
            if (start < end - LAST_START) {
                var visit = visit(day, start);
                writer.session(visit);
                waiting.addAll(DemoWriter.rows(visit));
            }
        }
        writeUntil(writer, from + HOUR);
    }

    private Visit visit(int day, long start) {
        var number = people.visitor(random, start);
        var person = Person.of(options.seed(), number);
        var member = people.isMember(number);
        var visit = new Visit(
                SessionIds.of(PROJECT, person.deviceId(), start),
                person,
                Rhythm.source(random, day),
                member && random.nextDouble() < 0.6,
                start);
        if (new Shopper(random, visit, member, Rhythm.hasFaultyRelease(day)).play()) {
            people.signUp(number, visit.end());
        }
        people.saw(number, visit.end(), visit.wasEverAnonymous());
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

    private void people(DemoWriter writer) throws SQLException {
        for (int number = 0; number < people.size(); number++) {
            var person = Person.of(options.seed(), number);
            if (people.lastAnonymous(number) > 0) {
                writer.device(person, people.firstSeen(number), people.lastAnonymous(number));
            }
            if (people.isMember(number)) {
                writer.user(person, people.signedUp(number), people.lastSeen(number));
            }
        }
    }

    private void companies(DemoWriter writer) throws SQLException {
        for (int company = 0; company < Person.COMPANIES; company++) {
            var name = World.COMPANY_NAMES.get(company);
            var industry = World.INDUSTRIES.get(company % World.INDUSTRIES.size());
            var employees = Integer.toString(20 + company * company * 7);
            writer.group(
                    Person.companyId(company),
                    "company",
                    name + " Ltd",
                    Map.of("industry", industry, "employees", employees),
                    first);
            for (int team = 0; team < Person.TEAMS; team++) {
                writer.group(
                        Person.teamId(company, team),
                        "team",
                        name + (team == 0 ? " Purchasing" : " Field"),
                        Map.of("company", Person.companyId(company)),
                        first);
            }
        }
    }

    private DemoReport report(boolean made, long events, long sessions, long profiles, long groups, long started) {
        return new DemoReport(
                ORGANIZATION,
                PROJECT,
                made,
                events,
                sessions,
                profiles,
                groups,
                LocalDate.ofInstant(Instant.ofEpochMilli(first), ZoneOffset.UTC),
                LocalDate.ofInstant(Instant.ofEpochMilli(end - 1), ZoneOffset.UTC),
                (System.nanoTime() - started) / 1e9);
    }

    private static boolean hasEvents(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from events where project_id = ? limit 1")) {
            statement.setString(1, PROJECT);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static long millisecondsOf(Instant instant) {
        return instant.toEpochMilli();
    }
}
