package org.openpanelmcp;

import java.util.concurrent.Callable;
import org.openpanelmcp.cli.SettingFlags;
import org.openpanelmcp.cli.Surroundings;
import org.openpanelmcp.config.ServeSettings;
import org.openpanelmcp.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the server until it is told to stop (Ctrl-C).")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    private ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandLine of(Surroundings surroundings) {
        var line = new CommandLine(new ServeCommand(surroundings));
        SettingFlags.declare(line.getCommandSpec(), ServeSettings.ALL);
        return line;
    }

    @Override
    public Integer call() {
        var flags = SettingFlags.given(spec.commandLine().getParseResult(), ServeSettings.ALL);
        var settings = Settings.read(flags, surroundings.environment());
        var server = Running.start(settings);
        var out = spec.commandLine().getOut();
        out.printf("openpanel-mcp %s answers at %s (data in %s)%n", Version.current(), server.url(), settings.data());
        settings.query().now().ifPresent(now -> out.printf("Queries take %s for the present.%n", now));
        if (!server.hasClients()) {
            out.printf(
                    "Nobody can ask yet: make an organization, a project and a client. 'openpanel help' lists the commands.%n");
        }
        out.flush();
        Running.untilStopped(server);
        return CommandLine.ExitCode.OK;
    }
}
