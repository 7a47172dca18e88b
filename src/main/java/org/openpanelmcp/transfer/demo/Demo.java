package org.openpanelmcp.transfer.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.Progress;

/**
 * Fills an installation with two invented projects, 90 days each: a shop with a rhythm, a campaign, a purchase funnel,
 * and three days on which the checkout fails in one browser version; and an app in another time zone with trials,
 * subscriptions, clubs and a release that crashes.
 */
public final class Demo {
    public static final String ORGANIZATION = "demo";
    public static final String PROJECT = ShopScenario.PROJECT;
    public static final String APP = AppScenario.PROJECT;

    /** Grows when the invented data changes, so that what was made before is made anew. */
    public static final int FORM = 2;

    private static final ZoneId ZONE = ZoneId.of("UTC");

    private final DemoOptions options;
    private final int slice;
    private final List<Part> parts;

    /**
     * @param share of all events
     * @param seed so that one part does not depend on how much chance another one used
     */
    private record Part(Scenario scenario, Timeline timeline, double share, long seed) {
        static Part of(Scenario scenario, DemoOptions options, double share, long seed) {
            return new Part(scenario, new Timeline(scenario.about().zone(), options.until()), share, seed);
        }

        Production production(long events, int slice) {
            return new Production(scenario, timeline, Math.round(events * share), new SplittableRandom(seed), slice);
        }
    }

    private Demo(DemoOptions options, int slice) {
        this.options = options;
        this.slice = slice;
        var seeds = new SplittableRandom(options.seed());
        this.parts = List.of(
                Part.of(new ShopScenario(options.seed()), options, 0.9, seeds.nextLong()),
                Part.of(new AppScenario(options.seed()), options, 0.1, seeds.nextLong()));
    }

    /**
     * Makes organization, projects and rows, and marks the installation as test data. Makes no rows when the projects
     * have events already. Rows are written in several transactions: a demo that is cut short must be removed.
     */
    public static DemoReport load(DuckDbDatabase events, Metadata metadata, DemoOptions options, Progress progress) {
        return load(events, metadata, options, progress, Production.SLICE);
    }

    static DemoReport load(
            DuckDbDatabase events, Metadata metadata, DemoOptions options, Progress progress, int slice) {
        var started = System.nanoTime();
        var demo = new Demo(options, slice);
        demo.describe(metadata);
        var made = events.read(Demo::hasEvents) ? List.<DemoReport.Made>of() : demo.rows(events, progress);
        events.checkpoint();
        progress.report("done", 1);
        return new DemoReport(ORGANIZATION, made, (System.nanoTime() - started) / 1e9);
    }

    private void describe(Metadata metadata) {
        var createdAt = parts.getFirst().timeline().firstInstant();
        metadata.organizations().save(new Organization(ORGANIZATION, "Demo", ZONE, createdAt));
        for (var part : parts) {
            var about = part.scenario().about();
            metadata.projects()
                    .save(new Project(
                            about.projectId(),
                            ORGANIZATION,
                            about.name(),
                            about.origin().isEmpty() ? null : about.origin(),
                            List.of(about.type()),
                            about.zone().equals(ZONE) ? null : about.zone(),
                            part.timeline().firstInstant(),
                            null));
            metadata.catalog()
                    .save(part.scenario().references().stream()
                            .map(reference -> reference.entry(about.projectId(), part.timeline()))
                            .toList());
        }
        metadata.facts().put(Import.TEST_DATA, "true");
    }

    private List<DemoReport.Made> rows(DuckDbDatabase events, Progress progress) {
        var made = new ArrayList<DemoReport.Made>();
        double before = 0;
        for (var part : parts) {
            var done = before;
            var step = "inventing " + part.scenario().about().name();
            progress.report(step, 0.97 * done);
            made.add(part.production(options.events(), slice)
                    .run(events, now -> progress.report(step, 0.97 * (done + part.share() * now))));
            before += part.share();
        }
        progress.report("writing", 0.97);
        return made;
    }

    private static boolean hasEvents(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from events where project_id in (?, ?) limit 1")) {
            statement.setString(1, PROJECT);
            statement.setString(2, APP);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
