package org.openpanelmcp.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of {@link Metadata} keeps to. */
public abstract class MetadataContractTest {
    protected static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final String CLIENT_ID = "11111111-1111-4111-8111-111111111111";

    @TempDir
    protected Path folder;

    private Metadata metadata;

    /** Opens the same installation each time. */
    protected abstract Metadata open();

    @BeforeEach
    void openMetadata() {
        metadata = open();
    }

    @AfterEach
    void closeMetadata() {
        metadata.close();
    }

    @Test
    void anOrganizationComesBackAsItWasSaved() {
        var acme = new Organization("acme", "Acme", NEW_YORK, NOON);

        metadata.organizations().save(acme);

        assertThat(metadata.organizations().find("acme")).contains(acme);
        assertThat(metadata.organizations().find("ACME")).isEmpty();
    }

    @Test
    void savingAnOrganizationAgainReplacesIt() {
        metadata.organizations().save(new Organization("acme", "Acme", ZoneOffset.UTC, NOON));
        var renamed = new Organization("acme", "Acme & Sons", NEW_YORK, NOON.plusSeconds(1));

        metadata.organizations().save(renamed);

        assertThat(metadata.organizations().list()).containsExactly(renamed);
    }

    @Test
    void organizationsAreListedById() {
        for (var id : List.of("b", "a", "c")) {
            metadata.organizations().save(new Organization(id, id, ZoneOffset.UTC, NOON));
        }

        assertThat(metadata.organizations().list()).extracting(Organization::id).containsExactly("a", "b", "c");
    }

    @Test
    void addingTakesAnIdOnce() {
        var acme = organization("acme");

        assertThat(metadata.organizations().add(new Organization("acme", "Other", NEW_YORK, NOON)))
                .isFalse();
        assertThat(metadata.organizations().find("acme")).contains(acme);
        metadata.organizations().delete("acme", NOON);
        assertThat(metadata.organizations().add(acme)).isFalse();
    }

