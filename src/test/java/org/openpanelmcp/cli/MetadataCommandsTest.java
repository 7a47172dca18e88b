package org.openpanelmcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.access.Secrets;
import org.openpanelmcp.access.Token;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;

class MetadataCommandsTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @Test
    void anOrganizationIsMadeAndListed() {
        var made = succeed(
                "org", "create", "--id", "acme", "--name", " Acme ", "--timezone", "Europe/Stockholm", "--json");

        assertThat(made.json().path("id").asString()).isEqualTo("acme");
        assertThat(made.json().path("name").asString()).isEqualTo("Acme");
        assertThat(made.json().path("timezone").asString()).isEqualTo("Europe/Stockholm");
        assertThat(made.json().path("createdAt").asString()).isEqualTo(Terminal.NOW.toString());
        assertThat(succeed("org", "list", "--json").json().get(0)).isEqualTo(made.json());
        assertThat(succeed("org", "list").out()).startsWith("ID ").contains("acme  Acme  Europe/Stockholm");
    }

    @Test
    void aProjectIsMadeAndListed() {
        organization("acme");
        organization("globex");

        succeed(
                "project",
                "create",
                "--id",
                "shop",
                "--org",
                "acme",
                "--name",
                "Shop",
                "--domain",
                "https://shop.test",
                "--type",
                "website,app",
                "--timezone",
                "America/New_York");
        succeed("project", "create", "--id", "app", "--org", "globex", "--name", "App");

        try (var metadata = metadata()) {
            assertThat(metadata.projects().find("shop"))
                    .contains(new Project(
                            "shop",
                            "acme",
                            "Shop",
                            "https://shop.test",
                            List.of("website", "app"),
                            ZoneId.of("America/New_York"),
                            Terminal.NOW,
                            null));
        }
        assertThat(succeed("project", "list").out()).contains("shop", "app");
        assertThat(succeed("project", "list", "--org", "globex").out())
                .contains("app")
                .doesNotContain("shop");
        var listed = succeed("project", "list", "--org", "globex", "--json").json();
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("domain").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write"})
    void aClientOfAProjectIsMade(String type) {
        project("acme", "shop");

        var json = succeed("client", "create", "--project", "shop", "--type", type, "--name", "Bot", "--json")
                .json();

        try (var metadata = metadata()) {
            var client =
                    metadata.clients().find(json.path("clientId").asString()).orElseThrow();
            assertThat(client.type()).isEqualTo(Client.Type.valueOf(type.toUpperCase(Locale.ROOT)));
            assertThat(client.organizationId()).isEqualTo("acme");
            assertThat(client.projectId()).isEqualTo("shop");
            assertThat(Secrets.matches(json.path("clientSecret").asString(), String.valueOf(client.secretHash())))
                    .isTrue();
        }
    }

    @Test
    void theTokenOfANewClientHoldsItsIdAndSecret() {
        organization("acme");

        var json = succeed("client", "create", "--org", "acme", "--type", "ROOT", "--json")
                .json();

        assertThat(Token.decode(json.path("mcpToken").asString()))
                .contains(new Token(
                        json.path("clientId").asString(),
                        json.path("clientSecret").asString()));
        assertThat(json.path("projectId").isNull()).isTrue();
        assertThat(json.path("name").asString()).isEqualTo("root client");
    }

    @Test
    void aWriteClientHasNoToken() {
        project("acme", "shop");

        assertThat(succeed("client", "create", "--project", "shop", "--type", "write", "--json")
                        .json()
                        .path("mcpToken")
                        .isNull())
                .isTrue();
    }

    @Test
    void peopleAreToldThatTheSecretIsShownOnce() {
        project("acme", "shop");

        var out = succeed("client", "create", "--project", "shop", "--type", "read")
                .out();

        assertThat(out)
                .contains("shown this once")
                .containsPattern("sec_[0-9a-f]{20}")
                .contains("MCP token:");
        assertThat(succeed("client", "list").out())
                .contains("read", "acme", "shop")
                .doesNotContain("sec_");
        assertThat(succeed("client", "list", "--json").out()).doesNotContain("ecret");
    }

    @Test
    void aServerThatRunsSeesWhatTheCommandsDo() {
        project("acme", "shop");
        try (var server = metadata()) {
            var id = succeed("client", "create", "--project", "shop", "--type", "read", "--json")
                    .json()
                    .path("clientId")
                    .asString();
            assertThat(server.clients().find(id)).isPresent();

            succeed("client", "revoke", id);
            assertThat(server.clients().find(id)).isEmpty();

            succeed("project", "delete", "shop");
            assertThat(server.projects().list("acme")).isEmpty();

            succeed("org", "delete", "acme");
            assertThat(server.organizations().find("acme")).isEmpty();
        }
    }

    @Test
    void anOrganizationWithProjectsIsNotDeleted() {
        project("acme", "shop");

        assertFails("still has projects: shop", "org", "delete", "acme");
    }

    @Test
    void deletingIsToldToProgramsToo() {
        organization("acme");

        assertThat(succeed("org", "delete", "acme", "--json")
                        .json()
                        .path("deleted")
                        .asString())
                .isEqualTo("acme");
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        project("acme", "acme-shop");

        assertFails("no organization 'acmee'. Did you mean 'acme'?", "project", "list", "--org", "acmee");
        assertFails(
                "no organization 'zzz'. 'org list' shows",
                "project",
                "create",
                "--id",
                "x",
                "--org",
                "zzz",
                "--name",
                "X");
        assertFails(
                "no project 'acme-shpo'. Did you mean 'acme-shop'?",
                "client",
                "create",
                "--project",
                "acme-shpo",
                "--type",
                "read");
        assertFails("no client '1'. 'client list' shows", "client", "revoke", "1");
        assertFails(
                "no time zone 'Europe/Stokholm'. Use an IANA name such as Europe/Stockholm. Did you mean 'Europe/Stockholm'?",
                "org",
                "create",
                "--id",
                "b",
                "--name",
                "B",
                "--timezone",
                "Europe/Stokholm");
    }

    @Test
    void withoutAnyOrganizationTheNextStepIsNamed() {
        assertFails("Make one with 'org create'", "project", "list", "--org", "acme");
    }

    @Test
    void aDeletedProjectIsUnknownAndItsIdStaysTaken() {
        project("acme", "shop");
        succeed("project", "delete", "shop");

        assertFails("no project 'shop'", "client", "create", "--project", "shop", "--type", "read");
        assertFails("no project 'shop'", "project", "delete", "shop");
        assertFails("'shop' is taken", "project", "create", "--id", "shop", "--org", "acme", "--name", "Shop");
    }

    @Test
    void badIdsNamesAndTypesAreRefused() {
        organization("acme");

        assertFails("'acme' is taken", "org", "create", "--id", "acme", "--name", "Again");
        assertFails("for example 'my-org'", "org", "create", "--id", "My Org", "--name", "X");
        assertFails("an address of the server itself", "org", "create", "--id", "mcp", "--name", "X");
        assertFails("use 1 to 200 characters", "org", "create", "--id", "b", "--name", " ");
        assertFails(
                "Allowed: website, app, backend",
                "project",
                "create",
                "--id",
                "x",
                "--org",
                "acme",
                "--name",
                "X",
                "--type",
                "shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org create --id acme",
                "client create --project shop",
                "client create --project shop --type admin",
                "client create --project shop --type root",
                "client create --org acme --type read",
                "client create --org acme --project shop --type read",
                "client revoke"
            })
    void wrongUsageIsExitCode2WithHelp(String arguments) {
        var outcome = terminal.run(arguments.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.error()).contains("Usage:");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void anUnknownCommandIsExitCode2WithTheNearest() {
        var outcome = terminal.run("client", "crate");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.error()).contains("client create");
    }

    @Test
    void helpAndVersionAreEverywhere() {
        assertThat(succeed("--help").out()).contains("org", "project", "client");
        assertThat(succeed("client", "create", "--help").out()).contains("--type", "--data", "--json");
        assertThat(succeed("--version").out()).contains("openpanel-mcp 1.2.3");
        assertThat(succeed("org", "list", "--version").out()).contains("openpanel-mcp 1.2.3");
    }

    @Test
    void theFlagWinsOverTheEnvironment() throws IOException {
        organization("acme");
        var other = Files.createDirectory(folder.resolve("other"));

        assertThat(succeed("org", "list", "--json", "--data", other.toString())
                        .json()
                        .size())
                .isZero();
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertFails("there is a file of that name", "org", "list", "--data", file.toString());
        assertFails(
                "cannot be created",
                "org",
                "list",
                "--data",
                file.resolve("below").toString());
    }

    @Test
    void aDamagedDatabaseIsNamed() throws IOException {
        Files.writeString(folder.resolve("metadata.sqlite"), "no database at all, but long enough. ".repeat(50));

        assertFails("metadata.sqlite", "org", "list");
    }

    @Test
    void withoutAnyHintTheDataAreInTheWorkingDirectory() {
        var help = new Terminal(Map.of()).run("org", "list", "--help");

        assertThat(help.out()).contains("default: ./data").contains("OPENPANEL_DATA");
    }

    private Terminal.Outcome succeed(String... arguments) {
        var outcome = terminal.run(arguments);
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return outcome;
    }

    private void assertFails(String message, String... arguments) {
        var outcome = terminal.run(arguments);
        assertThat(outcome.error()).contains(message).doesNotContain("\tat ", "Exception", "select", "insert");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private void organization(String id) {
        succeed("org", "create", "--id", id, "--name", id);
    }

    @Test
    void aProjectSaysFromWhereItTakesEvents() {
        organization("acme");
        succeed(
                "project",
                "create",
                "--id",
                "shop",
                "--org",
                "acme",
                "--name",
                "Shop",
                "--domain",
                "https://shop.test/de");
        assertThat(succeed("project", "tracking", "shop").out()).contains("https://shop.test.", "without a secret: no");

        var changed = succeed(
                "project",
                "tracking",
                "shop",
                "--add-origin",
                "*.shop.test,http://localhost:*",
                "--remove-origin",
                "https://shop.test",
                "--unsafe-revenue",
                "true",
                "--json");
        assertThat(changed.json().path("origins").toString()).isEqualTo("[\"*.shop.test\",\"http://localhost:*\"]");
        assertThat(changed.json().path("unsafeRevenue").asBoolean()).isTrue();

        var refused = terminal.run("project", "tracking", "shop", "--add-origin", "not an origin");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).contains("not an origin", "https://example.org");
        assertThat(terminal.run("project", "tracking", "shpo").error()).contains("shpo");
    }

    private void project(String organization, String id) {
        organization(organization);
        succeed("project", "create", "--id", id, "--org", organization, "--name", id);
    }

    private Metadata metadata() {
        return SqliteMetadata.open(folder.resolve("metadata.sqlite"));
    }
}
