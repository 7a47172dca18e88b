package org.openpanelmcp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openpanelmcp.access.AuditLog;
import org.openpanelmcp.access.CallLimit;
import org.openpanelmcp.access.FailureLimit;
import org.openpanelmcp.access.Gatekeeper;
import org.openpanelmcp.access.InstallationKey;
import org.openpanelmcp.access.SecretVerifier;
import org.openpanelmcp.access.TokenReader;
import org.openpanelmcp.config.DataDirectory;
import org.openpanelmcp.config.Settings;
import org.openpanelmcp.guide.Prompts;
import org.openpanelmcp.guide.Suggestions;
import org.openpanelmcp.guide.VisibleProjects;
import org.openpanelmcp.guide.Vocabulary;
import org.openpanelmcp.http.HttpOptions;
import org.openpanelmcp.http.HttpServer;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Router;
import org.openpanelmcp.http.TrustedProxies;
import org.openpanelmcp.ingest.track.TrackEndpoints;
import org.openpanelmcp.mcp.Gate;
import org.openpanelmcp.mcp.McpEndpoint;
import org.openpanelmcp.mcp.McpOptions;
import org.openpanelmcp.mcp.Offering;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.ops.MeasuredEventStore;
import org.openpanelmcp.ops.Metrics;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventStore;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import org.openpanelmcp.tool.Caller;
import org.openpanelmcp.tool.Catalogue;
import org.openpanelmcp.tool.Dashboard;
import org.openpanelmcp.tool.ToolServices;
import org.openpanelmcp.tool.Toolsets;
import org.openpanelmcp.transfer.Import;
import org.openpanelmcp.transfer.control.BackupCommand;
import org.openpanelmcp.transfer.control.ControlServer;
import org.openpanelmcp.transfer.control.DeadLettersCommand;
import org.openpanelmcp.transfer.control.ExportCommand;
import org.openpanelmcp.transfer.control.Handover;
import org.openpanelmcp.transfer.control.ImportCommand;
import org.openpanelmcp.transfer.foreign.TotalsCommand;

/** The running server: all wiring, by hand, from the ground up. */
public final class Server implements AutoCloseable {
    /** The path of the MCP endpoint. */
    public static final String MCP_PATH = "/mcp";

    private static final int FAILURES_PER_MINUTE = 20;

    private final Settings settings;
    private final Metadata metadata;
    private final Router router;
    private final HttpServer http;
    private final Parts parts;

    private Server(Settings settings, Metadata metadata, Router router, HttpServer http, Parts parts) {
        this.settings = settings;
        this.metadata = metadata;
        this.router = router;
        this.http = http;
        this.parts = parts;
    }

