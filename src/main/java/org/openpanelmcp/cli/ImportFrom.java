package org.openpanelmcp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.foreign.ForeignImport;
import org.openpanelmcp.transfer.foreign.ForeignReport;
import org.openpanelmcp.transfer.foreign.ForeignRequest;
import org.openpanelmcp.transfer.foreign.Product;
import org.openpanelmcp.transfer.foreign.Totals;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import-from plausible|umami|openpanel FILE}: imports another product's export, with its totals beside ours. */
@Command(
        name = "import-from",
        mixinStandardHelpOptions = true,
        description = {
            "Imports an export of another product into a project and compares the figures of each day.",
            "plausible: the zip of \"Export to CSV\". umami: CSV of website_event. openpanel: pages of its export API."
                    + " Zip, gzip and folders are read as they are.",
            "What is there already is left alone, so a file can be imported again. Works while the server runs."
        })
final class ImportFrom implements Callable<Integer> {
    private static final List<String> TITLES =
            List.of("DAY", "", "VISITORS", "VISITS", "PAGEVIEWS", "BOUNCES", "SECONDS");

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "${COMPLETION-CANDIDATES} (any case).")
    private Product product;

    @Parameters(index = "1", paramLabel = "FILE", description = "The export: a file, an archive or a folder.")
    private Path file;

    @Option(names = "--project", required = true, description = "The project that takes the events.")
    private String project;

    @Option(
            names = "--timezone",
            description =
                    "Zone of dates and times in the file that name none (default: UTC; for plausible the project's).")
    private @Nullable String timezone;

    @Option(
            names = "--website",
            description = "Which website (umami) or project (openpanel), when the file holds several.")
    private @Nullable String website;

    @Option(names = "--verbose", description = "Show all days, not only those whose figures differ.")
    private boolean verbose;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the parameters
    ImportFrom(Surroundings surroundings) {
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

    private ForeignReport run(DataDirectory directory) {
        var request = new ForeignRequest(
                product,
                file,
                project,
                projectZone(directory),
                timezone == null ? null : Known.zone(timezone),
                website,
                surroundings.now());
        return ForeignImport.run(directory.path(), request, ProgressBar.onTerminal());
    }

    private ZoneId projectZone(DataDirectory directory) {
        try (var metadata = SqliteMetadata.open(directory.metadataFile())) {
            var found = Known.project(metadata, project);
            var own = found.zone();
            return own != null
                    ? own
                    : metadata.organizations()
                            .find(found.organizationId())
                            .map(Organization::zone)
                            .orElse(ZoneId.of("UTC"));
        }
    }

    private void print(PrintWriter out, ForeignReport report) {
        out.printf(
                "%s rows read, %s refused, %s repeated.%n",
                number(report.read()), number(report.refused()), number(report.repeated()));
        for (var refusal : report.refusals()) {
            out.printf(
                    "%s: %s rows refused: %s, lines %s%n",
                    refusal.file(), number(refusal.rows()), refusal.reason(), refusal.lines());
        }
        var rows = new ArrayList<List<String>>();
        for (var table : report.loads()) {
            rows.add(List.of(
                    table.table(),
                    number(table.read()),
                    number(table.loaded()),
                    number(table.alreadyThere()),
                    number(table.refused())));
        }
        Output.table(out, List.of("TABLE", "MADE", "LOADED", "THERE", "REFUSED"), rows);
        printDays(out, report);
        report.notes().forEach(out::println);
        if (report.loadedNothing()) {
            out.println("Nothing new: everything was there already.");
        }
    }

    private void printDays(PrintWriter out, ForeignReport report) {
        var rows = new ArrayList<List<String>>();
        for (var day : report.days()) {
            if (verbose || !day.agrees()) {
                rows.add(row(day.day(), report.product(), day.old()));
                rows.add(row("", "here", day.now()));
            }
        }
        rows.add(row("all days", report.product(), report.old()));
        rows.add(row("", "here", report.now()));
        long differing = report.days().stream().filter(day -> !day.agrees()).count();
        out.printf(
                "%nDays in %s: %d, of which %d differ. Visitors of all days are the sum of the days.%n",
                report.timezone(), report.days().size(), differing);
        Output.table(out, TITLES, rows);
        for (var day : report.days()) {
            if (verbose || !day.agrees()) {
                day.reasons().forEach(reason -> out.printf("%s: %s%n", day.day(), reason));
            }
        }
        long other = report.days().stream()
                .filter(day -> day.agrees() && !day.reasons().isEmpty())
                .count();
        if (other > 0 && !verbose) {
            out.printf(
                    "On %d further days single pages, sources or the like could not be placed exactly: --verbose%n",
                    other);
        }
    }

    private static List<String> row(String day, String whose, Totals totals) {
        return List.of(
                day,
                whose,
                number(totals.visitors()),
                number(totals.visits()),
                number(totals.pageviews()),
                number(totals.bounces()),
                number(Math.round(totals.durationMillis() / 1000.0)));
    }

    private static String number(long count) {
        return "%,d".formatted(count);
    }
}
