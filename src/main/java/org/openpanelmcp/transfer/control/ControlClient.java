package org.openpanelmcp.transfer.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.transfer.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the server that runs on a data directory to do something. One call per client. */
public final class ControlClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SocketChannel channel;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to the server that runs on the directory; empty when none does. */
    public static Optional<ControlClient> connect(Path dataDirectory) {
        return new ControlAddress(dataDirectory)
                .existing()
                .flatMap(ControlAddress::connect)
                .map(ControlClient::new);
    }

    /**
     * Runs a command in the server and waits for its end.
     *
     * @param arguments written as JSON
     * @throws ControlProblem with the server's words when it could not, or when it stopped meanwhile
     */
    public JsonNode call(String command, Object arguments, Progress progress) {
        try {
            write(Map.of("command", command, "arguments", arguments));
            var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var answer = JSON.readTree(line);
                if (answer.has("error")) {
                    throw new ControlProblem(answer.path("error").asString());
                }
                if (answer.has("result")) {
                    return answer.path("result");
                }
                var step = answer.path("progress");
                progress.report(
                        step.path("step").asString(""), step.path("done").asDouble(0));
            }
        } catch (IOException exception) {
            throw lost(exception);
        }
        throw lost(new IOException("the connection ended"));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException exception) {
            throw lost(exception);
        }
    }

    private static ControlProblem lost(IOException exception) {
        return new ControlProblem(
                "The running server stopped answering. See its log; the same command can be given again.", exception);
    }

    private void write(Object line) throws IOException {
        var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
