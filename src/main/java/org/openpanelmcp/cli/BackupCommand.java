package org.openpanelmcp.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.backup.BackupReport;
import org.openpanelmcp.transfer.control.BackupRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backup DIR}: copies the data directory, also while the server runs. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the data directory into a new folder that 'restore' puts back. Works while the server runs.",
            "The folder holds credentials: keep it as safe as the data."
        })
final class BackupCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
    private Path folder;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the parameter
    BackupCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var report = BackupRunner.backup(
                data.directory(surroundings).path(),
                folder,
                surroundings.version(),
                surroundings.now(),
                ProgressBar.onTerminal());
        if (json) {
            Output.json(spec.commandLine().getOut(), report);
        } else {
            print(report);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(BackupReport report) {
        var out = spec.commandLine().getOut();
        var rows = report.manifest().files().stream()
                .map(file -> List.of(file.name(), "%,d".formatted(file.size())))
                .toList();
        Output.table(out, List.of("FILE", "BYTES"), rows);
        report.notes().forEach(out::println);
        out.printf("Backup in %s, %.1f s%n", report.folder(), report.seconds());
    }
}
