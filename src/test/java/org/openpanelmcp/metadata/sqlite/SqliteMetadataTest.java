package org.openpanelmcp.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.MetadataContractTest;
import org.openpanelmcp.metadata.MetadataFailure;

class SqliteMetadataTest extends MetadataContractTest {
    @Override
    protected Metadata open() {
        return SqliteMetadata.open(file());
    }

    /** Signs that mean something in an address, to see that the path is taken as it is. */
    private Path file() {
        return folder.resolve("meta data?mode=ro%20#\u00e5.sqlite");
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.toList())
                    .contains(file())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(path -> assertThat(Files.getPosixFilePermissions(path))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithASentence() throws IOException {
        var file = Files.writeString(folder.resolve("other.sqlite"), "This is no database. ".repeat(100));

        assertThatThrownBy(() -> SqliteMetadata.open(file))
                .isInstanceOf(MetadataFailure.class)
                .hasMessageContaining("other.sqlite");
    }

    @Test
    void aMissingFolderIsNamed() {
        var file = folder.resolve("missing").resolve("metadata.sqlite");

        assertThatThrownBy(() -> SqliteMetadata.open(file))
                .isInstanceOf(MetadataFailure.class)
                .hasMessageContaining("missing");
    }

    @Test
    void afterClosingEveryCallSaysSo() {
        var metadata = SqliteMetadata.open(folder.resolve("closed.sqlite"));
        metadata.close();

        assertThatThrownBy(() -> metadata.organizations().list())
                .isInstanceOf(MetadataFailure.class)
                .hasMessageContaining("closed");
    }
}
