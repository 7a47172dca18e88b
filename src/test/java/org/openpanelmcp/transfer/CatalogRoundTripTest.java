package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a catalog says survives import and export; what was taken away does not come back. */
class CatalogRoundTripTest {
    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
    private static final String CATALOG = """
            {"formatVersion": 1,
             "organizations": [{"id": "acme", "name": "Acme", "timezone": "Europe/Stockholm",
                                "createdAt": "2026-01-01T00:00:00Z", "plan": {"name": "pro", "limits": [1.10, null]}}],
             "projects": [{"id": "blog", "name": "Blog", "organizationId": "acme", "domain": null, "types": [],
                           "timezone": "Asia/Tokyo", "createdAt": "2026-01-01T00:00:00Z"},
                          {"id": "shop", "name": "Shop", "organizationId": "acme", "domain": "https://shop.test",
                           "types": ["website", "app"], "timezone": null, "createdAt": "2026-01-01T00:00:00Z",
                           "cors": ["*"]}],
             "revokedClients": [{"id": "22222222-2222-4222-8222-222222222222", "organizationId": "acme",
                                 "projectId": "shop", "revokedAt": "2026-03-01T00:00:00Z", "why": "lost"}],
             "clients": [{"id": "%s", "name": "reader", "type": "read", "organizationId": "acme", "projectId": "shop",
                          "secretHash": "salt.hash", "createdAt": "2026-02-01T00:00:00Z", "ignoreCorsAndSecret": false}],
             "boards": [{"id": "1", "projectId": "blog", "big": 12345678901234567890123.50},
                        {"id": "1", "projectId": "shop", "text": "\\u0000\\ud83d\\ude00"}],
             "generation": 7,
             "nothing": [],
             "words": ["a", "b"]}""".formatted(CLIENT);

    @TempDir
    Path temporary;

    @Test
    void allOfItComesBackWordForWord() {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder(CATALOG));
            var exported = export(installation);
            assertThat(sorted(exported)).isEqualTo(sorted(CatalogFile.JSON.readTree(CATALOG)));
            try (var again = new Installation(temporary.resolve("again"))) {
                again.load(folder(exported.toString()));
                assertThat(export(again)).isEqualTo(exported);
            }
        }
    }

    @Test
    void anotherOrderOfEntriesThatShareAnIdAddsNothing() {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder("{\"boards\": [{\"id\": \"1\", \"n\": 1}, {\"id\": \"1\", \"n\": 2}]}"));
            installation.load(folder("{\"boards\": [{\"id\": \"1\", \"n\": 2}, {\"id\": \"1\", \"n\": 1}]}"));
            assertThat(export(installation).get("boards")).hasSize(2);
        }
    }

    @Test
    void aRevokedClientDoesNotComeBack() {
        try (var installation = new Installation(temporary.resolve("data"))) {
            installation.load(folder(CATALOG));
            installation.metadata.clients().revoke(CLIENT);
            var report = installation.load(folder(CATALOG)).tables().stream()
                    .filter(table -> table.table().equals("catalog clients"))
                    .toList();
            assertThat(report.getFirst().refusals().getFirst().reason())
                    .contains("Client '" + CLIENT + "' was revoked at")
                    .contains("client create");
            assertThat(installation.metadata.clients().find(CLIENT)).isEmpty();
        }
    }

    @Test
    void aRevocationIsCarriedOutWhereTheClientLives() {
        try (var installation = new Installation(temporary.resolve("data"));
                var other = new Installation(temporary.resolve("other"))) {
            installation.load(folder(CATALOG));
            other.load(folder(CATALOG));
            installation.metadata.clients().revoke(CLIENT);
            other.load(folder(export(installation).toString()));
            assertThat(other.metadata.clients().find(CLIENT)).isEmpty();
            assertThat(other.metadata.clients().revoked()).hasSize(2);
        }
    }

    @Test
    void aDeletedOrganizationDoesNotComeBackAndIsDeletedElsewhere() {
        try (var installation = new Installation(temporary.resolve("data"));
                var other = new Installation(temporary.resolve("other"))) {
            installation.load(folder(CATALOG));
            other.load(folder(CATALOG));
            installation.metadata.organizations().delete("acme", Instant.parse("2026-05-01T00:00:00Z"));
            installation.load(folder(CATALOG));
            assertThat(installation.metadata.organizations().find("acme")).isEmpty();
            var exported = export(installation);
            assertThat(exported.at("/organizations/0/deletedAt").asString()).isEqualTo("2026-05-01T00:00:00Z");
            assertThat(exported.get("projects")).isEmpty();
            assertThat(exported.has("boards")).isFalse();
            other.load(folder(exported.toString()));
            assertThat(other.metadata.organizations().find("acme")).isEmpty();
            assertThat(new CatalogLoad(other.metadata).projects()).isEmpty();
            assertThat(other.load(folder(exported.toString())).loadedNothing()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, from a newer version of this program",
        "99999999999, from a newer version of this program",
        "0, must be a whole number from 1 to 1",
        "'\"1\"', must be a whole number from 1 to 1",
        "1.5, must be a whole number from 1 to 1"
    })
    void anotherFormatIsRefusedAndNothingLoaded(String version, String message) throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            var folder = folder(CATALOG.replace("\"formatVersion\": 1", "\"formatVersion\": " + version));
            Files.writeString(
                    folder.resolve("events.csv"),
                    "name,project_id,device_id,created_at\nview,shop,d,2026-01-01 10:00:00\n");
            assertThatThrownBy(() -> installation.load(folder))
                    .isInstanceOf(TransferProblem.class)
                    .hasMessageContaining("formatVersion " + version)
                    .hasMessageContaining(message);
            assertThat(installation.rows("select count(*) from events")).containsExactly("0");
            assertThat(installation.metadata.organizations().list()).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeLoadedLeavesNothingOfTheCatalog() throws Exception {
        try (var installation = new Installation(temporary.resolve("data"))) {
            var folder = folder(CATALOG);
            Files.writeString(folder.resolve("events.csv"), "name\nview\n");
            assertThatThrownBy(() -> installation.load(folder)).isInstanceOf(TransferProblem.class);
            assertThat(installation.metadata.organizations().list()).isEmpty();
            assertThat(installation.metadata.catalog().list()).isEmpty();
            assertThat(installation.metadata.clients().revoked()).isEmpty();
        }
    }

    private JsonNode export(Installation installation) {
        try {
            var folder =
                    Files.createDirectory(temporary.resolve(UUID.randomUUID().toString()));
            new Export(installation.events, installation.metadata)
                    .run(folder, new ExportOptions(List.of(), TransferFormat.PARQUET), Progress.SILENT);
            return CatalogFile.read(folder).orElseThrow();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private Path folder(String catalog) {
        return Installation.folder(temporary.resolve(UUID.randomUUID().toString()), "catalog.json", catalog);
    }

    /** Members by name: their order says nothing. */
    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(property -> property.getKey() + ": " + sorted(property.getValue()))
                    .sorted()
                    .toList()
                    .toString();
        }
        return node.isArray()
                ? node.valueStream()
                        .map(CatalogRoundTripTest::sorted)
                        .sorted()
                        .toList()
                        .toString()
                : node.toString();
    }
}