    @Test
    void aDeletedOrganizationIsGoneUntilItIsSavedAgain() {
        var acme = organization("acme");

        assertThat(metadata.organizations().delete("acme", NOON)).isTrue();
        assertThat(metadata.organizations().delete("acme", NOON)).isFalse();
        assertThat(metadata.organizations().delete("nobody", NOON)).isFalse();
        assertThat(metadata.organizations().find("acme")).isEmpty();
        assertThat(metadata.organizations().list()).isEmpty();

        metadata.organizations().save(acme);
        assertThat(metadata.organizations().find("acme")).contains(acme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Acme", "-acme", ".acme", "..", "a/b", "a b", "\u00e5", "mcp", "track", "op1.js", "login"})
    void idsThatAreNoSlugOrShadowARouteAreRefused(String id) {
        assertThatThrownBy(() -> organization(id))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("Organization id '" + id + "'");
    }

    @Test
    void aSlugHasUpTo64Characters() {
        organization("a".repeat(64));

        assertThatThrownBy(() -> organization("a".repeat(65))).isInstanceOf(MetadataRefusal.class);
    }

    @Test
    void aProjectMayBeNamedLikeARoute() {
        organization("acme");

        project("mcp", "acme", null);

        assertThat(metadata.projects().find("mcp")).isPresent();
    }

    @Test
    void aProjectComesBackAsItWasSaved() {
        organization("acme");
        var full = new Project(
                "shop", "acme", "Shop \u00e5", "https://shop.test", List.of("website", "app"), NEW_YORK, NOON, NOON);
        var bare = new Project("bare", "acme", "Bare", null, List.of(), null, NOON, null);

        metadata.projects().save(full);
        metadata.projects().save(bare);

        assertThat(metadata.projects().find("shop")).contains(full);
        assertThat(metadata.projects().find("bare")).contains(bare);
    }

    @Test
    void projectsAreListedByIdWithoutDeletedOnesAndWithoutForeignOnes() {
        organization("acme");
        organization("globex");
        project("b", "acme", null);
        project("a", "acme", null);
        project("gone", "acme", NOON);
        project("foreign", "globex", null);

        assertThat(metadata.projects().list("acme")).extracting(Project::id).containsExactly("a", "b");
        assertThat(metadata.projects().list("nobody")).isEmpty();
    }

    @Test
    void deletingAProjectKeepsItsRow() {
        organization("acme");
        project("shop", "acme", null);

        assertThat(metadata.projects().delete("shop", NOON)).isTrue();
        assertThat(metadata.projects().delete("shop", NOON.plusSeconds(1))).isFalse();
        assertThat(metadata.projects().delete("nothing", NOON)).isFalse();
        assertThat(metadata.projects().find("shop").orElseThrow().deletedAt()).isEqualTo(NOON);
    }

    @Test
    void aProjectIdIsTakenForAllOrganizations() {
        organization("acme");
        organization("globex");
        var shop = project("shop", "acme", null);

        assertThat(metadata.projects().add(new Project("shop", "globex", "Theirs", null, List.of(), null, NOON, null)))
                .isFalse();
        assertThatThrownBy(() -> project("shop", "globex", null))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("'shop' is taken by another organization");
        assertThat(metadata.projects().find("shop")).contains(shop);
    }

    @Test
    void aProjectNeedsAnOrganizationAndKnownTypes() {
        assertThatThrownBy(() -> project("shop", "nobody", null))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("no organization 'nobody'");

        organization("acme");
        assertThatThrownBy(() -> metadata.projects()
                        .save(new Project("shop", "acme", "Shop", null, List.of("webshop"), null, NOON, null)))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("website, app, backend");
    }

    @Test
    void aClientComesBackAsItWasSaved() {
        organization("acme");
        project("shop", "acme", null);
        var read = new Client(CLIENT_ID, "Reader", Client.Type.READ, "acme", "shop", "salt.hash", NOON);
        var root = new Client(
                "22222222-2222-4222-8222-222222222222",
                "Root",
                Client.Type.ROOT,
                "acme",
                null,
                null,
                NOON.minusSeconds(1));

        metadata.clients().save(read);
        metadata.clients().save(root);

        assertThat(metadata.clients().find(CLIENT_ID)).contains(read);
        assertThat(metadata.clients().list("acme")).containsExactly(root, read);
        assertThat(metadata.clients().list("globex")).isEmpty();
    }

    @Test
    void aRevokedClientIsGone() {
        organization("acme");
        client("acme", null);

        assertThat(metadata.clients().revoke(CLIENT_ID)).isTrue();
        assertThat(metadata.clients().revoke(CLIENT_ID)).isFalse();
        assertThat(metadata.clients().find(CLIENT_ID)).isEmpty();
    }

    @Test
    void aClientNamesAProjectOfItsOwnOrganization() {
        organization("acme");
        organization("globex");
        project("shop", "acme", null);

        assertThatThrownBy(() -> client("globex", "shop"))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("Organization 'globex' has no project 'shop'");
        assertThatThrownBy(() -> client("nobody", null)).isInstanceOf(MetadataRefusal.class);
        assertThat(metadata.clients().find(CLIENT_ID)).isEmpty();
    }

    @Test
    void aClientIdIsALowerCaseUuid() {
        organization("acme");

        assertThatThrownBy(() -> metadata.clients()
                        .save(new Client(
                                "ABCDEF00-1111-4111-8111-111111111111",
                                "x",
                                Client.Type.ROOT,
                                "acme",
                                null,
                                null,
                                NOON)))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("lower-case UUID");
    }

    @Test
    void catalogEntriesAreReplacedByKindAndId() {
        metadata.catalog()
                .save(List.of(
                        new CatalogEntry("reports", "r1", "shop", "{\"a\":1}"),
                        new CatalogEntry("dashboards", "r1", "", "{}")));

        metadata.catalog().save(List.of(new CatalogEntry("reports", "r1", "shop", "{\"a\":2}")));

        assertThat(metadata.catalog().list())
                .containsExactly(
                        new CatalogEntry("dashboards", "r1", "", "{}"),
                        new CatalogEntry("reports", "r1", "shop", "{\"a\":2}"));
    }

    @Test
    void factsAreReplacedByName() {
        assertThat(metadata.facts().get("test-data")).isEmpty();

        metadata.facts().put("test-data", "true");
        metadata.facts().put("test-data", "false");

        assertThat(metadata.facts().get("test-data")).contains("false");
    }

    @Test
    void auditEntriesComeNewestFirstInPages() {
        var entries = IntStream.range(0, 5)
                .mapToObj(index -> audit("acme", NOON.plusSeconds(index)))
                .toList();
        metadata.audit().append(entries);
        metadata.audit().append(List.of(audit("globex", NOON)));

        var first = metadata.audit().newestFirst("acme", OptionalLong.empty(), 3);
        var second = metadata.audit()
                .newestFirst("acme", OptionalLong.of(first.getLast().number()), 3);

        assertThat(first)
                .extracting(AuditEntries.Numbered::entry)
                .containsExactly(entries.get(4), entries.get(3), entries.get(2));
        assertThat(second).extracting(AuditEntries.Numbered::entry).containsExactly(entries.get(1), entries.get(0));
    }

    @Test
    void auditEntriesAreForgottenByAgeAndByNumber() {
        metadata.audit()
                .append(IntStream.range(0, 10)
                        .mapToObj(index -> audit("acme", NOON.plusSeconds(index)))
                        .toList());

        assertThat(metadata.audit().prune(NOON.plusSeconds(2), 1_000)).isEqualTo(2);
        assertThat(metadata.audit().prune(NOON, 3)).isEqualTo(5);
        assertThat(metadata.audit().prune(NOON, 3)).isZero();
        assertThat(metadata.audit().newestFirst("acme", OptionalLong.empty(), 100))
                .extracting(numbered -> numbered.entry().at())
                .containsExactly(NOON.plusSeconds(9), NOON.plusSeconds(8), NOON.plusSeconds(7));
    }

    @Test
    void whatAnotherInstanceWritesIsSeenAtTheNextCall() {
        try (var other = open()) {
            organization("acme");
            client("acme", null);
            assertThat(other.clients().find(CLIENT_ID)).isPresent();

            other.clients().revoke(CLIENT_ID);
            assertThat(metadata.clients().find(CLIENT_ID)).isEmpty();

            metadata.facts().put("seen", "by the other");
            assertThat(other.facts().get("seen")).contains("by the other");
        }
    }

    @Test
    void twoInstancesAndManyThreadsMayWriteAtOnce() {
        organization("acme");
        try (var other = open();
                var threads = Executors.newFixedThreadPool(8)) {
            for (var index = 0; index < 100; index++) {
                var writer = index % 2 == 0 ? metadata : other;
                var id = "p" + index;
                threads.execute(() -> writer.projects().save(bareProject(id, "acme", null)));
            }
        }

        assertThat(metadata.projects().list("acme")).hasSize(100);
    }

    @Test
    void everythingIsThereAfterAReopening() {
        organization("acme");
        metadata.close();

        metadata = open();

        assertThat(metadata.organizations().find("acme")).isPresent();
    }

    private Organization organization(String id) {
        var organization = new Organization(id, id, ZoneOffset.UTC, NOON);
        metadata.organizations().add(organization);
        return organization;
    }

    private Project project(String id, String organizationId, @Nullable Instant deletedAt) {
        var project = bareProject(id, organizationId, deletedAt);
        metadata.projects().save(project);
        return project;
    }

    private static Project bareProject(String id, String organizationId, @Nullable Instant deletedAt) {
        return new Project(id, organizationId, id, null, List.of("website"), null, NOON, deletedAt);
    }

    private void client(String organizationId, @Nullable String projectId) {
        metadata.clients().save(new Client(CLIENT_ID, "c", Client.Type.READ, organizationId, projectId, null, NOON));
    }

    private static AuditEntry audit(String organizationId, Instant at) {
        return new AuditEntry(at, CLIENT_ID, organizationId, "list_projects", null, 12, 345, "ok");
    }
}
