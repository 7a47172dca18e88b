package org.openpanelmcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Secrets;
import org.openpanelmcp.access.Token;
import org.openpanelmcp.cli.CommandFailure;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.transfer.ProgressBar;
import org.openpanelmcp.transfer.demo.Demo;
import org.openpanelmcp.transfer.demo.DemoOptions;

/**
 * A data directory that holds the demo, made anew once a day. The tokens stay the same, so that a client that was set up
 * once goes on working.
 *
 * @param token opens the shop
 * @param rootToken opens all projects of the demo
 * @param writer sends events to the shop
 * @param events how many there are
 * @param until the end of the invented time
 */
record DemoInstallation(String token, String rootToken, Token writer, long events, Instant until) {
    private static final String UNTIL = "demo_until";
    private static final String EVENTS = "demo_events";
    private static final String WANTED = "demo_events_wanted";
    private static final String TOKEN = "demo_token";
    private static final String ROOT_TOKEN = "demo_root_token";
    private static final String WRITER = "demo_writer";
    private static final String MARK = "demo";

    /** For making it: most of what is needed is the rows that wait, and those are few. */
    private static final DuckDbOptions SMALL =
            DuckDbOptions.unlocked(320L << 20, 8L << 30, Runtime.getRuntime().availableProcessors());

    /** @throws CommandFailure when the directory holds something else than a demo */
    static DemoInstallation ready(DataDirectory directory, long wantedEvents, InstantSource clock) {
        var used = Files.exists(directory.metadataFile()) || Files.exists(DuckDbDatabase.fileIn(directory.path()));
        try (var metadata = SqliteMetadata.open(directory.metadataFile())) {
            var facts = metadata.facts();
            if (used && facts.get(MARK).isEmpty()) {
                throw new CommandFailure(
                        "The directory %s holds data that is no demo. Name another one with --data, or use 'serve'."
                                .formatted(directory.path()));
            }
            var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            facts.put(MARK, "true");
            if (!upToDate(metadata, directory, wantedEvents, now)) {
                make(metadata, directory, wantedEvents, now);
            }
            return new DemoInstallation(
                    token(metadata, TOKEN, Client.Type.READ, Demo.PROJECT, now),
                    token(metadata, ROOT_TOKEN, Client.Type.ROOT, null, now),
                    Token.decode(token(metadata, WRITER, Client.Type.WRITE, Demo.PROJECT, now))
                            .orElseThrow(),
                    Long.parseLong(facts.get(EVENTS).orElseThrow()),
                    Instant.parse(facts.get(UNTIL).orElseThrow()));
        }
    }

    private static boolean upToDate(Metadata metadata, DataDirectory directory, long wanted, Instant now) {
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        var facts = metadata.facts();
        return Files.exists(DuckDbDatabase.fileIn(directory.path()))
                && facts.get(WANTED).equals(Optional.of(wanted(wanted)))
                && facts.get(UNTIL)
                        .map(until ->
                                Instant.parse(until).atZone(ZoneOffset.UTC).toLocalDate())
                        .filter(today::equals)
                        .isPresent();
    }

    /** What was made before is forgotten first, so that a demo that was cut short is never taken for a whole one. */
    private static void make(Metadata metadata, DataDirectory directory, long wanted, Instant now) {
        metadata.facts().put(WANTED, "");
        removeEvents(directory.path());
        try (var events = DuckDbDatabase.open(directory.path(), SMALL)) {
            var options = new DemoOptions(DemoOptions.DEFAULT_SEED, now, wanted);
            var report = Demo.load(events, metadata, options, ProgressBar.onTerminal());
            metadata.facts().put(EVENTS, Long.toString(report.events()));
            metadata.facts().put(UNTIL, now.toString());
            metadata.facts().put(WANTED, wanted(wanted));
        }
    }

    private static String wanted(long events) {
        return events + " events in form " + Demo.FORM;
    }

    private static void removeEvents(Path directory) {
        var file = DuckDbDatabase.fileIn(directory);
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot remove yesterday's demo from " + directory + ".", failure);
        }
    }

    private static String token(
            Metadata metadata, String fact, Client.Type type, @Nullable String projectId, Instant now) {
        var known = metadata.facts().get(fact);
        if (known.isPresent()) {
            return known.get();
        }
        var secret = Secrets.generate();
        var id = UUID.randomUUID().toString();
        metadata.clients().save(new Client(id, "demo", type, Demo.ORGANIZATION, projectId, Secrets.hash(secret), now));
        var token = new Token(id, secret).encode();
        metadata.facts().put(fact, token);
        return token;
    }
}
