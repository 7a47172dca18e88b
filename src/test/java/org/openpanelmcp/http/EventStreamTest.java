package org.openpanelmcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String GET = "GET /events HTTP/1.1\nHost: localhost\nConnection: close\n\n";

    private static HttpServer serve(Response.EventSource source) throws IOException {
        return HttpServer.start(
                HttpOptions.onLoopback(0), new Router().add("GET", "/events", request -> Response.events(source)));
    }

    @Test
    void sendsEachEventAtOnce() throws Exception {
        var seen = new CountDownLatch(1);
        try (var server = serve(stream -> {
                    stream.send("first\nline");
                    if (seen.await(20, TimeUnit.SECONDS)) {
                        stream.comment("hello\nthere");
                        stream.send("second");
                    }
                });
                var client = new RawClient(server.port()).send(GET)) {
            var head = client.readUntil("data: first\ndata: line\n\n");
            assertThat(head)
                    .contains("Content-Type: text/event-stream")
                    .contains("X-Accel-Buffering: no")
                    .contains("Cache-Control: no-store");

            seen.countDown();

            assertThat(client.readAll()).contains(": hello there\n\n").contains("data: second\n\n");
        }
    }

    @Test
    void noticesThatTheClientIsGone() throws Exception {
        var noticed = new CompletableFuture<IOException>();
        try (var server = serve(stream -> {
            var limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < limit) {
                try {
                    stream.comment("x".repeat(10_000));
                } catch (IOException gone) {
                    noticed.complete(gone);
                    throw gone;
                }
            }
        })) {
            try (var client = new RawClient(server.port()).send(GET)) {
                client.readUntil("xxx");
            }

            assertThat(noticed.get(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void outlivesTheIdleTimeWhileItThinks() throws Exception {
        var limits = new HttpOptions.Limits(
                8,
                8,
                Duration.ofSeconds(20),
                16_384,
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                Duration.ofSeconds(5));
        var never = new CountDownLatch(1);
        try (var server = HttpServer.start(
                HttpOptions.onLoopback(0).withLimits(limits), new Router().add("GET", "/events", request -> {
                            // Only time itself can show that the idle time does not end a request; nothing is measured.
                            var released = never.await(600, TimeUnit.MILLISECONDS);
                            return Response.text(200, "released " + released);
                        }))) {
            assertThat(RawClient.exchange(server.port(), GET)).contains("released false");
        }
    }
}
