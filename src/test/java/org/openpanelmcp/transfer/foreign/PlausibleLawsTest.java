package org.openpanelmcp.transfer.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the import of every export that real visits could have made, on seeded random ones. */
class PlausibleLawsTest {
    private static final String DAY = "strftime(timezone('Europe/Stockholm', timezone('UTC', created_at)), '%Y-%m-%d')";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void figuresAgreeByDayAndByEverything(long seed) throws Exception {
        var random = new Random(seed);
        // Small days and large ones, among them the one with 23 hours.
        var sample = new PlausibleSample(random, 4, seed % 2 == 0 ? 12 : 400);
        var export = temporary.resolve("export");
        sample.write(export);
        var migration = new Migration(temporary.resolve("data"), "Europe/Stockholm");
        var report = migration.load(Product.PLAUSIBLE, export);

        assertThat(report.refusals()).isEmpty();
        assertThat(report.days()).isNotEmpty().allMatch(ForeignReport.Day::agrees);
        assertThat(migration.rows("select " + DAY + " || '|' || path || '|' || count(*) from events"
                        + " where name = 'screen_view' group by " + DAY + ", path order by 1"))
                .containsExactlyInAnyOrderElementsOf(sample.pages());
        assertThat(visits(migration, "entry_path")).containsExactlyInAnyOrderElementsOf(sample.ends(true));
        assertThat(visits(migration, "exit_path")).containsExactlyInAnyOrderElementsOf(sample.ends(false));
        var exact = report.days().stream().allMatch(day -> day.reasons().isEmpty());
        check(migration, "referrer_name", sample.by(PlausibleLawsTest::first, "sources"), exact);
        check(migration, "country", sample.by(PlausibleLawsTest::first, "locations"), exact);
        check(migration, "device", sample.by(PlausibleLawsTest::device, "devices"), exact);
        check(migration, "browser || ',' || browser_version", sample.by(label -> label, "browsers"), exact);
        check(migration, "os", sample.by(PlausibleLawsTest::first, "operating_systems"), exact);
        assertThat(exact).as("days with reasons: %s", report.days()).isTrue();
    }

    private static String first(String label) {
        return label.substring(0, label.indexOf(','));
    }

    private static String device(String label) {
        return label.equals("Laptop") ? "desktop" : label.toLowerCase(Locale.ROOT);
    }

    private static List<String> visits(Migration migration, String column) {
        return migration.rows("select day || '|' || label || '|' || count(*) from (select " + DAY + " as day, " + column
                + " as label from sessions) group by day, label");
    }

    private static void check(Migration migration, String column, List<String> expected, boolean withViews) {
        var stored = migration.rows(
                "select day || '|' || label || '|' || count(*) || '|' || sum(views) from (select " + DAY + " as day, "
                        + column + " as label, screen_view_count as views from sessions) group by day, label");
        Function<String, String> shown = row -> withViews ? row : row.substring(0, row.lastIndexOf('|'));
        assertThat(stored.stream().map(shown))
                .as(column)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(shown).toList());
    }
}
