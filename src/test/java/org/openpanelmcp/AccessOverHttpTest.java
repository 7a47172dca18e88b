package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpanelmcp.metadata.AuditEntries;
import org.openpanelmcp.metadata.AuditEntry;
import org.openpanelmcp.metadata.sqlite.SqliteMetadata;

/** Tokens, refusals, limits and the audit log as a client meets them over HTTP; and that no secret is ever logged. */
class AccessOverHttpTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CALL = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_top_pages","arguments":{}}}""";
    private static final String CANARY = "canary-argument-value";

    private ListenedLog log;

    @TempDir
    Path data;

    @BeforeEach
    void listen() {
        log = new ListenedLog();
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static HttpResponse<String> post(int port, String query, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp" + query))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .POST(HttpRequest.BodyPublishers.ofString(CALL));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void theTokenMayStandInTheHeaderOrInTheAddress() throws Exception {
        try (var server = FixtureServer.start(data)) {
            var token = Who.READ.token();
            var forUrls = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((Who.READ.id() + ":" + Who.READ.secret()).getBytes(StandardCharsets.UTF_8));
            assertThat(post(server.port(), "", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(server.port(), "", "Authorization", "bearer " + forUrls)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(server.port(), "?token=" + encoded(token)).statusCode())
                    .isEqualTo(200);
            assertThat(post(server.port(), "?token=" + forUrls).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void addressesCanBeClosedForTokens() throws Exception {
        try (var server = TestServer.start(loaded(), Map.of("url-tokens", "false"))) {
            refused(post(server.port(), "?token=" + encoded(Who.READ.token())), "missing_token");
            assertThat(post(server.port(), "?token=x", "Authorization", "Bearer " + Who.READ.token())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void everythingThatIsNoCredentialIsRefusedAlike() throws Exception {
        try (var server = FixtureServer.start(data)) {
            int port = server.port();
            refused(post(port, ""), "missing_token");
            refused(post(port, "?token="), "missing_token");
            refused(post(port, "", "Authorization", "Basic " + Who.READ.token()), "missing_token");
            refused(post(port, "", "Authorization", "Bearer !!!"), "invalid_token");
            refused(post(port, "", "Authorization", "Bearer " + TestServer.token("nobody", "x")), "invalid_token");
            refused(post(port, "", "Authorization", "Bearer " + TestServer.token(Who.READ.id(), "")), "invalid_token");
            var wrong = refused(
                    post(port, "", "Authorization", "Bearer " + TestServer.token(Who.READ.id(), "wrong")),
                    "invalid_token");
            var unknown = refused(
                    post(
                            port,
                            "",
                            "Authorization",
                            "Bearer " + TestServer.token("99999999-0000-4000-8000-000000000000", "sec_read")),
                    "invalid_token");
            var withoutSecret =
                    refused(post(port, "", "Authorization", "Bearer " + Who.NO_SECRET.token()), "invalid_token");
            assertThat(List.of(unknown, withoutSecret)).containsOnly(wrong);
            refused(post(port, "", "Authorization", "Bearer " + Who.WRITE.token()), "invalid_token");
            refused(post(port, "", "Authorization", "Bearer " + Who.DELETED_READ.token()), "invalid_token");
        }
    }

    private static String refused(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"openpanel-mcp\"");
        assertThat(response.body()).contains("\"" + code + "\"");
        return response.body();
    }

    @Test
    void theRateLimitIsToldOnEachAnswerAndHolds() throws Exception {
        try (var server = TestServer.start(loaded(), Map.of("mcp-rate-limit", "3"))) {
            for (int remaining = 2; remaining >= 0; remaining--) {
                var response = post(server.port(), "", "Authorization", "Bearer " + Who.READ.token());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("RateLimit-Limit")).hasValue("3");
                assertThat(response.headers().firstValue("RateLimit-Remaining")).hasValue(String.valueOf(remaining));
                assertThat(response.headers().firstValue("RateLimit-Reset").orElseThrow())
                        .matches("[1-9]\\d?");
            }
            var stopped = post(server.port(), "", "Authorization", "Bearer " + Who.READ.token());
            assertThat(stopped.statusCode()).isEqualTo(429);
            assertThat(stopped.headers().firstValue("Retry-After").orElseThrow())
                    .matches("[1-9]\\d?");
            assertThat(stopped.headers().firstValue("RateLimit-Remaining")).hasValue("0");
            assertThat(stopped.body()).contains("\"rate_limited\"");
            // Another client is not held up.
            assertThat(post(server.port(), "", "Authorization", "Bearer " + Who.ROOT.token())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void noSecretIsEverLogged() throws Exception {
        try (var server = FixtureServer.start(data)) {
            int port = server.port();
            var token = Who.READ.token();
            post(port, "", "Authorization", "Bearer " + token);
            post(port, "?token=" + encoded(token));
            post(port, "?token=" + encoded(token) + "&token=" + encoded(token));
            post(port, "?tokens=" + encoded(token) + "%25zz");
            post(port, "/" + encoded(token));
            post(port, "", "Authorization", "Basic " + token);
            post(port, "", "Authorization", "Bearer " + token, "Origin", "https://evil.test");
            post(port, "?token=" + encoded(TestServer.token("99999999-0000-4000-8000-000000000000", "sec_read")));
            server.caller(Who.READ).post("{not json");
            server.call(Who.READ, "query_events", "{\"startDate\":\"soon\"}");
        }
        var lines = log.lines();
        for (var secret : encodings(Who.READ)) {
            assertThat(lines).as(secret).noneMatch(line -> line.contains(secret));
        }
    }

    /** Jetty's own lines would hold the headers: whatever level the rest is set to, it stays above DEBUG. */
    @Test
    void theWebServerIsNeverLoggedInDetail() throws Exception {
        var context = new LoggerContext();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Path.of("src", "main", "resources", "logback.xml").toFile());
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
        var jetty = context.getLogger("org.eclipse.jetty.http.HttpParser").getEffectiveLevel();
        assertThat(jetty.isGreaterOrEqual(Level.INFO)).isTrue();
        context.stop();
    }

    private static List<String> encodings(Who who) {
        var pair = (who.id() + ":" + who.secret()).getBytes(StandardCharsets.UTF_8);
        var secret = who.secret().getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                        who.secret(),
                        who.token(),
                        encoded(who.token()),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(pair),
                        HexFormat.of().formatHex(secret),
                        Base64.getEncoder().withoutPadding().encodeToString(secret))
                .distinct()
                .toList();
    }

    @Test
    void theAuditLogSaysWhoCalledWhatAndNeverWithWhat() throws Exception {
        try (var server = FixtureServer.start(data)) {
            server.ask(Who.READ, "query_events", "{\"path\":\"" + CANARY + "\"}");
            server.call(Who.READ, "query_events", "{\"startDate\":\"" + CANARY + "\"}");
            server.call(Who.ROOT, "get_top_pages", "{\"projectId\":\"" + CANARY + "\"}");
            server.call(Who.ROOT, "get_top_pages", "{\"projectId\":\"heron\",\"" + CANARY + "\":1}");
            server.ask(
                    Who.ROOT, "get_top_pages", "{\"projectId\":\"heron\",\"filters\":{\"path\":\"" + CANARY + "\"}}");
            server.ask(Who.SECOND_ROOT, "list_projects", "{}");
        }
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            var entries = metadata.audit().newestFirst("first", OptionalLong.empty(), 100).stream()
                    .map(AuditEntries.Numbered::entry)
                    .toList();
            assertThat(entries.stream().map(AccessOverHttpTest::shown))
                    .containsExactly(
                            Who.ROOT.id() + " get_top_pages heron ok",
                            Who.ROOT.id() + " get_top_pages null invalid_arguments",
                            Who.ROOT.id() + " get_top_pages null not_found",
                            Who.READ.id() + " query_events null invalid_arguments",
                            Who.READ.id() + " query_events p1 ok");
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.bytes()).isPositive();
                assertThat(entry.milliseconds()).isNotNegative();
            });
            assertThat(metadata.audit().newestFirst("second", OptionalLong.empty(), 100))
                    .hasSize(1);
        }
        try (var files = Files.list(data)) {
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("metadata.sqlite"))
                    .collect(Collectors.toSet())) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
            }
        }
    }

    @Test
    void aCallOfNoToolIsRecordedWithoutItsName() throws Exception {
        try (var server = FixtureServer.start(data)) {
            server.caller(Who.READ)
                    .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + CANARY
                            + "\"}}");
        }
        try (var metadata = SqliteMetadata.open(data.resolve("metadata.sqlite"))) {
            assertThat(metadata.audit().newestFirst("first", OptionalLong.empty(), 100).stream()
                            .map(numbered -> shown(numbered.entry())))
                    .containsExactly(Who.READ.id() + " (unknown) null unknown_tool");
        }
    }

    private static String shown(AuditEntry entry) {
        return entry.clientId() + " " + entry.action() + " " + entry.projectId() + " " + entry.outcome();
    }

    private Path loaded() {
        TestServer.load(data, FixtureServer.FOLDER);
        return data;
    }
}
