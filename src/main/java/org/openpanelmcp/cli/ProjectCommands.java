package org.openpanelmcp.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.erase.ExpiryReport;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.RetentionPeriods;
import org.openpanelmcp.metadata.TrackingRules;
import org.openpanelmcp.transfer.control.RetentionRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code project create|list|tracking|retention|delete}. */
@Command(
        name = "project",
        mixinStandardHelpOptions = true,
        description = "Projects, whose events are kept together.",
        synopsisSubcommandLabel = "COMMAND")
final class ProjectCommands {
    /** The origin of a site, whose pages may send from the start. */
    private static final Pattern SITE = Pattern.compile("https?://[\\p{L}\\p{N}._-]+(:\\d+)?");

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    ProjectCommands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is known of a project before it exists. */
    static final class Details {
        @Option(names = "--id", required = true, description = "Slug by which calls name it.")
        private String id = "";

        @Option(names = "--org", required = true, description = "Organization that owns it.")
        private String organization = "";

        @Option(names = "--name", required = true, description = "Name for people.")
        private String name = "";

        @Option(names = "--domain", description = "Address of the site, such as https://example.org.")
        private @Nullable String domain;

        @Option(
                names = "--type",
                split = ",",
                defaultValue = "website",
                description = "Any of website, app, backend (default: website).")
        private List<String> types = List.of();

        @Option(names = "--timezone", description = "Zone in which its days begin (default: the organization's).")
        private @Nullable String timezone;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a project.")
    void create(@Mixin MetadataCommand command, @Mixin Details details) {
        var zone = details.timezone == null ? null : Known.zone(details.timezone);
        var project = new Project(
                details.id,
                details.organization,
                Texts.name(details.name),
                details.domain,
                details.types,
                zone,
                surroundings.now(),
                null);
        if (!command.on(surroundings, metadata -> add(metadata, project))) {
            throw new CommandFailure(
                    "Project id '%s' is taken, maybe by a deleted project. Choose another.".formatted(project.id()));
        }
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, json(project));
        } else {
            out.printf(
                    "Project '%s' is made. Next: client create --project %s --type read%n", project.id(), project.id());
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows projects.")
    void list(
            @Mixin MetadataCommand command,
            @Option(names = "--org", description = "Only those of this organization.") @Nullable String organization) {
        var projects = command.on(
                surroundings,
                metadata -> chosen(metadata, organization).stream()
                        .flatMap(owner -> metadata.projects().list(owner.id()).stream())
                        .toList());
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.jsonList(out, projects.stream().map(ProjectCommands::json).toList());
        } else {
            Output.table(
                    out,
                    List.of("ID", "ORGANIZATION", "NAME", "TYPES", "DOMAIN"),
                    projects.stream()
                            .map(project -> List.of(
                                    project.id(),
                                    project.organizationId(),
                                    project.name(),
                                    String.join(",", project.types()),
                                    project.domain() == null ? "-" : project.domain()))
                            .toList());
        }
    }

    /** What of a project's tracking is to change. */
    static final class TrackingChange {
        @Option(
                names = "--add-origin",
                split = ",",
                description =
                        "Web origin whose pages may send without a secret: https://example.org, *.example.org, *.")
        private List<String> added = List.of();

        @Option(names = "--remove-origin", split = ",", description = "Origin that may no longer.")
        private List<String> removed = List.of();

        @Option(names = "--unsafe-revenue", arity = "1", description = "true: revenue is taken without a secret, too.")
        private @Nullable Boolean unsafeRevenue;

        TrackingRules applied(TrackingRules before) {
            var origins = new LinkedHashSet<>(before.origins());
            origins.addAll(added);
            removed.forEach(origins::remove);
            return new TrackingRules(
                    List.copyOf(origins),
                    unsafeRevenue == null ? before.unsafeRevenue() : unsafeRevenue,
                    before.filtersJson());
        }
    }

