package org.openpanelmcp.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands as a person would and keeps what they print. */
final class Terminal {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    private final Map<String, String> environment;

    Terminal(Path data) {
        this(Map.of("OPENPANEL_DATA", data.toString()));
    }

    Terminal(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a command left behind. */
    record Outcome(int exitCode, String out, String error) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    Outcome run(String... arguments) {
        var out = new StringWriter();
        var error = new StringWriter();
        var surroundings = new Surroundings(environment, InstantSource.fixed(NOW), "1.2.3");
        var line = OpenPanelCommand.withDataCommands(surroundings);
        var exitCode = OpenPanelCommand.finished(line, surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
        return new Outcome(exitCode, out.toString(), error.toString());
    }
}
