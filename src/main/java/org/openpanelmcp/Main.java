package org.openpanelmcp;

import java.time.InstantSource;
import org.openpanelmcp.bench.BenchCommand;
import org.openpanelmcp.cli.OpenPanelCommand;
import org.openpanelmcp.cli.Surroundings;

/** Starts the command that the arguments name. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var surroundings = new Surroundings(System.getenv(), InstantSource.system(), Version.current());
        var line = OpenPanelCommand.withDataCommands(surroundings);
        line.addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(ServeCommand.of(surroundings))
                .addSubcommand(new BenchCommand());
        System.exit(OpenPanelCommand.finished(line, surroundings).execute(arguments));
    }
}
