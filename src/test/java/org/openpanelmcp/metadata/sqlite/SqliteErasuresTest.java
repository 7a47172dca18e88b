package org.openpanelmcp.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.Erased;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;

class SqliteErasuresTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final Erased ANN = new Erased(Erased.Kind.PROFILE, "shop", "marker-of-ann");

    @TempDir
    Path folder;

    private SqliteMetadata open(String name) throws Exception {
        var directory = Files.createDirectories(folder.resolve(name));
        return SqliteMetadata.open(directory.resolve("metadata.sqlite"));
    }

    @Test
    void aNameIsKnownAndNoOther() throws Exception {
        try (var metadata = open("a")) {
            assertThat(metadata.erasures().marks().number()).isZero();
            metadata.erasures().add(List.of(ANN), NOON);
        }
        try (var metadata = open("a")) {
            var marks = metadata.erasures().marks();
            assertThat(marks.number()).isEqualTo(1);
            assertThat(marks.projects()).containsExactly("shop");
            assertThat(marks.latest("shop")).isEqualTo(NOON.toEpochMilli());
            assertThat(marks.erasedUntil(ANN)).isEqualTo(NOON.toEpochMilli());
            for (var other : List.of(
                    new Erased(Erased.Kind.DEVICE, "shop", "marker-of-ann"),
                    new Erased(Erased.Kind.PROFILE, "blog", "marker-of-ann"),
                    new Erased(Erased.Kind.PROFILE, "shop", "marker-of-an"),
                    new Erased(Erased.Kind.PROFILE, "sho", "pmarker-of-ann"))) {
                assertThat(marks.erasedUntil(other)).isEqualTo(Long.MIN_VALUE);
            }
            metadata.erasures().add(List.of(ANN), NOON.plusSeconds(1));
            assertThat(metadata.erasures().marks().number()).isEqualTo(2);
            assertThat(metadata.erasures().marks().erasedUntil(ANN))
                    .isEqualTo(NOON.plusSeconds(1).toEpochMilli());
        }
    }

    @Test
    void noFileHoldsTheName() throws Exception {
        try (var metadata = open("a")) {
            metadata.erasures().add(List.of(ANN), NOON);
        }
        try (var files = Files.list(folder.resolve("a"))) {
            for (var file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("marker");
            }
        }
        var key = folder.resolve("a").resolve("erasures.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutTheKeyNothingIsSilentlyLetThrough() throws Exception {
        try (var metadata = open("a")) {
            metadata.erasures().add(List.of(ANN), NOON);
        }
        Files.delete(folder.resolve("a").resolve("erasures.key"));
        try (var metadata = open("a")) {
            assertThatThrownBy(() -> metadata.erasures().marks())
                    .isInstanceOf(MetadataFailure.class)
                    .hasMessageContaining("erasures.key")
                    .hasMessageContaining("backup");
        }
    }

    @Test
    void anEarlierStateTakesOverWhatWasDeletedSince() throws Exception {
        try (var now = open("now");
                var backup = open("backup");
                var other = open("other")) {
            assertThat(backup.erasures().takeOver(now.erasures())).isEqualTo(OptionalInt.of(0));
            now.erasures().add(List.of(ANN), NOON);
            assertThat(backup.erasures().takeOver(now.erasures())).isEqualTo(OptionalInt.of(1));
            assertThat(backup.erasures().takeOver(now.erasures())).isEqualTo(OptionalInt.of(0));
            assertThat(backup.erasures().marks().erasedUntil(ANN)).isEqualTo(NOON.toEpochMilli());
            other.erasures().add(List.of(new Erased(Erased.Kind.PROFILE, "shop", "bob")), NOON);
            assertThat(other.erasures().takeOver(now.erasures())).isEmpty();
            assertThat(other.erasures().marks().erasedUntil(ANN)).isEqualTo(Long.MIN_VALUE);
        }
    }

    @Test
    void aPeriodBeginsWithADayOfTheProjectsZone() throws Exception {
        try (var metadata = open("a")) {
            metadata.organizations().save(new Organization("acme", "Acme", ZoneId.of("Europe/Stockholm"), NOON));
            metadata.projects().save(new Project("shop", "acme", "Shop", null, List.of(), null, NOON, null));
            metadata.projects()
                    .save(new Project("tokyo", "acme", "T", null, List.of(), ZoneId.of("Asia/Tokyo"), NOON, null));
            assertThat(metadata.retention().keptSince(NOON)).isEmpty();
            metadata.retention().save("shop", OptionalInt.of(30));
            metadata.retention().save("tokyo", OptionalInt.of(1));
            assertThat(metadata.retention().find("shop")).isEqualTo(OptionalInt.of(30));
            assertThat(metadata.retention().keptSince(NOON))
                    .containsEntry("shop", Instant.parse("2026-10-20T22:00:00Z"))
                    .containsEntry("tokyo", Instant.parse("2026-11-18T15:00:00Z"));
            metadata.retention().save("shop", OptionalInt.empty());
            assertThat(metadata.retention().find("shop")).isEmpty();
            assertThatThrownBy(() -> metadata.retention().save("tokyo", OptionalInt.of(0)))
                    .isInstanceOf(MetadataRefusal.class)
                    .hasMessageContaining("1 to 36500");
            assertThatThrownBy(() -> metadata.retention().save("nope", OptionalInt.of(1)))
                    .isInstanceOf(MetadataRefusal.class)
                    .hasMessageContaining("no project 'nope'");
        }
    }
}
