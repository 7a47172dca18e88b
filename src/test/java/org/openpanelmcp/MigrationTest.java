package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.cli.OpenPanelCommand;
import org.openpanelmcp.cli.Surroundings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another product's export goes into a running server, whose answers are then the other product's figures. */
class MigrationTest {
    private static final Path FILES = Path.of("src", "test", "resources", "foreign");

    @TempDir
    Path data;

    private String token;

    @BeforeEach
    void makeAProject() {
        run("org", "create", "--id", "acme", "--name", "Acme", "--timezone", "Europe/Stockholm", "--json");
        run("project", "create", "--id", "shop", "--org", "acme", "--name", "Shop", "--json");
        token = run("client", "create", "--project", "shop", "--type", "read", "--json")
                .path("mcpToken")
                .asString();
    }

    @Test
    void theOverviewShowsTheOldFiguresOfEachDay() throws Exception {
        try (var server = TestServer.start(data, Map.of())) {
            var report = importFrom("plausible", "plausible");
            var overview = server.caller(token)
                    .call("get_analytics_overview", "{\"startDate\":\"2024-03-01\",\"endDate\":\"2024-03-02\"}");
            for (int i = 0; i < 2; i++) {
                var shown = overview.at("/series/" + i);
                var old = report.at("/days/" + i + "/old");
                assertThat(shown.path("date").asString())
                        .startsWith(report.at("/days/" + i + "/day").asString());
                assertThat(shown.path("unique_visitors")).isEqualTo(old.path("visitors"));
                assertThat(shown.path("total_sessions")).isEqualTo(old.path("visits"));
                assertThat(shown.path("total_screen_views")).isEqualTo(old.path("pageviews"));
            }
            assertThat(overview.at("/series/0/bounce_rate").doubleValue()).isEqualTo(40);
            var countries = server.caller(token)
                    .call("get_country_breakdown", "{\"startDate\":\"2024-03-01\",\"endDate\":\"2024-03-01\"}");
            assertThat(countries.content().toString()).contains("\"SE\"").contains("\"DE\"");
        }
    }

    @Test
    void theReportIsTheSameWithAndWithoutAServer() throws Exception {
        var alone = importFrom("umami", "umami.csv");
        try (var server = TestServer.start(data, Map.of())) {
            assertThat(server.port()).isPositive();
            var again = importFrom("umami", "umami.csv");
            assertThat(again.path("days")).isEqualTo(alone.path("days"));
            assertThat(again.at("/loads/0/loaded").intValue()).isZero();
            assertThat(alone.at("/loads/0/loaded").intValue()).isPositive();
        }
        assertThat(data.resolve("incoming")).isEmptyDirectory();
    }

    private JsonNode importFrom(String product, String file) {
        return run("import-from", product, FILES.resolve(file).toString(), "--project", "shop", "--json");
    }

    private JsonNode run(String... arguments) {
        var out = new StringWriter();
        var error = new StringWriter();
        var surroundings = new Surroundings(
                Map.of("OPENPANEL_DATA", data.toString()),
                InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
                "1.2.3");
        int exitCode = OpenPanelCommand.finished(OpenPanelCommand.withDataCommands(surroundings), surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
        assertThat(exitCode).as(error.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }
}
