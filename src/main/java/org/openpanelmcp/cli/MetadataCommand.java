package org.openpanelmcp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.ServeSettings;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import picocli.CommandLine.Option;

/** The options that all commands on the metadata share, and the way to it. */
final class MetadataCommand {
    @Option(
            names = "--data",
            paramLabel = "<directory>",
            description = "Data directory (default: ./data). Also OPENPANEL_DATA.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Whether the answer is for a program. */
    boolean json() {
        return json;
    }

    /** Runs work on the metadata; a running server sees the outcome at its next call. */
    <T> T on(Surroundings surroundings, Function<Metadata, T> work) {
        try {
            var directory = new DataDirectory(directory(surroundings)).ensure();
            try (var metadata = SqliteMetadata.open(directory.metadataFile())) {
                return work.apply(metadata);
            }
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Path directory(Surroundings surroundings) {
        if (data != null) {
            return data;
        }
        var variable = surroundings.environment().getOrDefault(ServeSettings.DATA.environmentName(), "");
        return Path.of(variable.isEmpty() ? ServeSettings.DATA.defaultText() : variable);
    }
}
