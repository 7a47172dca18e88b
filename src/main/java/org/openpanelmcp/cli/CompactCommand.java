package org.openpanelmcp.cli;

import java.util.concurrent.Callable;
import org.openpanelmcp.transfer.control.CompactRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compact}: takes what was deleted out of the files. */
@Command(
        name = "compact",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the event database anew, without what was deleted. Needs as much free space as its rows take.",
            "A running server does it by itself within a day after a person was deleted."
        })
final class CompactCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    CompactCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var report = CompactRunner.run(data.directory(surroundings).path());
        var out = spec.commandLine().getOut();
        if (json) {
            Output.json(out, report);
        } else {
            out.printf(
                    "Compacted from %d to %d bytes (%.1f s). What was deleted is in no file any more.%n",
                    report.bytesBefore(), report.bytesAfter(), report.seconds());
        }
        return CommandLine.ExitCode.OK;
    }
}
