package org.openpanelmcp.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command of the launcher; the others hang on it. */
@Command(
        name = "openpanel",
        mixinStandardHelpOptions = true,
        description = "Web and product analytics in one process, answered over MCP.",
        synopsisSubcommandLabel = "COMMAND")
public final class OpenPanelCommand {
    private OpenPanelCommand() {}

    /** Without any command yet. */
    public static CommandLine alone() {
        return new CommandLine(new OpenPanelCommand());
    }

    /**
     * The commands that start no server. Add others with {@link CommandLine#addSubcommand}, then {@link #finished}.
     */
    public static CommandLine withDataCommands(Surroundings surroundings) {
        return alone().addSubcommand(new ImportFolder(surroundings))
                .addSubcommand(new ImportFrom(surroundings))
                .addSubcommand(new ExportFolder(surroundings))
                .addSubcommand(new BackupCommand(surroundings))
                .addSubcommand(new RestoreCommand(surroundings))
                .addSubcommand(new DeadLetters(surroundings))
                .addSubcommand(new PersonCommands(surroundings))
                .addSubcommand(new CompactCommand(surroundings))
                .addSubcommand(new OrganizationCommands(surroundings))
                .addSubcommand(new ProjectCommands(surroundings))
                .addSubcommand(new ClientCommands(surroundings));
    }

    /**
     * Gives every command the version and the one way in which failures are told. Each command declares {@code
     * mixinStandardHelpOptions} itself: added later, they upset commands that are methods.
     */
    public static CommandLine finished(CommandLine line, Surroundings surroundings) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(Failures::print);
        finish(line, surroundings);
        return line;
    }

    private static void finish(CommandLine line, Surroundings surroundings) {
        line.getCommandSpec().version("openpanel-mcp " + surroundings.version());
        line.getSubcommands().values().forEach(command -> finish(command, surroundings));
    }
}
