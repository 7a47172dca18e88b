package org.openpanelmcp.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Secrets;
import org.openpanelmcp.access.Token;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code client create|list|revoke}. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description = "Clients (API keys) of programs.",
        synopsisSubcommandLabel = "COMMAND")
final class ClientCommands {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    ClientCommands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is known of a client before it exists. */
    static final class Details {
        @Option(names = "--project", description = "Project of a read or write client.")
        private @Nullable String project;

        @Option(names = "--org", description = "Organization of a root client.")
        private @Nullable String organization;

        @Option(
                names = "--type",
                required = true,
                description = "read: one project; write: sends events only; root: all projects of an organization.")
        private Client.Type type = Client.Type.READ;

        @Option(names = "--name", description = "Name for people (default: the type).")
        private @Nullable String name;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a client and shows its secret, once.")
    void create(@Mixin MetadataCommand command, @Mixin Details details) {
        checkOptions(details);
        var name = details.name == null ? word(details.type) + " client" : Texts.name(details.name);
        var secret = Secrets.generate();
        var client = command.on(surroundings, metadata -> {
            var made = new Client(
                    UUID.randomUUID().toString(),
                    name,
                    details.type,
                    organizationOf(metadata, details),
                    details.project,
                    Secrets.hash(secret),
                    surroundings.now());
            metadata.clients().save(made);
            return made;
        });
        var token = new Token(client.id(), secret);
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, created(client, token));
        } else {
            explain(out, client, token);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows clients, never their secrets.")
    void list(
            @Mixin MetadataCommand command,
            @Option(names = "--org", description = "Only those of this organization.") @Nullable String organization) {
        var clients = command.on(
                surroundings,
                metadata -> ProjectCommands.chosen(metadata, organization).stream()
                        .flatMap(owner -> metadata.clients().list(owner.id()).stream())
                        .toList());
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.jsonList(out, clients.stream().map(ClientCommands::json).toList());
        } else {
            Output.table(
                    out,
                    List.of("ID", "TYPE", "ORGANIZATION", "PROJECT", "NAME", "CREATED"),
                    clients.stream()
                            .map(client -> List.of(
                                    client.id(),
                                    word(client.type()),
                                    client.organizationId(),
                                    client.projectId() == null ? "-" : client.projectId(),
                                    client.name(),
                                    client.createdAt().toString()))
                            .toList());
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            aliases = "delete",
            description = "Takes a client away; a running server refuses it at its next call.")
    void revoke(@Mixin MetadataCommand command, @Parameters(paramLabel = "ID", description = "Client.") String id) {
        if (!command.on(surroundings, metadata -> metadata.clients().revoke(id))) {
            throw new CommandFailure("There is no client '%s'. 'client list' shows those that exist.".formatted(id));
        }
        var out = spec.commandLine().getOut();
        if (command.json()) {
            Output.json(out, Map.of("revoked", id));
        } else {
            out.printf("Client '%s' is revoked.%n", id);
        }
    }

    private void checkOptions(Details details) {
        var problem = switch (details.type) {
            case ROOT ->
                details.organization == null || details.project != null
                        ? "A root client belongs to an organization: give --org ID and no --project."
                        : null;
            case READ, WRITE ->
                details.project == null || details.organization != null
                        ? "A %s client belongs to one project: give --project ID and no --org."
                                .formatted(word(details.type))
                        : null;
        };
        if (problem != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine().getSubcommands().get("create"), problem);
        }
    }

    private static String organizationOf(Metadata metadata, Details details) {
        return details.project == null
                ? Known.organization(metadata, String.valueOf(details.organization))
                        .id()
                : Known.project(metadata, details.project).organizationId();
    }

    private static void explain(PrintWriter out, Client client, Token token) {
        out.printf(
                "Client '%s' (%s) is made. Its secret is shown this once and kept only as a hash:%n%n",
                client.name(), word(client.type()));
        out.printf("  Client id:  %s%n", client.id());
        out.printf("  Secret:     %s%n", token.secret());
        switch (client.type()) {
            case READ, ROOT -> out.printf("  MCP token:  %s%n", token.encode());
            case WRITE -> out.printf("%nA write client sends events; it has no MCP token.%n");
        }
    }

    private static Map<String, @Nullable Object> created(Client client, Token token) {
        var json = json(client);
        json.put("clientId", client.id());
        json.put("clientSecret", token.secret());
        json.put("mcpToken", client.type() == Client.Type.WRITE ? null : token.encode());
        return json;
    }

    private static Map<String, @Nullable Object> json(Client client) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", client.id());
        json.put("name", client.name());
        json.put("type", word(client.type()));
        json.put("organizationId", client.organizationId());
        json.put("projectId", client.projectId());
        json.put("createdAt", client.createdAt().toString());
        return json;
    }

    private static String word(Client.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
