package org.openpanelmcp.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.backup.RestoreReport;
import org.openpanelmcp.transfer.control.BackupRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore DIR}: puts a backup into a data directory that no server uses. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a backup and puts it into a data directory that holds nothing. Stop the server first.",
            "Clients, tokens and secrets are then those of the time of the backup."
        })
final class RestoreCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "DIR", description = "The folder that 'backup' made.")
    private Path folder;

    @Option(
            names = "--replace",
            description = "Move data that are there aside, to <data>.before-restore-<time>. They are not deleted.")
    private boolean replace;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the parameter
    RestoreCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var report = BackupRunner.restore(
                data.directory(surroundings).path(), folder, replace, surroundings.now(), ProgressBar.onTerminal());
        if (json) {
            Output.json(spec.commandLine().getOut(), report);
        } else {
            print(report);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(RestoreReport report) {
        var out = spec.commandLine().getOut();
        out.printf(
                "Restored %s to %s, as it was at %s (%.1f s).%n",
                String.join(", ", report.files()), report.data(), report.created(), report.seconds());
        report.notes().forEach(out::println);
        if (report.movedAside() != null) {
            out.printf("The data that were there are in %s; delete them when all is well.%n", report.movedAside());
        }
    }
}