    /**
     * Opens the data directory and begins to answer.
     *
     * @throws IOException whose message is a sentence for the operator
     * @throws org.openpanelmcp.store.duckdb.DuckDbFailure when the event database cannot be opened
     * @throws org.openpanelmcp.http.PortInUse when another program has the port
     */
    public static Server start(Settings settings) throws IOException {
        var parts = new Parts();
        try {
            return assemble(settings, parts);
        } catch (IOException | RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private static Server assemble(Settings settings, Parts parts) throws IOException {
        var directory = new DataDirectory(settings.data()).ensure();
        var database = parts.add(DuckDbDatabase.open(directory.path(), engine(settings, directory.path())));
        var metadata = parts.add(SqliteMetadata.open(directory.metadataFile()));
        refuseFixedClockOnRealData(settings, metadata);
        var metrics = new Metrics();
        var store = parts.add(new MeasuredEventStore(
                new DuckDbEventStore(database, settings.query().concurrency()), metrics));
        var audit = parts.add(AuditLog.start(metadata.audit(), AuditLog.Retention.DEFAULT, InstantSource.system()));
        var key = InstallationKey.load(directory.path());
        var services = ToolServices.of(
                metadata,
                store,
                new Dashboard(settings.mcp().dashboardUrl().map(URI::toString).orElse(null)),
                clock(settings),
                audit,
                key.keyFor("cursor"),
                settings.query().timeout(),
                ToolServices.ROOM_OF_MODELS);
        var toolsets = AllTools.sets();
        var secrets = new SecretVerifier();
        var failures = new FailureLimit(FAILURES_PER_MINUTE);
        var mcp = parts.add(new McpEndpoint<>(
                offering(toolsets, services),
                gate(settings, metadata, secrets, failures, toolsets),
                mcpOptions(settings, key),
                call -> {}));
        var opened = new Ingestion.Opened(directory, database, metadata);
        var ingestion = Ingestion.start(settings, parts, opened, secrets, failures, key.keyFor("retries"));
        var router = ingestion.addTo(new Router().add("POST", MCP_PATH, mcp), metrics);
        Handover.clear(directory);
        var privacy = Privacy.start(parts, opened, ingestion, secrets, failures);
        privacy.addTo(router);
        var http = parts.add(HttpServer.start(httpOptions(settings.http()), router));
        var commands = new HashMap<>(privacy.commands());
        commands.putAll(commands(directory, database, metadata, ingestion));
        parts.add(ControlServer.start(directory.path(), commands));
        return new Server(settings, metadata, router, http, parts);
    }

    private static Map<String, ControlServer.Command> commands(
            DataDirectory directory, DuckDbDatabase database, Metadata metadata, Ingestion ingestion) {
        return Map.of(
                ImportCommand.NAME,
                new ImportCommand(directory, database, metadata),
                TotalsCommand.NAME,
                new TotalsCommand(directory, database),
                ExportCommand.NAME,
                new ExportCommand(directory, database, metadata),
                BackupCommand.NAME,
                new BackupCommand(directory, database),
                DeadLettersCommand.NAME,
                new DeadLettersCommand(ingestion.intake()));
    }

    private static Offering<Caller> offering(Toolsets toolsets, ToolServices services) {
        var catalogue = new Catalogue(toolsets.tools(), services);
        var projects = new VisibleProjects(services.tenancy());
        return new Offering<>(
                Version.IDENTITY,
                Instructions.TEXT,
                catalogue,
                new Vocabulary(catalogue, projects),
                new Prompts(),
                new Suggestions(catalogue, projects),
                null,
                false);
    }

    private static void refuseFixedClockOnRealData(Settings settings, Metadata metadata) throws IOException {
        boolean testData = metadata.facts().get(Import.TEST_DATA).isPresent();
        if (settings.query().now().isPresent() && !testData) {
            throw new IOException("The setting now fixes the clock of queries, for test data only, and "
                    + settings.data() + " is not marked as such. Leave it out, or import with --test.");
        }
    }

    private static DuckDbOptions engine(Settings settings, Path directory) throws IOException {
        var readable = Stream.of("incoming", "exports").map(directory::resolve).toList();
        for (var folder : readable) {
            Files.createDirectories(folder);
        }
        var engine = settings.duckDb();
        return DuckDbOptions.locked(engine.memoryLimit(), engine.maxTempSize(), engine.threads(), readable);
    }

    private static Clock clock(Settings settings) {
        return settings.query()
                .now()
                .map(now -> Clock.fixed(now, ZoneOffset.UTC))
                .orElse(Clock.systemUTC());
    }

    private static Gate<Caller> gate(
            Settings settings, Metadata metadata, SecretVerifier secrets, FailureLimit failures, Toolsets toolsets) {
        var gatekeeper = new Gatekeeper(
                metadata,
                new TokenReader(settings.mcp().urlTokens()),
                secrets,
                failures,
                new CallLimit(settings.mcp().rateLimit()));
        return request -> {
            var admitted = gatekeeper.admit(request);
            var caller = new Caller(admitted.access(), selection(toolsets, request));
            return new Gate.Admission<>(caller, admitted.client().id(), admitted.headers());
        };
    }

    private static Toolsets.Selection selection(Toolsets toolsets, Request request) {
        try {
            return toolsets.select(request.query("toolset"), request.query("tools"));
        } catch (BadValue unknown) {
            throw new Problem(400, "unknown_tools", unknown.text());
        }
    }

    private static McpOptions mcpOptions(Settings settings, InstallationKey key) {
        var defaults = McpOptions.defaults(key.keyFor("mcp").getEncoded());
        // A call may run several queries one after the other.
        var callTime = settings.query().timeout().multipliedBy(2).plus(Duration.ofSeconds(5));
        return defaults.withLimits(settings.http().maxRequestBytes(), callTime);
    }

    private static HttpOptions httpOptions(Settings.Http http) {
        var trust = new HttpOptions.Trust(
                http.publicUrl().orElse(null),
                Set.copyOf(http.allowedHosts()),
                Set.copyOf(http.allowedOrigins()),
                TrustedProxies.of(http.trustedProxies()));
        return new HttpOptions(new HttpOptions.Listen(http.host(), http.port()), trust, HttpOptions.Limits.DEFAULT);
    }

    /** Whether anybody has a credential. */
    boolean hasClients() {
        return metadata.organizations().list().stream()
                .anyMatch(organization ->
                        !metadata.clients().list(organization.id()).isEmpty());
    }

    /** The address of the MCP endpoint, as people reach it. */
    String url() {
        return address() + MCP_PATH;
    }

    /** The address to which trackers send. */
    String trackUrl() {
        return address() + TrackEndpoints.PATH;
    }

    private String address() {
        var local = "http://"
                + (settings.http().host().contains(":")
                        ? "[" + settings.http().host() + "]"
                        : settings.http().host()) + ":" + port();
        return settings.http().publicUrl().map(URI::toString).orElse(local);
    }

    /** The first words of all routes; no organization may be called like one. */
    Set<String> reservedNames() {
        return router.reservedNames();
    }

    /** The port that is really listened on. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
