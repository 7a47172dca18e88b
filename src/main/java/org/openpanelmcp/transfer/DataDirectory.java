package org.openpanelmcp.transfer;

import java.nio.file.Path;

/** Where things lie in a data directory. */
public record DataDirectory(Path root) {
    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The file of organizations, projects and clients. */
    public Path metadata() {
        return root.resolve("metadata.sqlite");
    }

    /** Files on their way in: with {@link #exports()} the only folder a running server's event store can read. */
    public Path incoming() {
        return root.resolve("incoming");
    }

    /** Files on their way out. */
    public Path exports() {
        return root.resolve("exports");
    }
}
