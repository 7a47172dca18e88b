package org.openpanelmcp.store.duckdb;

import java.nio.file.Path;
import java.util.List;

/**
 * How a database is opened.
 *
 * @param memoryBytes most memory the engine keeps, for all connections together; above it queries spill to disk
 * @param spillBytes most disk space that spilling may take, beside the database file
 * @param threads worker threads, shared by all queries
 * @param readableFolders with {@code locked}: the only folders SQL may read files from or write files to
 * @param locked SQL can open no other file and change no setting; a server opens it so
 */
public record DuckDbOptions(
        long memoryBytes, long spillBytes, int threads, List<Path> readableFolders, boolean locked) {
    private static final long MEBIBYTE = 1L << 20;

    public DuckDbOptions {
        if (memoryBytes < 64 * MEBIBYTE) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ", at least 64 MiB are needed");
        }
        if (spillBytes < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "spillBytes is " + spillBytes + " and threads is " + threads + "; they must be at least 0 and 1");
        }
        readableFolders = List.copyOf(readableFolders);
    }

    /** For a server: SQL reads and writes files in these folders only. */
    public static DuckDbOptions locked(long memoryBytes, long spillBytes, int threads, List<Path> readableFolders) {
        return new DuckDbOptions(memoryBytes, spillBytes, threads, readableFolders, true);
    }

    /** For a command that has the file to itself, such as an import from any folder. */
    public static DuckDbOptions unlocked(long memoryBytes, long spillBytes, int threads) {
        return new DuckDbOptions(memoryBytes, spillBytes, threads, List.of(), false);
    }

    /** Unlocked, 1 GiB of memory, 8 GiB of spill, as many threads as processors. */
    public static DuckDbOptions unlocked() {
        return unlocked(1024 * MEBIBYTE, 8192 * MEBIBYTE, Runtime.getRuntime().availableProcessors());
    }
}
