package org.openpanelmcp.cli;

import java.io.PrintWriter;
import org.openpanelmcp.ingest.erase.ErasureReport;
import org.openpanelmcp.transfer.control.PersonRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code person delete}. */
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "People whose events are kept.",
        synopsisSubcommandLabel = "COMMAND")
final class PersonCommands {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    PersonCommands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = {
                "Deletes a person for good: profile, events, sessions, and what its devices did unnamed.",
                "Works while the server runs. Backups and exports are yours to delete."
            })
    void delete(
            @Mixin MetadataCommand command,
            @Parameters(paramLabel = "PROFILE_ID", description = "Id of the profile, or of an unnamed device.")
                    String id,
            @Option(names = "--project", required = true, description = "Project.") String project,
            @Option(names = "--yes", description = "Delete; without it, only says what would go.") boolean yes) {
        if (id.isEmpty()) {
            throw new CommandFailure("The profile id is empty, which is nobody's id.");
        }
        command.on(surroundings, metadata -> Known.project(metadata, project));
        var report = PersonRunner.run(command.directory(surroundings).path(), project, id, yes);
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, report);
        } else {
            print(out, report, yes);
        }
        if (!yes) {
            throw new CommandFailure(
                    report.found()
                            ? "Nothing was deleted. Give --yes to delete this for good."
                            : "Nothing was deleted. Give --yes if the id is right: then no import brings the person back.");
        }
    }

    private static void print(PrintWriter out, ErasureReport report, boolean done) {
        if (!report.found()) {
            out.printf(
                    "Nothing is stored of a profile '%s' in project '%s'.%s%n",
                    report.profile(),
                    report.project(),
                    report.nearest().isEmpty() ? "" : " Nearest: " + String.join(", ", report.nearest()) + ".");
        }
        out.printf(
                "%s %d events, %d sessions, %d profiles (%d devices that nobody else used).%n",
                done ? "Deleted:" : "Would be deleted:",
                report.events(),
                report.sessions(),
                report.profiles(),
                report.devices());
        if (report.recounted() > 0) {
            out.printf(
                    "%d sessions are shared with others and %s without this person.%n",
                    report.recounted(), done ? "were counted anew" : "would be counted anew");
        }
        if (done) {
            out.printf(
                    "No import brings back what happened up to %s. The files are free of it after 'compact', which a running server does within a day.%n",
                    report.until());
        }
    }
}
