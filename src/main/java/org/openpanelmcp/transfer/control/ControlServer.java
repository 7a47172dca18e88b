package org.openpanelmcp.transfer.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.openpanelmcp.metadata.MetadataFailure;
import org.openpanelmcp.metadata.MetadataRefusal;
import org.openpanelmcp.store.duckdb.DuckDbFailure;
import org.openpanelmcp.transfer.Progress;
import org.openpanelmcp.transfer.TransferProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens on the control socket of a data directory. Only the user who runs the server can connect.
 *
 * <p>One line of JSON asks: {@code {"command": "import", "arguments": {…}}}. Lines of JSON answer: any number of
 * {@code {"progress": {"step": "…", "done": 0.5}}}, then one {@code {"result": …}} or {@code {"error": "…"}}. Commands
 * run on platform threads of their own, and to their end even when the asker has gone.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_REQUEST = 1 << 20;

    private final ControlAddress address;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final Map<String, Command> commands;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("control-", 0).factory());

    /** Something the running server can do for a command line. */
    @FunctionalInterface
    public interface Command {
        /** @return what is written as JSON for the asker */
        Object run(JsonNode arguments, Progress progress);
    }

    private ControlServer(
            ControlAddress address, Path socket, ServerSocketChannel listener, Map<String, Command> commands) {
        this.address = address;
        this.socket = socket;
        this.listener = listener;
        this.commands = new TreeMap<>(commands);
    }

    /**
     * Starts to listen. The socket of a server that was killed is replaced.
     *
     * @param commands by name
     * @throws ControlProblem when another server runs on the directory, or no socket can be made
     */
    public static ControlServer start(Path dataDirectory, Map<String, Command> commands) {
        var address = new ControlAddress(dataDirectory);
        try {
            var old = address.existing();
            if (old.isPresent()) {
                removeStale(address, old.get(), dataDirectory);
            }
            var socket = address.create();
            var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            if (Files.getFileStore(socket).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            var server = new ControlServer(address, socket, listener, commands);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException exception) {
            throw new ControlProblem("Cannot make the control socket of " + dataDirectory + ".", exception);
        }
    }

    private static void removeStale(ControlAddress address, Path socket, Path dataDirectory) throws IOException {
        var live = ControlAddress.connect(socket);
        if (live.isPresent()) {
            live.get().close();
            throw new ControlProblem("A server is running on " + dataDirectory + " already. Stop it, or use it.");
        }
        address.remove(socket);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                var channel = listener.accept();
                open.add(channel);
                threads.execute(() -> serve(channel));
            } catch (IOException | RejectedExecutionException exception) {
                if (listener.isOpen()) {
                    LOG.warn("The control socket failed to take a connection", exception);
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            var request = firstLine(reader);
            if (!request.isEmpty()) {
                answer(channel, request);
            }
        } catch (IOException exception) {
            LOG.debug("A control connection ended early", exception);
        } finally {
            open.remove(channel);
        }
    }

    private static String firstLine(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        for (int next = reader.read(); next >= 0 && next != '\n'; next = reader.read()) {
            line.append((char) next);
            if (line.length() > LONGEST_REQUEST) {
                throw new IOException("the request is longer than " + LONGEST_REQUEST + " characters");
            }
        }
        return line.toString();
    }

    private void answer(SocketChannel channel, String line) throws IOException {
        Object answer;
        try {
            var request = JSON.readTree(line);
            var name = request.path("command").asString("");
            var command = commands.get(name);
            if (command == null) {
                throw new ControlProblem("The running server does not know the command '" + name + "'. It knows "
                        + String.join(", ", new TreeSet<>(commands.keySet())) + ".");
            }
            answer = Map.of("result", command.run(request.path("arguments"), progressTo(channel)));
        } catch (ControlProblem | TransferProblem | DuckDbFailure | MetadataRefusal | MetadataFailure problem) {
            answer = Map.of("error", String.valueOf(problem.getMessage()));
        } catch (JacksonException exception) {
            answer = Map.of("error", "The request was no line of JSON.");
        } catch (RuntimeException exception) {
            LOG.error("A control command failed", exception);
            answer = Map.of("error", "The server failed to do that; its log says why.");
        }
        write(channel, answer);
    }

    private static Progress progressTo(SocketChannel channel) {
        return (step, done) -> {
            try {
                write(channel, Map.of("progress", Map.of("step", step, "done", done)));
            } catch (IOException exception) {
                LOG.debug("Nobody listens to the progress any more", exception);
            }
        };
    }

    private static void write(SocketChannel channel, Object line) throws IOException {
        var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Stops listening, waits for commands that are under way, and takes the socket away. */
    @Override
    public void close() {
        try {
            listener.close();
            for (var channel : open) {
                channel.close();
            }
            threads.close();
            address.remove(socket);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
