package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.query.ProjectScope;

class TenancyTest {
    private static final Access READ = new Access.Read("c", "acme", "acme-shop");
    private static final Access ROOT = new Access.Root("c", "acme");
    private static final Access WRITE = new Access.Write("c", "acme", "acme-shop");

    @TempDir
    Path folder;

    private Metadata metadata;
    private Tenancy tenancy;

    @BeforeEach
    void open() {
        metadata = World.open(folder);
        tenancy = new Tenancy(metadata);
    }

    @AfterEach
    void close() {
        metadata.close();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "acme-shop"})
    void aReadClientGetsItsProject(String argument) {
        assertThat(tenancy.resolve(READ, argument)).isEqualTo(found("acme-shop", World.NEW_YORK));
    }

    @Test
    void aReadClientGetsNoOtherProject() {
        assertThat(tenancy.resolve(READ, "acme-blog")).isEqualTo(notFound("acme-blog", "acme-shop"));
        assertThat(tenancy.resolve(READ, "globex-app")).isEqualTo(notFound("globex-app"));
        assertThat(tenancy.resolve(READ, "acme-shop ")).isEqualTo(notFound("acme-shop ", "acme-shop"));
    }

    @Test
    void aRootClientGetsTheProjectThatItNames() {
        assertThat(tenancy.resolve(ROOT, "acme-shop")).isEqualTo(found("acme-shop", World.NEW_YORK));
        assertThat(tenancy.resolve(ROOT, "acme-blog")).isEqualTo(found("acme-blog", World.STOCKHOLM));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aRootClientMustNameAProject(String argument) {
        assertThat(tenancy.resolve(ROOT, argument))
                .isEqualTo(new Resolution.MustName(List.of("acme-blog", "acme-shop")));
    }

    @Test
    void unknownForeignAndDeletedProjectsAreOneAnswer() {
        assertThat(tenancy.resolve(ROOT, "globex-app")).isEqualTo(notFound("globex-app"));
        assertThat(tenancy.resolve(ROOT, "nothing-like-it")).isEqualTo(notFound("nothing-like-it"));
        assertThat(tenancy.resolve(ROOT, "acme-old")).isEqualTo(notFound("acme-old", "acme-blog", "acme-shop"));
        assertThat(tenancy.resolve(ROOT, "acme-odd")).isEqualTo(notFound("acme-odd", "acme-blog", "acme-shop"));
    }

    @Test
    void aWriteClientGetsNothing() {
        assertThat(tenancy.resolve(WRITE, "acme-shop")).isEqualTo(notFound("acme-shop"));
        assertThat(tenancy.resolve(WRITE, null)).isEqualTo(notFound("acme-shop"));
        assertThat(tenancy.visible(WRITE)).isEmpty();
    }

    @Test
    void visibleProjectsAreTheOwnOnes() {
        assertThat(tenancy.visible(READ)).extracting(Project::id).containsExactly("acme-shop");
        assertThat(tenancy.visible(ROOT)).extracting(Project::id).containsExactly("acme-blog", "acme-shop");
    }

    @Test
    void aDeletedProjectIsGoneAtTheNextCall() {
        metadata.projects().delete("acme-shop", World.CREATED);

        assertThat(tenancy.resolve(READ, null)).isEqualTo(notFound("acme-shop"));
        assertThat(tenancy.resolve(ROOT, "acme-shop")).isEqualTo(notFound("acme-shop", "acme-blog"));
        assertThat(tenancy.visible(READ)).isEmpty();
    }

    @Test
    void nothingIsLeftOfADeletedOrganization() {
        metadata.organizations().delete("acme", World.CREATED);

        assertThat(tenancy.resolve(READ, null)).isEqualTo(notFound("acme-shop"));
        assertThat(tenancy.resolve(ROOT, "acme-shop")).isEqualTo(notFound("acme-shop"));
        assertThat(tenancy.resolve(ROOT, null)).isEqualTo(new Resolution.MustName(List.of()));
    }

    private Resolution found(String id, ZoneId zone) {
        return new Resolution.Found(
                new ProjectScope("acme", id, zone), metadata.projects().find(id).orElseThrow());
    }

    private static Resolution notFound(String id, String... nearest) {
        return new Resolution.NotFound(id, List.of(nearest));
    }
}
