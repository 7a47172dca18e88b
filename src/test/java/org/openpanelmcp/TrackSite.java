package org.openpanelmcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.access.Secrets;
import org.openpanelmcp.ingest.LiveIntake;
import org.openpanelmcp.ingest.Screen;
import org.openpanelmcp.metadata.Client;
import org.openpanelmcp.metadata.Metadata;
import org.openpanelmcp.metadata.Organization;
import org.openpanelmcp.metadata.Project;
import org.openpanelmcp.metadata.TrackingRules;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;
import org.openpanelmcp.store.StoredRows;
import org.openpanelmcp.store.duckdb.DuckDbDatabase;
import org.openpanelmcp.store.duckdb.DuckDbEventWriter;
import org.openpanelmcp.store.duckdb.DuckDbOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server with a shop that takes events, and what a tracker sends to it. */
final class TrackSite implements AutoCloseable {
    static final String WRITE = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String READ = "aaaaaaaa-0000-4000-8000-000000000002";
    static final String ROOT = "aaaaaaaa-0000-4000-8000-000000000003";
    static final String OPEN = "aaaaaaaa-0000-4000-8000-000000000004";
    static final String UNKNOWN = "aaaaaaaa-0000-4000-8000-00000000000f";
    static final String SECRET = "sec_track";
    static final String ORIGIN = "https://shop.example";
    static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HASH = Secrets.hash(SECRET);

    private final Path data;
    private final TestServer server;

    TrackSite(Path data, Map<String, String> settings) throws IOException {
        this.data = data;
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            fill(metadata);
        }
        this.server = TestServer.start(data, settings);
    }

    TrackSite(Path data) throws IOException {
        this(data, Map.of());
    }

    private static void fill(Metadata metadata) {
        var now = Instant.now();
        metadata.organizations().save(new Organization("acme", "Acme", ZoneOffset.UTC, now));
        metadata.projects().save(new Project("shop", "acme", "Shop", ORIGIN, List.of(), null, now, null));
        metadata.projects().save(new Project("blog", "acme", "Blog", null, List.of(), null, now, null));
        rules(metadata, "[]", false);
        metadata.clients().save(new Client(WRITE, "w", Client.Type.WRITE, "acme", "shop", HASH, now));
        metadata.clients().save(new Client(READ, "r", Client.Type.READ, "acme", "shop", HASH, now));
        metadata.clients().save(new Client(ROOT, "o", Client.Type.ROOT, "acme", null, HASH, now));
        metadata.clients().save(new Client(OPEN, "a", Client.Type.WRITE, "acme", "shop", null, now));
        metadata.tracking().setOpen(OPEN, true);
    }

    static void rules(Metadata metadata, String filters, boolean unsafeRevenue) {
        metadata.tracking().save("shop", new TrackingRules(List.of(ORIGIN, "*.shop.example"), unsafeRevenue, filters));
    }

    /** Changes the rules as another process would. */
    void rules(String filters, boolean unsafeRevenue) {
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            rules(metadata, filters, unsafeRevenue);
        }
    }

    int port() {
        return server.port();
    }

    McpCaller caller() {
        return server.caller(TestServer.token(READ, SECRET));
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** From a page of the shop. */
    HttpResponse<String> fromPage(String path, String body, String... more) throws Exception {
        return post(path, body.getBytes(StandardCharsets.UTF_8), joined(more, pageHeaders()));
    }

    /** From a server that has the secret. */
    HttpResponse<String> fromServer(String path, String body, String... more) throws Exception {
        return post(path, body.getBytes(StandardCharsets.UTF_8), joined(more, serverHeaders()));
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers));
    }

    static String[] pageHeaders() {
        return new String[] {"openpanel-client-id", WRITE, "Origin", ORIGIN, "User-Agent", BROWSER};
    }

    static String[] serverHeaders() {
        return new String[] {"openpanel-client-id", WRITE, "openpanel-client-secret", SECRET, "User-Agent", "node"};
    }

    /** The first headers win over the second of the same name. */
    private static String[] joined(String[] first, String[] second) {
        var all = new ArrayList<>(List.of(first));
        for (int i = 0; i < second.length; i += 2) {
            boolean there = false;
            for (int j = 0; j < first.length; j += 2) {
                there |= first[j].equalsIgnoreCase(second[i]);
            }
            if (!there) {
                all.add(second[i]);
                all.add(second[i + 1]);
            }
        }
        return all.toArray(String[]::new);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static String event(String name, String properties) {
        return "{\"type\":\"track\",\"payload\":{\"name\":\"" + name + "\",\"properties\":" + properties + "}}";
    }

    /** What is stored in the end; stops the server. Values as text joined by {@code |}. */
    List<String> stored(String sql) throws Exception {
        server.close();
        try (var database = DuckDbDatabase.open(data, DuckDbOptions.unlocked())) {
            LiveIntake.start(
                            data,
                            new DuckDbEventWriter(database),
                            InstantSource.system(),
                            LiveIntake.Limits.DEFAULT,
                            Screen.NONE)
                    .close();
            return StoredRows.of(database, sql);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
