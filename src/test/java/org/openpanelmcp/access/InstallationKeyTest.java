package org.openpanelmcp.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationKeyTest {
    @TempDir
    Path folder;

    @Test
    void staysTheSameForAnInstallation() throws IOException {
        var first = InstallationKey.load(folder);
        var second = InstallationKey.load(folder);

        assertThat(second.keyFor("cursor")).isEqualTo(first.keyFor("cursor"));
        assertThat(Files.size(folder.resolve("secret.key"))).isEqualTo(32);
        assertThat(Files.getPosixFilePermissions(folder.resolve("secret.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void differsByPurposeAndByInstallation() throws IOException {
        var here = InstallationKey.load(folder);
        var elsewhere = InstallationKey.load(Files.createDirectory(folder.resolve("other")));

        assertThat(here.keyFor("cursor")).isNotEqualTo(here.keyFor("handle"));
        assertThat(here.keyFor("cursor")).isNotEqualTo(elsewhere.keyFor("cursor"));
    }

    @Test
    void manyThatStartAtOnceAgree() {
        var keys = Collections.synchronizedSet(new HashSet<String>());
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var index = 0; index < 32; index++) {
                threads.execute(() -> keys.add(HexFormat.of()
                        .formatHex(InstallationKey.load(folder).keyFor("cursor").getEncoded())));
            }
        }

        assertThat(keys).hasSize(1);
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("secret.key"), "too short");

        assertThatThrownBy(() -> InstallationKey.load(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("damaged");
    }
}
