package org.openpanelmcp.transfer.control;

import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;

/** The way to the data of a directory: the server that runs on it or, when none does, its files. */
final class Route {
    private Route() {}

    /** Work that the running server does. */
    @FunctionalInterface
    interface ThroughServer<T> {
        T run(ControlClient server);
    }

    /** The same work on the opened files. */
    @FunctionalInterface
    interface OnFiles<T> {
        T run(DuckDbDatabase events, Metadata metadata);
    }

    /** Does the work on the way that there is. */
    static <T> T to(DataDirectory directory, ThroughServer<T> throughServer, OnFiles<T> onFiles) {
        var client = ControlClient.connect(directory.path());
        if (client.isPresent()) {
            try (var server = client.get()) {
                return throughServer.run(server);
            }
        }
        try (var events = DuckDbDatabase.open(directory.path(), DuckDbOptions.unlocked());
                var metadata = SqliteMetadata.open(directory.metadataFile())) {
            return onFiles.run(events, metadata);
        }
    }
}
