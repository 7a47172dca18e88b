package org.openpanelmcp.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every implementation of {@link Metadata} remembers of what was taken away, and which writes go together. */
public abstract class RemovalsContractTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
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
    void aRevokedClientIsRememberedAndNotSavedAgain() {
        organization("acme");
        project("shop", "acme", null);
        client("acme", "shop");

        metadata.clients().revoke(CLIENT_ID);

        assertThat(metadata.clients().revoked()).singleElement().satisfies(revoked -> {
            assertThat(revoked.id()).isEqualTo(CLIENT_ID);
            assertThat(revoked.organizationId()).isEqualTo("acme");
            assertThat(revoked.projectId()).isEqualTo("shop");
        });
        assertThatThrownBy(() -> client("acme", "shop"))
                .isInstanceOf(MetadataRefusal.class)
                .hasMessageContaining("Client '" + CLIENT_ID + "' was revoked at");
        assertThat(metadata.clients().find(CLIENT_ID)).isEmpty();
    }

    @Test
    void aRevocationFromElsewhereIsCarriedOutOnce() {
        organization("acme");
        client("acme", null);
        var revocation = new RevokedClient(CLIENT_ID, "acme", null, NOON);

        assertThat(metadata.clients().revoke(revocation)).isTrue();
        assertThat(metadata.clients().revoke(revocation)).isFalse();

        assertThat(metadata.clients().find(CLIENT_ID)).isEmpty();
        assertThat(metadata.clients().revoked()).containsExactly(revocation);
        assertThatThrownBy(() -> metadata.clients().revoke(new RevokedClient("x", "acme", null, NOON)))
                .isInstanceOf(MetadataRefusal.class);
    }

    @Test
    void deletedOnesAreListedApart() {
        var acme = organization("acme");
        organization("globex");
        project("blog", "acme", NOON);
        project("shop", "acme", null);

        assertThat(metadata.projects().deleted("acme")).extracting(Project::id).containsExactly("blog");
        assertThat(metadata.organizations().deleted()).isEmpty();
        metadata.organizations().delete("acme", NOON);
        assertThat(metadata.organizations().deleted()).containsExactly(new DeletedOrganization(acme, NOON));
    }

    @Test
    void writesDoneTogetherAreKeptAsAWhole() {
        assertThatThrownBy(() -> metadata.together(() -> {
                    organization("acme");
                    metadata.facts().put("half", "done");
                    return organization("not a slug");
                }))
                .isInstanceOf(MetadataRefusal.class);
        assertThat(metadata.organizations().list()).isEmpty();
        assertThat(metadata.facts().get("half")).isEmpty();

        assertThat(metadata.together(() -> organization("acme").id())).isEqualTo("acme");
        assertThat(metadata.organizations().find("acme")).isPresent();
    }

    @Test
    void aRehearsalLeavesNothingBehind() {
        assertThat(metadata.rehearse(() -> organization("acme").id())).isEqualTo("acme");
        assertThatThrownBy(() -> metadata.rehearse(() -> organization("not a slug")))
                .isInstanceOf(MetadataRefusal.class);

        assertThat(metadata.organizations().list()).isEmpty();
        organization("acme");
        assertThat(metadata.organizations().list()).hasSize(1);
    }

    private Organization organization(String id) {
        var organization = new Organization(id, id, ZoneOffset.UTC, NOON);
        metadata.organizations().save(organization);
        return organization;
    }

    private void project(String id, String organizationId, @Nullable Instant deletedAt) {
        metadata.projects().save(new Project(id, organizationId, id, null, List.of("website"), null, NOON, deletedAt));
    }

    private void client(String organizationId, @Nullable String projectId) {
        metadata.clients().save(new Client(CLIENT_ID, "c", Client.Type.ROOT, organizationId, projectId, null, NOON));
    }
}
