package org.openpanelmcp.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code org create|list|delete}. */
@Command(
        name = "org",
        mixinStandardHelpOptions = true,
        description = "Organizations, which own projects.",
        synopsisSubcommandLabel = "COMMAND")
final class OrganizationCommands {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    OrganizationCommands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes an organization.")
    void create(
            @Mixin MetadataCommand command,
            @Option(names = "--id", required = true, description = "Slug, part of the console's addresses.") String id,
            @Option(names = "--name", required = true, description = "Name for people.") String name,
            @Option(
                            names = "--timezone",
                            defaultValue = "UTC",
                            description = "Zone in which its days begin (default: UTC).")
                    String timezone) {
        var organization = new Organization(id, Texts.name(name), Known.zone(timezone), surroundings.now());
        if (!command.on(surroundings, metadata -> metadata.organizations().add(organization))) {
            throw new CommandFailure(
                    "Organization id '%s' is taken, maybe by a deleted one. Choose another.".formatted(id));
        }
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, json(organization));
        } else {
            out.printf("Organization '%s' is made. Next: project create --org %s --id ID --name NAME%n", id, id);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all organizations.")
    void list(@Mixin MetadataCommand command) {
        var organizations =
                command.on(surroundings, metadata -> metadata.organizations().list());
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.jsonList(
                    out, organizations.stream().map(OrganizationCommands::json).toList());
        } else {
            Output.table(
                    out,
                    List.of("ID", "NAME", "TIMEZONE", "CREATED"),
                    organizations.stream()
                            .map(organization -> List.of(
                                    organization.id(),
                                    organization.name(),
                                    organization.zone().getId(),
                                    organization.createdAt().toString()))
                            .toList());
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes an organization that has no projects any more.")
    void delete(
            @Mixin MetadataCommand command, @Parameters(paramLabel = "ID", description = "Organization.") String id) {
        command.on(surroundings, metadata -> delete(metadata, id));
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, Map.of("deleted", id));
        } else {
            out.printf("Organization '%s' is deleted; its clients are refused from now on.%n", id);
        }
    }

    private boolean delete(Metadata metadata, String id) {
        var organization = Known.organization(metadata, id);
        var projects = metadata.projects().list(organization.id());
        if (!projects.isEmpty()) {
            throw new CommandFailure(
                    "Organization '%s' still has projects: %s. Delete them first with 'project delete'."
                            .formatted(id, projects.stream().map(Project::id).collect(Collectors.joining(", "))));
        }
        return metadata.organizations().delete(id, surroundings.now());
    }

    private static Map<String, Object> json(Organization organization) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", organization.id());
        json.put("name", organization.name());
        json.put("timezone", organization.zone().getId());
        json.put("createdAt", organization.createdAt().toString());
        return json;
    }
}
