package org.openpanelmcp.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.http.HttpOptions;
import org.openpanelmcp.http.HttpServer;
import org.openpanelmcp.http.Router;

class HealthTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String ask(int port, String path) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + answer.body();
    }

    @Test
    void aServerThatCannotWorkIsAliveAndNotReady() throws Exception {
        var trouble = new AtomicBoolean();
        Supplier<String> broken = () -> {
            throw new IllegalStateException("inside");
        };
        Supplier<String> first = () -> trouble.get() ? "The disk is full." : "";
        Supplier<String> second = () -> trouble.get() ? broken.get() : "";
        var router = new Health(Map.of("events", first, "metadata", second)).addTo(new Router());
        try (var server = HttpServer.start(HttpOptions.onLoopback(0), router)) {
            assertThat(ask(server.port(), "/healthz/ready")).isEqualTo("200{\"status\":\"ok\"}");
            trouble.set(true);
            assertThat(ask(server.port(), "/healthz/live")).isEqualTo("200{\"status\":\"ok\"}");
            assertThat(ask(server.port(), "/healthz/ready"))
                    .startsWith("503{\"status\":\"not ready\"")
                    .contains("\"events\":\"The disk is full.\"", "\"metadata\":\"does not answer")
                    .doesNotContain("inside");
            trouble.set(false);
            assertThat(ask(server.port(), "/healthz/ready")).startsWith("200");
        }
    }
}
