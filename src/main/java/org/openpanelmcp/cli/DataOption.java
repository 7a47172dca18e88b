package org.openpanelmcp.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.ServeSettings;
import picocli.CommandLine.Option;

/** The option {@code --data}, the same for every command that touches data. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "<directory>",
            description = "Data directory (default: ./data). Also OPENPANEL_DATA.")
    private @Nullable Path data;

    DataDirectory directory(Surroundings surroundings) {
        if (data != null) {
            return new DataDirectory(data);
        }
        var variable = surroundings.environment().getOrDefault(ServeSettings.DATA.environmentName(), "");
        return new DataDirectory(Path.of(variable.isEmpty() ? ServeSettings.DATA.defaultText() : variable));
    }

    /** The directory, made when it is not there. */
    DataDirectory ensured(Surroundings surroundings) {
        try {
            return directory(surroundings).ensure();
        } catch (IOException unusable) {
            throw new CommandFailure(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
