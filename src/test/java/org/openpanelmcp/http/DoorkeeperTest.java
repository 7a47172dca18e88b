package org.openpanelmcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {
    private final HttpServer server;

    DoorkeeperTest() throws IOException {
        var trust = new HttpOptions.Trust(
                URI.create("https://stats.example.com/x"),
                Set.of("inside.example.net"),
                Set.of("https://app.example.org:8443"),
                TrustedProxies.NONE);
        server = HttpServer.start(
                HttpOptions.onLoopback(0).withTrust(trust),
                new Router()
                        .add("POST", "/listed", request -> Response.text(200, "ok"))
                        .add("POST", "/same", OriginPolicy.SAME, request -> Response.text(200, "ok"))
                        .add("POST", "/any", OriginPolicy.ANY, request -> Response.text(200, "ok")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String post(String path, String headers) throws IOException {
        return RawClient.exchange(
                server.port(), "POST " + path + " HTTP/1.1\nConnection: close\nContent-Length: 0\n" + headers + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1234",
                "127.0.0.1:80",
                "[::1]:80",
                "stats.example.com",
                "inside.example.net:443"
            })
    void answersForItsOwnNames(String host) throws IOException {
        assertThat(post("/listed", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "192.0.2.7, 403",
        "stats.example.com@evil.example, 400"
    })
    void refusesOtherNames(String host, int status) throws IOException {
        assertThat(post("/listed", "Host: " + host))
                .startsWith("HTTP/1.1 " + status)
                .contains("\"error\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org:8443, true",
        "https://stats.example.com, true",
        "http://localhost:6274, true",
        "http://[::1]:9, true"
    })
    void letsListedPagesReadTheAnswer(String origin, boolean named) throws IOException {
        var answer = post("/listed", "Host: localhost\nOrigin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(answer.contains("Access-Control-Allow-Origin: " + origin + "\r\n"))
                .isEqualTo(named);
        assertThat(answer).contains("WWW-Authenticate, Retry-After, RateLimit").contains("Vary: Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "https://app.example.org",
                "https://app.example.org:8443.evil.example",
                "http://stats.example.com.evil.example",
                "file://"
            })
    void refusesOtherPages(String origin) throws IOException {
        assertThat(post("/listed", "Host: localhost\nOrigin: " + origin))
                .startsWith("HTTP/1.1 403")
                .contains("origin_not_allowed")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    @Test
    void refusesTwoOrigins() throws IOException {
        assertThat(post("/listed", "Host: localhost\nOrigin: http://localhost\nOrigin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void keepsSomeRoutesToItsOwnPages() throws IOException {
        assertThat(post("/same", "Host: localhost:99\nOrigin: http://localhost:99"))
                .startsWith("HTTP/1.1 200");
        assertThat(post("/same", "Host: stats.example.com\nOrigin: https://stats.example.com"))
                .startsWith("HTTP/1.1 200");
        assertThat(post("/same", "Host: localhost:99\nOrigin: http://localhost:6274"))
                .startsWith("HTTP/1.1 403");
        assertThat(post("/same", "Host: localhost\nOrigin: https://app.example.org:8443"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void opensSomeRoutesToEveryPage() throws IOException {
        assertThat(post("/any", "Host: localhost\nOrigin: https://shop.example"))
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: *");
    }

    @Test
    void answersPreflights() throws IOException {
        var answer = RawClient.exchange(server.port(), """
                OPTIONS /listed HTTP/1.1
                Host: localhost
                Connection: close
                Origin: https://app.example.org:8443
                Access-Control-Request-Method: POST
                Access-Control-Request-Headers: authorization,mcp-param-region

                """);

        assertThat(answer)
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Origin: https://app.example.org:8443")
                .contains("Access-Control-Allow-Methods: POST")
                .contains("Access-Control-Allow-Headers: authorization,mcp-param-region");
    }

    @Test
    void acceptsAddressesAsHostWhenItListensToTheNetwork() throws IOException {
        var open = new HttpOptions(
                new HttpOptions.Listen("0.0.0.0", 0), HttpOptions.Trust.DEFAULT, HttpOptions.Limits.DEFAULT);
        try (var network = HttpServer.start(open, new Router().add("GET", "/", request -> Response.text(200, "ok")))) {
            var get = "GET / HTTP/1.1\nConnection: close\nHost: ";
            assertThat(RawClient.exchange(network.port(), get + "192.0.2.7:80\n\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(RawClient.exchange(network.port(), get + "evil.example\n\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(RawClient.exchange(network.port(), get + "192.0.2.7\nOrigin: http://localhost:6274\n\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }
}
