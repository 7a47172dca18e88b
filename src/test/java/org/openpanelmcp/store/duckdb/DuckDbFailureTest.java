package org.openpanelmcp.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpanelmcp.store.duckdb.DuckDbFailure.Kind;

class DuckDbFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IO Error: Could not write file "x.wal": No space left on device           | DISK_FULL
            IO Error: Could not truncate file: Disk full                               | DISK_FULL
            FATAL Error: Failed: database has been invalidated because of an error     | INVALIDATED
            INTERRUPT Error: Interrupted!                                              | INTERRUPTED
            Out of Memory Error: failed to pin block of size 256.0 KiB                 | OUT_OF_MEMORY
            IO Error: Could not set lock on file "x": Conflicting lock is held in java | IN_USE
            IO Error: Trying to read a database file with version number 99, but       | NEWER
            IO Error: Corrupt WAL file: computed checksum differs                      | DAMAGED
            IO Error: Cannot open file "x": Permission denied                          | NO_ACCESS
            Binder Error: column does not exist                                        | REFUSED
            """)
    void sortsTheMessagesOfTheDriver(String message, Kind kind) {
        var failure = DuckDbFailure.of(new SQLException(message));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.getMessage()).doesNotContain("Error:").matches("[A-Z].*\\.");
    }
}
