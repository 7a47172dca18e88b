package org.openpanelmcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFromTest {
    private static final Path FILES = Path.of("src", "test", "resources", "foreign");

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void makeAProject() {
        terminal = new Terminal(folder);
        terminal.run("org", "create", "--id", "acme", "--name", "Acme", "--timezone", "Europe/Stockholm");
        terminal.run("project", "create", "--id", "shop", "--org", "acme", "--name", "Shop");
    }

    @Test
    void thePersonSeesRowsReasonsAndTheDaysThatDiffer() {
        var outcome = terminal.run("import-from", "umami", file("umami.csv"), "--project", "shop");
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" {2,}", " ")))
                .contains(
                        "7 rows read, 3 refused, 0 repeated.",
                        "umami.csv: 1 rows refused: created_at is no time between the year 2000 and now; expected is"
                                + " 2024-03-01 10:00:00 (first: 'yesterday'), lines [8]",
                        "TABLE MADE LOADED THERE REFUSED",
                        "events 11 11 0 0",
                        "DAY VISITORS VISITS PAGEVIEWS BOUNCES SECONDS",
                        "2024-03-01 Umami 1 1 2 0 60",
                        " here 1 1 2 0 150",
                        "all days Umami 2 2 3 1 60");
        var again = terminal.run("import-from", "UMAMI", file("umami.csv"), "--project", "shop");
        assertThat(again.out()).contains("Nothing new: everything was there already.");
    }

    @Test
    void daysThatAgreeAreShownOnRequest() {
        terminal.run("import-from", "plausible", file("plausible"), "--project", "shop");
        var terse = terminal.run("import-from", "plausible", file("plausible"), "--project", "shop");
        assertThat(terse.out())
                .contains("Days in Europe/Stockholm: 2, of which 1 differ.")
                .doesNotContain("2024-03-01");
        assertThat(terse.out()).contains("2024-03-02: bounces cannot be 2 with 3 page views");
        var verbose = terminal.run("import-from", "plausible", file("plausible"), "--project", "shop", "--verbose");
        assertThat(verbose.out()).contains("2024-03-01");
    }

    @Test
    void whatIsUnknownIsNamed() {
        var project = terminal.run("import-from", "umami", file("umami.csv"), "--project", "shp");
        assertThat(project.exitCode()).isEqualTo(1);
        assertThat(project.error()).contains("There is no project 'shp'. Did you mean 'shop'?");
        var zone = terminal.run(
                "import-from", "umami", file("umami.csv"), "--project", "shop", "--timezone", "Europe/Stokholm");
        assertThat(zone.error()).contains("Did you mean 'Europe/Stockholm'?");
        var product = terminal.run("import-from", "matomo", file("umami.csv"), "--project", "shop");
        assertThat(product.exitCode()).isEqualTo(2);
        assertThat(product.error()).contains("matomo").contains("UMAMI");
    }

    private static String file(String name) {
        return FILES.resolve(name).toString();
    }
}
