package org.openpanelmcp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openpanelmcp.transfer.ExportOptions;
import org.openpanelmcp.transfer.ExportReport;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.TransferFormat;
import org.openpanelmcp.transfer.control.ExportRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code export DIR}: writes a transfer folder, through the running server when there is one. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes everything, or some projects, into a new folder that 'import' loads again: catalog.json and one file"
                    + " per table that has rows.",
            "The folder holds the hashes of client secrets: keep it as safe as the data. Works while the server runs."
        })
final class ExportFolder implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
    private Path folder;

    @Option(
            names = "--project",
            paramLabel = "ID",
            description =
                    "Only this project, its organization, its own clients and its catalog entries. May be repeated.")
    private List<String> projects = new ArrayList<>();

    @Option(
            names = "--format",
            converter = FormatConverter.class,
            completionCandidates = Formats.class,
            description = "${COMPLETION-CANDIDATES} (default: parquet).")
    private TransferFormat format = TransferFormat.PARQUET;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the parameter
    ExportFolder(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The formats by the endings of their files. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(TransferFormat.values())
                    .map(TransferFormat::ending)
                    .iterator();
        }
    }

    /** Reads the ending of a format's files. */
    static final class FormatConverter implements ITypeConverter<TransferFormat> {
        @Override
        public TransferFormat convert(String text) {
            return TransferFormat.of(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is none of %s".formatted(text, String.join(", ", new Formats()))));
        }
    }

    @Override
    public Integer call() {
        var directory = data.directory(surroundings).path();
        var report = ExportRunner.run(directory, folder, new ExportOptions(projects, format), ProgressBar.onTerminal());
        if (json) {
            Output.json(spec.commandLine().getOut(), report);
        } else {
            print(report);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(ExportReport report) {
        var out = spec.commandLine().getOut();
        var rows = report.tables().stream()
                .map(table -> List.of(
                        table.table(), table.file(), "%,d".formatted(table.rows()), "%,d".formatted(table.bytes())))
                .toList();
        Output.table(out, List.of("TABLE", "FILE", "ROWS", "FILE BYTES"), rows);
        report.notes().forEach(out::println);
        out.printf("%.1f s%n", report.seconds());
    }
}
