package org.openpanelmcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.config.AddressRange;
import org.slf4j.LoggerFactory;

class HttpServerTest {
    private static final int BODY_LIMIT = 1_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server = start(HttpOptions.onLoopback(0));

    private HttpServer start(HttpOptions options) {
        var router = new Router()
                .add("GET", "/plain", request -> Response.text(200, "plain"))
                .add(
                        "GET",
                        "/{org}/{project}",
                        request -> Response.text(200, request.pathValue("org") + "|" + request.pathValue("project")))
                .add("GET", "/assets/{file...}", request -> Response.text(200, request.pathValue("file")))
                .add("GET", "/query", request -> Response.text(200, String.join("|", request.query("q"))))
                .add("GET", "/refuse", request -> {
                    throw new Problem(429, "rate_limited", "Too many \"calls\".", Map.of("Retry-After", "7"));
                })
                .add("GET", "/address", request -> Response.text(200, request.clientAddress()))
                .add("GET", "/fail", request -> {
                    throw new IllegalStateException("inside");
                })
                .add("POST", "/length", request -> Response.text(200, "" + request.body(BODY_LIMIT).length))
                .add("GET", "/wait", request -> {
                    entered.countDown();
                    if (!release.await(20, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("never released");
                    }
                    return Response.text(200, "released");
                });
        try {
            return HttpServer.start(options, router);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void restart(HttpOptions.Limits limits) {
        server.close();
        server = start(HttpOptions.onLoopback(0).withLimits(limits));
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    @Test
    void answersWithSafeHeaders() throws Exception {
        var response = get("/plain");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("plain");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void decodesEachPathSegmentOnce() throws Exception {
        assertThat(get("/a%2Fb/100%25").body()).isEqualTo("a/b|100%");
        assertThat(get("/a/%252F").body()).isEqualTo("a|%2F");
        assertThat(get("/%C3%A5/b/").body()).isEqualTo("å|b");
        assertThat(get("/assets/js/app.js").body()).isEqualTo("js/app.js");
    }

    @Test
    void refusesPathsThatClimbOrCannotBeDecoded() throws Exception {
        for (var path : List.of("/a/%2e%2e", "/a/..", "/a/%ff", "/a/%C3", "/assets/..%2f..%2fetc")) {
            var answer = RawClient.exchange(
                    server.port(), "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            if (path.startsWith("/assets")) {
                assertThat(answer).as(path).contains("../../etc").contains(" 200 ");
            } else {
                assertThat(answer).as(path).startsWith("HTTP/1.1 400").contains("\"error\"");
            }
        }
    }

    @Test
    void readsQueryValuesInOrder() throws Exception {
        assertThat(get("/query?q=1&x=2&q=%C3%A5+b").body()).isEqualTo("1|å b");
        assertThat(get("/query").body()).isEmpty();
    }

    @Test
    void saysNotFoundAndNotAllowedAsJson() throws Exception {
        var missing = get("/nothing/of/this");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(missing.body()).contains("\"code\":\"not_found\"");

        var wrongMethod = send(request("/length"));
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void answersHeadLikeGetWithoutBodyAndOptionsWithMethods() throws Exception {
        var head = send(request("/plain").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).hasValue("5");

        var options = send(request("/plain").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET");

        var headOfPost = send(request("/length").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(headOfPost.statusCode()).isEqualTo(405);
    }

    @Test
    void writesProblemsWithStatusCodeAndHeaders() throws Exception {
        var response = get("/refuse");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"code\":\"rate_limited\",\"message\":\"Too many \\\"calls\\\".\"}}");
    }

    @Test
    void hidesDefectsAndLogsThemOnceWithoutTheQuery() throws Exception {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(Front.class);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try {
            var response = get("/fail?token=secret");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("inside").doesNotContain("Exception");
            var id = response.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(response.body()).contains(id);
            assertThat(appender.list).hasSize(1);
            assertThat(appender.list.getFirst().getFormattedMessage())
                    .contains(id)
                    .doesNotContain("secret");
        } finally {
            logger.detachAppender(appender);
            logger.setAdditive(true);
        }
    }

    @Test
    void limitsBodiesAnnouncedOrNot() throws Exception {
        var fits = "x".repeat(BODY_LIMIT);
        assertThat(send(request("/length").POST(HttpRequest.BodyPublishers.ofString(fits)))
                        .body())
                .isEqualTo("1000");

        var announced = send(request("/length").POST(HttpRequest.BodyPublishers.ofString(fits + "x")));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("body_too_long");

        var bytes = (fits + "x").getBytes(StandardCharsets.UTF_8);
        var chunked = send(request("/length")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void refusesBodiesThatArriveTooSlowly() throws Exception {
        restart(limits(8, 8, 16_384, Duration.ofMillis(200), Duration.ofSeconds(30)));
        try (var slow = new RawClient(server.port())) {
            slow.send("POST /length HTTP/1.1\nHost: localhost\nContent-Length: 100\n\nabc");

            assertThat(slow.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void refusesLongHeadersAsJson() throws Exception {
        restart(limits(8, 8, 2_048, Duration.ofSeconds(5), Duration.ofSeconds(30)));

        var answer = RawClient.exchange(
                server.port(),
                "GET /plain HTTP/1.1\nHost: localhost\nConnection: close\nX-Long: " + "x".repeat(4_000) + "\n\n");

        assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_long");
    }

    @Test
    void worksOnNoMoreRequestsThanAllowed() throws Exception {
        restart(limits(1, 1, 16_384, Duration.ofSeconds(5), Duration.ofSeconds(30)));
        var first = client.sendAsync(request("/wait").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        // Of two more, one may wait for its turn; the other is told to come back.
        var second = client.sendAsync(request("/plain").build(), HttpResponse.BodyHandlers.ofString());
        var third = client.sendAsync(request("/plain").build(), HttpResponse.BodyHandlers.ofString());
        var refused = (HttpResponse<?>) CompletableFuture.anyOf(second, third).get(20, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(String.valueOf(refused.body())).contains("busy");

        release.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("released");
        var statuses = List.of(
                second.get(20, TimeUnit.SECONDS).statusCode(), third.get().statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(200, 503);
    }

    @Test
    void letsRunningRequestsFinishWhenItStops() throws Exception {
        var running = client.sendAsync(request("/wait").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        var stopper = Thread.ofVirtual().start(server::close);

        release.countDown();

        assertThat(running.get(20, TimeUnit.SECONDS).body()).isEqualTo("released");
        assertThat(stopper.join(Duration.ofSeconds(20))).isTrue();
        assertThatThrownBy(() -> get("/plain")).isInstanceOf(IOException.class);
    }

    @Test
    void believesForwardedAddressesFromTrustedProxiesOnly() throws Exception {
        assertThat(send(request("/address").header("X-Forwarded-For", "198.51.100.1"))
                        .body())
                .isEqualTo("127.0.0.1");
        server.close();
        var proxies = TrustedProxies.of(List.of(AddressRange.parse("127.0.0.0/8")));
        server = start(HttpOptions.onLoopback(0).withTrust(new HttpOptions.Trust(null, Set.of(), Set.of(), proxies)));

        assertThat(send(request("/address").header("X-Forwarded-For", "1.1.1.1, 198.51.100.1"))
                        .body())
                .isEqualTo("198.51.100.1");
    }

    @Test
    void saysWhenThePortIsTaken() {
        var taken = HttpOptions.onLoopback(server.port());

        assertThatThrownBy(() -> HttpServer.start(taken, new Router()))
                .isInstanceOf(PortInUse.class)
                .hasMessageContaining("Port " + server.port());
    }

    private static HttpOptions.Limits limits(
            int concurrent, int waiting, int headerBytes, Duration bodyTime, Duration idleTime) {
        return new HttpOptions.Limits(
                concurrent, waiting, Duration.ofSeconds(20), headerBytes, bodyTime, idleTime, Duration.ofSeconds(20));
    }
}