    @Command(
            name = "tracking",
            mixinStandardHelpOptions = true,
            description = "Shows or changes from where a project takes events.")
    void tracking(
            @Mixin MetadataCommand command,
            @Parameters(paramLabel = "ID", description = "Project.") String id,
            @Mixin TrackingChange change) {
        var rules = command.on(surroundings, metadata -> {
            Known.project(metadata, id);
            var before = metadata.tracking().find(id).orElse(TrackingRules.NONE);
            var after = change.applied(before);
            if (!after.equals(before)) {
                metadata.tracking().save(id, after);
            }
            return after;
        });
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, Map.of("project", id, "origins", rules.origins(), "unsafeRevenue", rules.unsafeRevenue()));
        } else {
            out.printf(
                    "Project '%s' takes events from pages of: %s. Revenue without a secret: %s.%n",
                    id,
                    rules.origins().isEmpty()
                            ? "(none; only with a client's secret)"
                            : String.join(", ", rules.origins()),
                    rules.unsafeRevenue() ? "yes" : "no");
        }
    }

    /** What is to be shown or changed of how long a project keeps its events. */
    static final class RetentionChange {
        @Option(
                names = "--days",
                paramLabel = "N|forever",
                description = "Whole days before today that are kept, or 'forever'.")
        private @Nullable String days;

        @Option(names = "--yes", description = "Remove at once what is older; it cannot be brought back.")
        private boolean yes;

        boolean isGiven() {
            return days != null;
        }

        OptionalInt wanted() {
            var text = String.valueOf(days);
            if (text.equals("forever")) {
                return OptionalInt.empty();
            }
            try {
                return OptionalInt.of(Integer.parseInt(text));
            } catch (NumberFormatException wrong) {
                throw new CommandFailure(
                        "--days is '%s': give a number of days from 1 to %d, or 'forever'."
                                .formatted(text, RetentionPeriods.MOST_DAYS),
                        wrong);
            }
        }
    }

    @Command(
            name = "retention",
            mixinStandardHelpOptions = true,
            description = "Shows or sets for how many days a project keeps what happened.")
    void retention(
            @Mixin MetadataCommand command,
            @Parameters(paramLabel = "ID", description = "Project.") String id,
            @Mixin RetentionChange change) {
        var days = command.on(surroundings, metadata -> {
            Known.project(metadata, id);
            return change.isGiven()
                    ? changed(metadata, id, change)
                    : metadata.retention().find(id);
        });
        var report = change.isGiven() && days.isPresent()
                ? RetentionRunner.run(command.directory(surroundings).path())
                : new ExpiryReport(List.of(), 0);
        var out = spec.commandLine().getOut();
        var removed = report.projects().stream()
                .filter(row -> row.project().equals(id))
                .findFirst();
        if (command.json()) {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("project", id);
            json.put("days", days.isPresent() ? days.getAsInt() : null);
            json.put("removed", removed.orElse(null));
            Output.json(out, json);
            return;
        }
        out.printf(
                "Project '%s' keeps what happened %s.%n",
                id, days.isPresent() ? "for %d days".formatted(days.getAsInt()) : "for ever");
        removed.ifPresent(row -> out.printf(
                "Removed what is older than %s: %d events, %d sessions, %d profiles.%n",
                row.since(), row.events(), row.sessions(), row.profiles()));
    }

    private static OptionalInt changed(Metadata metadata, String id, RetentionChange change) {
        var before = metadata.retention().find(id);
        var wanted = change.wanted();
        boolean shorter = wanted.isPresent() && wanted.getAsInt() < before.orElse(Integer.MAX_VALUE);
        if (shorter && !change.yes) {
            throw new CommandFailure(
                    "Nothing was changed: with %d days, what is older goes at once and for good. Give --yes to do that."
                            .formatted(wanted.getAsInt()));
        }
        metadata.retention().save(id, wanted);
        return wanted;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a project: nobody can read it any more.")
    void delete(@Mixin MetadataCommand command, @Parameters(paramLabel = "ID", description = "Project.") String id) {
        command.on(surroundings, metadata -> {
            Known.project(metadata, id);
            return metadata.projects().delete(id, surroundings.now());
        });
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, Map.of("deleted", id));
        } else {
            out.printf("Project '%s' is deleted; its clients are refused from now on.%n", id);
        }
    }

    /** All organizations, or the one that was named. */
    static List<Organization> chosen(Metadata metadata, @Nullable String organization) {
        return organization == null
                ? metadata.organizations().list()
                : List.of(Known.organization(metadata, organization));
    }

    private static boolean add(Metadata metadata, Project project) {
        Known.organization(metadata, project.organizationId());
        boolean added = metadata.projects().add(project);
        var site = project.domain() == null ? null : SITE.matcher(project.domain());
        if (added && site != null && site.lookingAt()) {
            metadata.tracking().save(project.id(), new TrackingRules(List.of(site.group()), false, "[]"));
        }
        return added;
    }

    private static Map<String, @Nullable Object> json(Project project) {
        var zone = project.zone();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", project.id());
        json.put("organizationId", project.organizationId());
        json.put("name", project.name());
        json.put("domain", project.domain());
        json.put("types", project.types());
        json.put("timezone", zone == null ? null : zone.getId());
        json.put("createdAt", project.createdAt().toString());
        return json;
    }
}
