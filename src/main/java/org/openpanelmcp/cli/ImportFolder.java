package org.openpanelmcp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.transfer.ImportOptions;
import org.openpanelmcp.transfer.ImportReport;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.control.ImportRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import DIR}: loads a transfer folder, through the running server when there is one. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a transfer folder: catalog.json (organizations, projects, clients, …) and any of events, sessions,"
                    + " profiles, groups, gsc_daily, gsc_pages_daily, gsc_queries_daily as .parquet, .jsonl, .jsonl.gz or"
                    + " .csv.",
            "What is there already is left alone, so a folder can be loaded again. Works while the server runs."
        })
final class ImportFolder implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "DIR", description = "The transfer folder.")
    private Path folder;

    @Option(names = "--test", description = "Mark the data directory as test data, whose clock 'serve --now' may fix.")
    private boolean test;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the parameter
    ImportFolder(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var report = run(data.ensured(surroundings));
        var out = spec.commandLine().getOut();
        if (json) {
            Output.json(out, report);
        } else {
            print(out, report);
        }
        return CommandLine.ExitCode.OK;
    }

    private ImportReport run(DataDirectory directory) {
        return ImportRunner.run(directory.path(), folder, new ImportOptions(test), ProgressBar.onTerminal());
    }

    private static void print(PrintWriter out, ImportReport report) {
        var rows = new ArrayList<List<String>>();
        for (var table : report.tables()) {
            rows.add(List.of(
                    table.table(),
                    table.source(),
                    number(table.read()),
                    number(table.loaded()),
                    number(table.alreadyThere()),
                    number(table.repeated()),
                    number(table.refused())));
        }
        Output.table(out, List.of("TABLE", "FROM", "READ", "LOADED", "THERE", "REPEATED", "REFUSED"), rows);
        for (var table : report.tables()) {
            table.refusals().forEach(refusal -> out.printf("%s: %s%n", table.source(), shown(refusal)));
            if (table.differing() > 0) {
                out.printf(
                        "%s: %s rows are stored already with other content; the stored ones stay.%n",
                        table.source(), number(table.differing()));
            }
        }
        report.notes().forEach(out::println);
        out.printf("%.1f s%n", report.seconds());
    }

    private static String shown(ImportReport.Refusal refusal) {
        var lines = refusal.lines().isEmpty() ? "" : ", lines " + refusal.lines();
        return number(refusal.rows()) + " rows refused: " + refusal.reason() + lines;
    }

    private static String number(long count) {
        return "%,d".formatted(count);
    }
}
