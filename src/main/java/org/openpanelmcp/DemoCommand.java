package org.openpanelmcp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.cli.CommandFailure;
import org.openpanelmcp.cli.Surroundings;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.Settings;
import org.openpanelmcp.transfer.demo.DemoOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code demo}: invents the analytics of a shop and an app and answers questions about them. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Invents 90 days of a shop's and an app's analytics, starts the server on them and prints what to paste"
                        + " into a client.")
final class DemoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", description = "Directory of the demo; made anew each day (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("demo-data");

    @Option(names = "--port", description = "Port to listen on; 0 for any free one (default: 3333).")
    private @Nullable String port;

    @Option(names = "--events", description = "About how many events, 1000 to 10000000 (default: ${DEFAULT-VALUE}).")
    private long events = DemoOptions.DEFAULT_EVENTS;

    @Option(names = "--json", description = "Print address and tokens as one line of JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (events < DemoOptions.LEAST_EVENTS || events > DemoOptions.MOST_EVENTS) {
            throw new CommandFailure("--events is %d. From %d to %d are possible."
                    .formatted(events, DemoOptions.LEAST_EVENTS, DemoOptions.MOST_EVENTS));
        }
        var installation = DemoInstallation.ready(directory(), events, surroundings.clock());
        var settings = Settings.read(flags(), surroundings.environment());
        var server = Running.start(settings);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(described(server, installation)));
        } else {
            out.print(text(server, installation));
        }
        out.flush();
        Running.untilStopped(server);
        return CommandLine.ExitCode.OK;
    }

    private DataDirectory directory() {
        try {
            return new DataDirectory(data).ensure();
        } catch (IOException unusable) {
            throw new CommandFailure(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Map<String, String> flags() {
        var flags = new HashMap<String, String>();
        flags.put("data", data.toString());
        if (port != null) {
            flags.put("port", port);
        }
        return flags;
    }

    private static Map<String, Object> described(Server server, DemoInstallation installation) {
        var described = new LinkedHashMap<String, Object>();
        described.put("mcpUrl", server.url());
        described.put("mcpToken", installation.token());
        described.put("rootToken", installation.rootToken());
        described.put("writeClientId", installation.writer().clientId());
        described.put("writeClientSecret", installation.writer().secret());
        described.put("events", installation.events());
        return described;
    }

    private static String text(Server server, DemoInstallation installation) {
        return """

            The demo shop and its hiking app are open: %,d events, up to %s.

              MCP address              %s
              token for the shop       %s
              token for both projects  %s

            Paste one of these, with either token:

            %s
            Then ask, for example: "How did the shop do this week compared with last week, and why?"

            Send the shop an event of your own; query_events shows it two seconds later:

            curl %s -H 'Content-Type: application/json' -H 'openpanel-client-id: %s' \\
              -H 'openpanel-client-secret: %s' -d '{"type":"track","payload":{"name":"hello"}}'

            Stop with Ctrl-C.
            """.formatted(
                        installation.events(),
                        installation.until(),
                        server.url(),
                        installation.token(),
                        installation.rootToken(),
                        new ClientSnippets(server.url(), installation.token()).text(),
                        server.trackUrl(),
                        installation.writer().clientId(),
                        installation.writer().secret());
    }
}
