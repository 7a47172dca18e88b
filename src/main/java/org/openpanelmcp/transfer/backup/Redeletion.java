package org.openpanelmcp.transfer.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.erase.Keeping;
import org.openpanelmcp.ingest.journal.JournalFailure;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.WriteFailure;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEraser;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.NewFolder;
import org.openpanelmcp.transfer.TransferProblem;

/** Deletes from a restored directory the people who were deleted after its backup was made. */
final class Redeletion {
    private final DataDirectory restored;

    Redeletion(Path restored) {
        this.restored = new DataDirectory(restored);
    }

    /**
     * Does it, as far as the data know that were there before.
     *
     * @param replaced where these are now; null when there were none
     * @return sentences for the operator
     */
    List<String> after(@Nullable Path replaced) throws IOException {
        if (replaced == null
                || !Files.exists(new DataDirectory(replaced).metadataFile())
                || !Files.exists(restored.metadataFile())) {
            return List.of();
        }
        try (var old = SqliteMetadata.open(new DataDirectory(replaced).metadataFile());
                var metadata = SqliteMetadata.open(restored.metadataFile())) {
            var taken = metadata.erasures().takeOver(old.erasures());
            if (taken.isEmpty()) {
                return List.of(
                        "People who were deleted in the replaced data are not deleted from the restored ones: the"
                                + " file erasures.key of the backup is another. Delete them once more.");
            }
            if (taken.getAsInt() == 0) {
                return List.of();
            }
            settle(metadata);
            return List.of(
                    "People who were deleted after the backup was made were deleted from the restored data, too.");
        } catch (WriteFailure | JournalFailure failure) {
            throw new TransferProblem(
                    "People who were deleted after the backup was made cannot be deleted from it: %s"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    private void settle(SqliteMetadata metadata) throws WriteFailure, JournalFailure, IOException {
        var folder = restored.exports();
        Files.createDirectories(folder);
        try (var events = DuckDbDatabase.open(restored.path(), DuckDbOptions.unlocked())) {
            LiveIntake.start(
                            restored.path(),
                            new DuckDbEventWriter(events),
                            InstantSource.system(),
                            LiveIntake.Limits.DEFAULT,
                            new Keeping(metadata, new DuckDbEraser(events)))
                    .close();
            events.compact(DuckDbDatabase.fileIn(folder));
        } finally {
            NewFolder.delete(folder);
        }
    }
}
