package org.openpanelmcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as a person starts it. Both outputs come as one text. */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder seen = new StringBuilder();

    private Program(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** How a command ended. */
    record Ended(int exitCode, String output) {}

    static Program start(String... arguments) {
        try {
            var command = new ArrayList<String>();
            command.add(System.getProperty("java.home") + "/bin/java");
            command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
            command.add("-Djava.io.tmpdir=" + temporary());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openpanelmcp.Main"));
            command.addAll(List.of(arguments));
            return new Program(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Ended run(String... arguments) {
        try (var program = start(arguments)) {
            return program.end();
        }
    }

    /** A killed program leaves its unpacked libraries behind: here the next clean build removes them. */
    private static Path temporary() throws IOException {
        return Files.createDirectories(Path.of("target", "tmp")).toAbsolutePath();
    }

    /** Reads on until a line holds the text, and gives that line. */
    String lineWith(String text) {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
                if (line.contains(text)) {
                    return line;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        throw new AssertionError("ended without \"" + text + "\": " + seen);
    }

    /** Waits for the program to end by itself. */
    Ended end() {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + seen);
            }
            return new Ended(process.exitValue(), seen.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Asks it to stop, as Ctrl-C does. */
    Ended stop() {
        // By its handle: destroying the process itself would close the output before it is read.
        process.toHandle().destroy();
        return end();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
