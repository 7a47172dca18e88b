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
        var line = isServe(arguments) ? OpenPanelCommand.alone() : OpenPanelCommand.withDataCommands(surroundings);
        line.addSubcommand(ServeCommand.of(surroundings));
        if (!isServe(arguments)) {
            line.addSubcommand(new DemoCommand(surroundings)).addSubcommand(new BenchCommand());
        }
        System.exit(OpenPanelCommand.finished(line, surroundings).execute(arguments));
    }

    /** A server starts without the other commands: to look at them all takes a good part of its start. */
    private static boolean isServe(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("serve");
    }
}
