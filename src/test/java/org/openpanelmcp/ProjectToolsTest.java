package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openpanelmcp.FixtureServer.warnings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.CatalogEntry;
import tools.jackson.databind.json.JsonMapper;

/** Links to a dashboard: only to what there is, whatever an id looks like. */
class ProjectToolsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE = "https://stats.example/panel";

    @TempDir
    static Path data;

    private static FixtureServer server;

    @BeforeAll
    static void start() throws IOException {
        server = FixtureServer.start(data, Map.of("dashboard-url", BASE + "/"));
        try (var metadata = server.metadataOfAnotherProcess()) {
            metadata.catalog()
                    .save(List.of(
                            new CatalogEntry("dashboards", "a/b", "p1", "{}"),
                            new CatalogEntry("dashboards", "..", "p1", "{}"),
                            new CatalogEntry("dashboards", "50% ; é#?x", "p1", "{}"),
                            new CatalogEntry("reports", "r1", "p1", "{}"),
                            new CatalogEntry("reports", "foreign", "heron", "{}")));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePagesOfAProject() {
        var links = server.ask(Who.READ, "get_dashboard_urls", "{}").content();
        assertThat(links.get("overview").stringValue()).isEqualTo(BASE + "/first/p1");
        for (var page :
                List.of("events", "profiles", "sessions", "dashboards", "reports", "realtime", "pages", "insights")) {
            assertThat(links.get(page).stringValue()).isEqualTo(BASE + "/first/p1/" + page);
        }
        assertThat(links.propertyNames()).doesNotContain("profile", "session", "dashboard", "report");
        assertThat(links.at("/meta/dashboardUrl").stringValue()).isEqualTo(BASE + "/first/p1");
    }

    @Test
    void onlyToWhatThereIs() {
        var answer = server.ask(
                Who.READ,
                "get_dashboard_urls",
                "{\"profileId\":\"u1\",\"sessionId\":\"s99\",\"dashboardId\":\"nothing\",\"reportId\":\"foreign\"}");
        assertThat(answer.at("/profile").stringValue()).isEqualTo(BASE + "/first/p1/profiles/u1");
        assertThat(answer.content().propertyNames()).doesNotContain("session", "dashboard", "report");
        assertThat(warnings(answer))
                .containsExactly(
                        "The project has no session \"s99\", so there is no address for it.",
                        "The project has no dashboard \"nothing\", so there is no address for it.",
                        "The project has no report \"foreign\", so there is no address for it.");
    }

    @Test
    void noCharacterOfAnIdLeavesItsSegment() {
        for (var id : List.of("a/b", "..", "50% ; é#?x")) {
            var arguments = JSON.createObjectNode().put("dashboardId", id).toString();
            var link = URI.create(server.ask(Who.READ, "get_dashboard_urls", arguments)
                    .at("/dashboard")
                    .stringValue());
            var segments = link.getRawPath().split("/");
            assertThat(segments).as(link.toString()).hasSize(6);
            assertThat(link.getRawQuery()).isNull();
            assertThat(link.getRawFragment()).isNull();
            assertThat(link.normalize()).isEqualTo(link);
            assertThat(URI.create("x:/" + segments[5]).getPath().substring(1)).isEqualTo(id);
        }
    }

    @Test
    void withoutADashboardThereAreNoLinksAndTheAnswerSaysWhy(@TempDir Path other) throws IOException {
        try (var plain = FixtureServer.start(other)) {
            var answer = plain.ask(Who.READ, "get_dashboard_urls", "{\"profileId\":\"u1\"}");
            assertThat(answer.content().propertyNames()).containsExactly("meta");
            assertThat(warnings(answer)).hasSize(1).allMatch(text -> text.contains("--dashboard-url"));
            assertThat(answer.at("/meta").has("dashboardUrl")).isFalse();
        }
    }
}
