package org.openpanelmcp.cli;

import java.util.List;
import org.openpanelmcp.transfer.control.DeadLetterList;
import org.openpanelmcp.transfer.control.DeadLettersRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead-letters list|replay}: what was accepted and could not be stored. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "What was accepted and could not be stored, with the reasons. Works while the server runs.")
final class DeadLetters {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    DeadLetters(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists them, the oldest first.")
    int list(@Mixin DataOption data, @Option(names = "--json", description = "Print the list as JSON.") boolean json) {
        return print(DeadLettersRunner.run(data.directory(surroundings).path(), false), json);
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Tries again to store all of them; lists those that still cannot be.")
    int replay(
            @Mixin DataOption data, @Option(names = "--json", description = "Print the list as JSON.") boolean json) {
        return print(DeadLettersRunner.run(data.directory(surroundings).path(), true), json);
    }

    private int print(DeadLetterList list, boolean json) {
        var out = spec.commandLine().getOut();
        if (json) {
            Output.json(out, list);
            return CommandLine.ExitCode.OK;
        }
        if (list.replayed() > 0) {
            out.printf(
                    "%d replayed, %d of them refused again.%n",
                    list.replayed(), list.letters().size());
        }
        if (list.letters().isEmpty()) {
            out.println("There are no dead letters.");
        } else {
            Output.table(
                    out,
                    List.of("NUMBER", "SINCE", "PROJECT", "KIND", "REASON"),
                    list.letters().stream()
                            .map(row -> List.of(
                                    Long.toString(row.number()),
                                    row.diedAt().toString(),
                                    row.project(),
                                    row.kind(),
                                    row.reason()))
                            .toList());
        }
        return CommandLine.ExitCode.OK;
    }
}
