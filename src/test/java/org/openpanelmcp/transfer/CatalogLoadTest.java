package org.openpanelmcp.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.CatalogEntry;
import org.openpanelmcp.metadata.Client;

class CatalogLoadTest {
    private static final String CLIENT = "11111111-1111-4111-8111-111111111111";

    @TempDir
    Path temporary;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(temporary.resolve("data"));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void loadsClientsWithTheirSecretHashes() {
        load(catalog(client("read", "shop")));
        assertThat(installation.metadata.clients().find(CLIENT))
                .contains(new Client(
                        CLIENT,
                        "reader",
                        Client.Type.READ,
                        "acme",
                        "shop",
                        "salt.hash",
                        Instant.parse("2026-02-01T00:00:00Z")));
        assertThat(installation
                        .metadata
                        .organizations()
                        .find("acme")
                        .orElseThrow()
                        .zone())
                .isEqualTo(ZoneId.of("Europe/Stockholm"));
    }

    @Test
    void keepsUnknownListsAndUnknownFieldsWordForWord() {
        load(catalog("""
                "dashboards": [{"id": "d1", "projectId": "shop", "name": "Growth", "tiles": [1, {"a": null}]}],
                "eventMeta": [{"projectId": "shop", "name": "sign_up", "conversion": true}],
                "generation": 3, "scores": [1.10, 12345678901234567890.5], "nothing": []"""));
        assertThat(installation.metadata.catalog().list())
                .containsExactlyInAnyOrder(
                        new CatalogEntry(
                                "dashboards",
                                "d1",
                                "shop",
                                "{\"id\":\"d1\",\"projectId\":\"shop\",\"name\":\"Growth\",\"tiles\":[1,{\"a\":null}]}"),
                        new CatalogEntry(
                                "eventMeta",
                                "shop:sign_up",
                                "shop",
                                "{\"projectId\":\"shop\",\"name\":\"sign_up\",\"conversion\":true}"),
                        new CatalogEntry("generation", "", "", "3"),
                        new CatalogEntry("scores", "aa672d37ec3c3f8002f2a87bba68fd3c", "", "1.10"),
                        new CatalogEntry("scores", "f799ee657c2a8d1aa5ab5f3f15cd3fa3", "", "12345678901234567890.5"),
                        new CatalogEntry("nothing", "", "", "[]"));
    }

    @Test
    void keepsFieldsThatAKnownEntryHasNoPlaceFor() {
        load(catalog(client("read", "shop").replace("\"name\"", "\"cors\": [\"*\"], \"name\"")));
        assertThat(installation.metadata.catalog().list())
                .containsExactly(new CatalogEntry("clients", CLIENT, "shop", "{\"cors\":[\"*\"]}"));
    }

    @Test
    void refusesEntriesThatCannotBeAndLoadsTheOthers() {
        var report = load(catalog(client("read", "nowhere") + ", \"references\": [{\"id\": \"r\"}]"));
        var clients = table(report, "catalog clients");
        assertThat(clients.refused()).isEqualTo(1);
        assertThat(clients.refusals().getFirst().reason()).contains("nowhere");
        assertThat(table(report, "catalog references").loaded()).isEqualTo(1);
    }

    @Test
    void refusesAClientOfAnUnknownType() {
        var clients = table(load(catalog(client("admin", "shop"))), "catalog clients");
        assertThat(clients.refusals().getFirst().reason()).isEqualTo("the type 'admin' is none of read, write, root");
    }

    @Test
    void doesNotBringBackADeletedProject() {
        load(Installation.CATALOG);
        installation.metadata.projects().delete("shop", Instant.EPOCH);
        var projects = table(load(Installation.CATALOG), "catalog projects");
        assertThat(projects.refusals().getFirst().reason()).contains("was deleted here");
        assertThat(new CatalogLoad(installation.metadata).projects()).isEmpty();
    }

    @Test
    void namesTheLineOfBrokenJson() {
        assertThatThrownBy(() -> load("{\n\"organizations\": [\n}"))
                .isInstanceOf(TransferProblem.class)
                .hasMessageContaining("no valid JSON (line 3)");
        assertThatThrownBy(() -> load("[]")).hasMessageContaining("must be a JSON object");
    }

    @Test
    void saysWhatWasThereAlready() {
        load(catalog(client("read", "shop")));
        var again = load(catalog(client("read", "shop")));
        assertThat(again.loadedNothing()).isTrue();
        assertThat(again.tables().stream()
                        .mapToLong(ImportReport.Table::alreadyThere)
                        .sum())
                .isEqualTo(3);
    }

    private ImportReport load(String catalog) {
        return installation.load(Installation.folder(temporary.resolve("folder"), "catalog.json", catalog));
    }

    private static ImportReport.Table table(ImportReport report, String name) {
        var found = report.tables().stream()
                .filter(table -> table.table().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return List.copyOf(found).getFirst();
    }

    private static String client(String type, String project) {
        return """
                "clients": [{"id": "%s", "name": "reader", "type": "%s", "organizationId": "acme", "projectId": "%s",
                             "secretHash": "salt.hash", "createdAt": "2026-02-01T00:00:00Z"}]""".formatted(CLIENT, type, project);
    }

    private static String catalog(String more) {
        return Installation.CATALOG.substring(0, Installation.CATALOG.length() - 1) + ", " + more + "}";
    }
}
