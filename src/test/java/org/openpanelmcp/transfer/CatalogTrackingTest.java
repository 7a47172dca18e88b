package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.TrackingRules;
import tools.jackson.databind.JsonNode;

/** From where a project takes events comes in with a catalog, and goes out with it as it is then. */
class CatalogTrackingTest {
    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
    private static final String CATALOG = """
            {"organizations": [{"id": "acme", "name": "Acme"}],
             "projects": [{"id": "shop", "name": "Shop", "organizationId": "acme", "types": [],
                           "cors": ["https://shop.test", "*.shop.test"], "allowUnsafeRevenueTracking": true,
                           "filters": [{"type": "ip", "ip": "203.0.113.9"}]},
                          {"id": "blog", "name": "Blog", "organizationId": "acme", "types": []}],
             "clients": [{"id": "%s", "name": "web", "type": "write", "organizationId": "acme", "projectId": "shop",
                          "ignoreCorsAndSecret": true}]}""".formatted(CLIENT);

    @TempDir
    Path temporary;

    private int folders;

    private Path folder(String catalog) {
        return Installation.folder(temporary.resolve("in" + folders++), "catalog.json", catalog);
    }

    private JsonNode export(Installation installation) throws IOException {
        var folder = Files.createDirectory(temporary.resolve("out" + folders++));
        new Export(installation.events, installation.metadata)
                .run(folder, new ExportOptions(List.of(), TransferFormat.PARQUET), Progress.SILENT);
        return CatalogFile.read(folder).orElseThrow();
    }

    private static JsonNode shop(JsonNode catalog) {
        return catalog.path("projects").values().stream()
                .filter(project -> project.path("id").asString().equals("shop"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCatalogBringsTheRules() {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder(CATALOG));
            var tracking = installation.metadata.tracking();
            assertThat(tracking.find("shop"))
                    .hasValue(new TrackingRules(
                            List.of("https://shop.test", "*.shop.test"),
                            true,
                            "[{\"type\":\"ip\",\"ip\":\"203.0.113.9\"}]"));
            assertThat(tracking.find("blog")).isEmpty();
            assertThat(tracking.isOpen(CLIENT)).isTrue();
        }
    }

    @Test
    void whatWasChangedSinceGoesOut() throws IOException {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder(CATALOG));
            var tracking = installation.metadata.tracking();
            tracking.save("shop", new TrackingRules(List.of("https://new.test"), false, "[]"));
            tracking.setOpen(CLIENT, false);
            var exported = export(installation);
            assertThat(shop(exported).path("cors").toString()).isEqualTo("[\"https://new.test\"]");
            assertThat(shop(exported).path("filters").toString()).isEqualTo("[]");
            assertThat(shop(exported).path("allowUnsafeRevenueTracking").asBoolean())
                    .isFalse();
            assertThat(exported.path("clients")
                            .get(0)
                            .path("ignoreCorsAndSecret")
                            .asBoolean())
                    .isFalse();
            try (var again = new Installation(temporary.resolve("again"))) {
                again.load(folder(exported.toString()));
                assertThat(again.metadata.tracking().find("shop")).isEqualTo(tracking.find("shop"));
                assertThat(again.metadata.tracking().isOpen(CLIENT)).isFalse();
            }
        }
    }

    @Test
    void rulesThatAreNoneAreRefusedByName() {
        try (var installation = new Installation(temporary.resolve("data"))) {
            var report =
                    installation.load(folder(CATALOG.replace("\"*.shop.test\"", "\"no origin\"")), "catalog projects");
            assertThat(report.refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.toString()).contains("no origin"));
            assertThat(installation.metadata.tracking().find("shop")).isEmpty();
        }
    }
}
