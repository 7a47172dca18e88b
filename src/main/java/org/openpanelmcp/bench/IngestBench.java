package org.openpanelmcp.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openpanelmcp.cli.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench ingest}: sends events to a running server as fast as it acknowledges them, and says how fast that was. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = {
            "Sends events to a running server from many connections, each as soon as the one before is acknowledged.",
            "An acknowledged event is on disk. With --token it also measures when an event is visible to the tools.",
            "Use a data directory of its own, and start the server with --mcp-rate-limit 0."
        })
final class IngestBench implements Callable<Integer> {
    private static final long SECOND = 1_000_000_000L;
    private static final long BETWEEN_QUESTIONS = SECOND / 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", description = "Address of the server (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:3333");

    @Option(names = "--client", required = true, description = "Id of a write client.")
    private String client;

    @Option(names = "--secret", required = true, description = "Its secret.")
    private String secret;

    @Option(names = "--token", description = "MCP token of a read client of the same project.")
    private String token = "";

    @Option(names = "--connections", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(names = "--seconds", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            description = "Seconds before, that do not count: Java compiles meanwhile (default: ${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @Option(names = "--devices", description = "Devices; 0: every event has a new one (default: ${DEFAULT-VALUE}).")
    private int devices = 200_000;

    @Option(names = "--batch", description = "Events per request; 1: single calls (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Option(names = "--pid", description = "Process of the server, to tell its memory.")
    private long pid;

    private final Latencies latencies = new Latencies();
    private final AtomicLong events = new AtomicLong();
    private volatile boolean over;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec and the required options
    IngestBench() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            List<Future<Long>> senders = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int number = i;
                senders.add(threads.submit(() -> send(new IngestLoad(number, devices))));
            }
            var visible = threads.submit(this::visibility);
            long refused = 0;
            for (var sender : senders) {
                refused += sender.get();
            }
            over = true;
            print(out, refused, visible.get());
        } catch (ExecutionException failure) {
            throw new CommandFailure("The server at %s did not answer: %s".formatted(url, failure.getCause()), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(PrintWriter out, long refused, Latencies visible) {
        out.printf(
                "%,d events acknowledged in %d s: %,d/s in %,d requests/s%n",
                events.get(), seconds, events.get() / seconds, latencies.count() / seconds);
        out.printf(
                "a request took (ms): median %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f; refused requests: %,d%n",
                latencies.percentile(0.5),
                latencies.percentile(0.9),
                latencies.percentile(0.99),
                latencies.percentile(0.999),
                refused);
        if (visible.count() > 0) {
            out.printf(
                    "visible to the tools after (ms): median %.0f, longest %.0f, of %d%n",
                    visible.percentile(0.5), visible.percentile(1), visible.count());
        }
        if (pid > 0) {
            out.printf("memory of the server: %s%n", memory());
        }
    }

    private long send(IngestLoad load) throws IOException {
        long refused = 0;
        long begin = System.nanoTime() + warmUp * SECOND;
        long end = begin + seconds * SECOND;
        try (var connection = tracking(batch > 1 ? "/track/batch" : "/track")) {
            while (System.nanoTime() < end) {
                var body = body(load);
                long started = System.nanoTime();
                int status = connection.exchange(body).status();
                if (status != 200) {
                    refused++;
                } else if (started >= begin) {
                    latencies.add(System.nanoTime() - started);
                    events.addAndGet(batch);
                }
            }
        }
        return refused;
    }

    private Connection tracking(String path) throws IOException {
        return Connection.toTracking(url.resolve(path), client, secret);
    }

    private byte[] body(IngestLoad load) {
        if (batch <= 1) {
            return load.next().getBytes(StandardCharsets.UTF_8);
        }
        var text = new StringBuilder("[");
        for (int i = 0; i < batch; i++) {
            text.append(i == 0 ? "" : ",").append(load.next());
        }
        return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One event after the other, each asked for until it is there. */
    private Latencies visibility() throws IOException {
        var delays = new Latencies();
        if (token.isEmpty()) {
            return delays;
        }
        try (var sender = tracking("/track");
                var asker = Connection.toTools(url.resolve("/mcp"), token)) {
            for (int i = 0; !over; i++) {
                var name = "bench_probe_" + ProcessHandle.current().pid() + "_" + i;
                sender.post(("{\"type\":\"track\",\"payload\":{\"name\":\"" + name
                                + "\",\"properties\":{\"__deviceId\":\"probe\"}}}")
                        .getBytes(StandardCharsets.UTF_8));
                long acknowledged = System.nanoTime();
                do {
                    // Asking takes time of the server, too.
                    LockSupport.parkNanos(BETWEEN_QUESTIONS);
                } while (!isVisible(asker, name) && !over);
                if (!over) {
                    delays.add(System.nanoTime() - acknowledged);
                }
            }
        }
        return delays;
    }

    private static boolean isVisible(Connection asker, String name) throws IOException {
        var answer = asker.post(("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                        + "\"query_events\",\"arguments\":{\"limit\":1,\"eventNames\":[\"" + name + "\"]}}}")
                .getBytes(StandardCharsets.UTF_8));
        return !JSON.readTree(answer).at("/result/structuredContent/rows/0").isMissingNode();
    }

    private String memory() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("unknown");
        } catch (IOException unknown) {
            return "unknown (" + unknown.getMessage() + ")";
        }
    }
}
