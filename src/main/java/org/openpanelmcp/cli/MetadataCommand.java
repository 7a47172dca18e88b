package org.openpanelmcp.cli;

import java.util.function.Function;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all commands on a data directory share, and the way to its metadata. */
final class MetadataCommand {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Whether the answer is for a program. */
    boolean json() {
        return json;
    }

    DataDirectory directory(Surroundings surroundings) {
        return data.directory(surroundings);
    }

    /** Runs work on the metadata; a running server sees the outcome at its next call. */
    <T> T on(Surroundings surroundings, Function<Metadata, T> work) {
        try (var metadata = SqliteMetadata.open(data.ensured(surroundings).metadataFile())) {
            return work.apply(metadata);
        }
    }
}
