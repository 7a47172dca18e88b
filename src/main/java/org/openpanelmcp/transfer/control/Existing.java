package org.openpanelmcp.transfer.control;

import java.io.IOException;
import java.nio.file.Files;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.transfer.TransferProblem;

/** Commands that read a data directory do not make one. */
final class Existing {
    private Existing() {}

    /** @throws TransferProblem when the directory holds no installation */
    static void require(DataDirectory directory) {
        try {
            directory.requireRestored();
        } catch (IOException exception) {
            throw new TransferProblem(String.valueOf(exception.getMessage()), exception);
        }
        if (!Files.exists(directory.metadataFile()) && !Files.exists(DuckDbDatabase.fileIn(directory.path()))) {
            throw new TransferProblem("The data directory %s holds no data. Name the one of your server with --data."
                    .formatted(directory.path()));
        }
    }
}
