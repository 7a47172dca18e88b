package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.mcp.CallListener.Outcome;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Calls while they run: streams, progress, cancellation, limits, failures, reports. */
class CallsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);

    private static void await(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private static CallListener.Call<String> report(TestServer server) throws InterruptedException {
        var report = server.reports.poll(20, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return Objects.requireNonNull(report);
    }

    private static JsonNode toolError(JsonNode answer) {
        var result = answer.path("result");
        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        return TestServer.json(result.at("/content/0/text").stringValue()).path("error");
    }

    private static String cancel(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    @Test
    void answersQuickAndQuietCallsWithJson() throws Exception {
        try (var server = new TestServer()) {
            var response = server.post(TestServer.call("1", "echo", ""));

            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(TestServer.json(response.body())
                            .path("result")
                            .path("structuredContent")
                            .path("caller"))
                    .isEqualTo(TestServer.json("\"alice\""));
        }
    }

    @Test
    void streamsProgressThatIncreasesAndThenTheAnswer() throws Exception {
        try (var server = new TestServer()) {
            var events = TestServer.events(
                    server.post(TestServer.call("1", "progress", ",\"_meta\":{\"progressToken\":\"p\"}")));

            assertThat(events).hasSize(3);
            assertThat(events.get(0)).isEqualTo(TestServer.json("""
                    {"jsonrpc":"2.0","method":"notifications/progress",
                     "params":{"progressToken":"p","progress":1.0,"total":2.0,"message":"half"}}"""));
            assertThat(events.get(1).path("params").path("progress").doubleValue())
                    .isEqualTo(2);
            assertThat(events.get(2).path("id").intValue()).isEqualTo(1);
        }
    }

    @Test
    void sendsNoProgressToThoseWhoDidNotAskOrReadNoStreams() throws Exception {
        try (var server = new TestServer()) {
            var unasked = server.post(TestServer.call("1", "progress", ""));
            var jsonOnly =
                    server.send(server.request(TestServer.call("1", "progress", ",\"_meta\":{\"progressToken\":1}"))
                            .setHeader("Accept", "application/json"));

            assertThat(TestServer.json(unasked.body()).has("result")).isTrue();
            assertThat(TestServer.json(jsonOnly.body()).has("result")).isTrue();
        }
    }

    @Test
    void keepsASlowCallAliveWithComments() throws Exception {
        try (var server = new TestServer(TestServer.options(SHORT, SHORT, LONG, 20))) {
            try (var socket = raw(server, TestServer.call("1", "wait", ""), "alice")) {
                readUntil(socket, ": working\n\n: working\n\n");
                server.tools.release();

                assertThat(readUntil(socket, "\"released\":true}")).contains("data: ");
            }
        }
    }

    @Test
    void stopsTheCallWhenItsClientLeaves() throws Exception {
        try (var server = new TestServer(TestServer.options(SHORT, SHORT, LONG, 20))) {
            try (var socket = raw(server, TestServer.call("1", "wait", ""), "alice")) {
                readUntil(socket, ": working");
            }

            await(server.tools.stopped);
            assertThat(report(server).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void cancelsTheOneCallOfTheCallerWithThatId() throws Exception {
        try (var server = new TestServer()) {
            var call = server.sendAsync(server.request(TestServer.call("5", "wait", "")));
            await(server.tools.entered);
            server.send(server.request(cancel("5")).setHeader("Authorization", "Bearer bob"));
            server.post(cancel("\"5\""));
            server.post(cancel("6"));
            assertThat(server.reports).isEmpty();

            assertThat(server.post(cancel("5")).statusCode()).isEqualTo(202);

            await(server.tools.stopped);
            var answer = TestServer.json(call.get(20, TimeUnit.SECONDS).body());
            assertThat(toolError(answer).path("code").stringValue()).isEqualTo("cancelled");
            assertThat(report(server).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void cancelsNothingWhenTwoCallsHaveTheId() throws Exception {
        try (var server = new TestServer()) {
            var first = server.sendAsync(server.request(TestServer.call("5", "wait", "")));
            var second = server.sendAsync(server.request(TestServer.call("5", "wait", "")));
            await(server.tools.entered);
            await(server.tools.entered);

            server.post(cancel("5"));
            server.tools.release();

            for (var call : List.of(first, second)) {
                assertThat(call.get(20, TimeUnit.SECONDS).body()).contains("\"released\":true");
            }
        }
    }

    @Test
    void stopsCallsAtTheTimeLimit() throws Exception {
        for (var accept : new String[] {TestServer.BOTH, "application/json"}) {
            try (var server = new TestServer(TestServer.options(SHORT, SHORT, Duration.ofMillis(100), 20))) {
                var response = server.send(
                        server.request(TestServer.call("1", "wait", "")).setHeader("Accept", accept));

                await(server.tools.stopped);
                assertThat(toolError(last(response)).path("code").stringValue()).isEqualTo("timed_out");
                assertThat(report(server).outcome()).isEqualTo(Outcome.TIMED_OUT);
            }
        }
    }

    @Test
    void endsBatchesAtTheTimeLimitWithAnAnswerForEach() throws Exception {
        try (var server = new TestServer(TestServer.options(SHORT, SHORT, Duration.ofSeconds(2), 20))) {
            var batch = "[" + TestServer.call("1", "echo", "") + "," + TestServer.call("2", "wait", "") + ","
                    + TestServer.call("3", "echo", "") + "]";

            var answers = last(server.post(batch));

            assertThat(answers.size()).isEqualTo(3);
            assertThat(answers.path(0).path("result").path("isError").booleanValue())
                    .isFalse();
            assertThat(toolError(answers.path(1)).path("code").stringValue()).isEqualTo("timed_out");
            assertThat(toolError(answers.path(2)).path("code").stringValue()).isEqualTo("timed_out");
        }
    }

    @Test
    void runsNoMoreCallsThanAllowed() throws Exception {
        try (var server = new TestServer(TestServer.options(LONG, SHORT, LONG, 1))) {
            var running = server.sendAsync(server.request(TestServer.call("1", "wait", "")));
            await(server.tools.entered);

            var refused = server.post(TestServer.call("2", "echo", ""));
            server.tools.release();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(running.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void hidesDefectsOfToolsAndLogsThemOnce() throws Exception {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(CallDesk.class);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try (var server = new TestServer()) {
            var response = server.post(TestServer.call("1", "fail", ",\"arguments\":{\"secret\":\"value\"}"));

            var id = response.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(toolError(TestServer.json(response.body()))
                            .path("message")
                            .stringValue())
                    .contains(id);
            assertThat(response.body()).doesNotContain("select").doesNotContain("Exception");
            assertThat(appender.list).hasSize(1);
            assertThat(appender.list.getFirst().getFormattedMessage())
                    .contains(id)
                    .doesNotContain("value");
            assertThat(report(server).outcome()).isEqualTo(Outcome.FAILED);
        } finally {
            logger.detachAppender(appender);
            logger.setAdditive(true);
        }
    }

    @Test
    void reportsEveryCallWithoutItsArguments() throws Exception {
        try (var server = new TestServer()) {
            var response = server.post(TestServer.call("1", "echo", ",\"arguments\":{\"a\":\"b\"}"));
            var echo = report(server);
            server.post(TestServer.call("1", "refuse", ""));
            var refuse = report(server);
            server.post(TestServer.call("1", "nope", ""));
            var unknown = report(server);

            assertThat(echo.outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(echo.caller()).isEqualTo("alice");
            assertThat(echo.method()).isEqualTo("tools/call");
            assertThat(echo.subject()).isEqualTo("echo");
            assertThat(echo.bytes()).isEqualTo(response.body().getBytes(StandardCharsets.UTF_8).length);
            assertThat(echo.requestId())
                    .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
            assertThat(echo.duration()).isPositive();
            assertThat(refuse.outcome()).isEqualTo(Outcome.TOOL_ERROR);
            assertThat(unknown.outcome()).isEqualTo(Outcome.FAULT);
        }
    }

    @Test
    void asksClientsOfOlderRevisionsOnTheStreamAndBelievesOnlyTheirCaller() throws Exception {
        try (var server = new TestServer();
                var socket = raw(server, TestServer.call("1", "ask", ""), "alice")) {
            var head = readUntil(
                    socket, "\"params\":{\"message\":\"Your name?\",\"requestedSchema\":{\"type\":\"object\"}}}");
            var question = TestServer.json(head.substring(head.indexOf("data: ") + 6));
            var id = question.path("id").stringValue();
            assertThat(id).hasSize(32);
            var reply = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{\"action\":\"%s\"}}";
            server.send(server.request(reply.formatted("forged")).setHeader("Authorization", "Bearer bob"));

            assertThat(server.post(reply.formatted("accept")).statusCode()).isEqualTo(202);

            assertThat(readUntil(socket, "\"step\":1}")).contains("accept").doesNotContain("forged");
        }
    }

    @Test
    void endsRunningCallsWhenItCloses() throws Exception {
        try (var server = new TestServer()) {
            var call = server.sendAsync(server.request(TestServer.call("1", "wait", "")));
            await(server.tools.entered);

            server.endpoint().close();

            assertThat(toolError(TestServer.json(call.get(20, TimeUnit.SECONDS).body()))
                            .path("code")
                            .stringValue())
                    .isEqualTo("stopping");
        }
    }

    private static JsonNode last(HttpResponse<String> response) {
        return response.body().startsWith("{") || response.body().startsWith("[")
                ? TestServer.json(response.body())
                : TestServer.events(response).getLast();
    }

    static Socket raw(TestServer server, String body, String token) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        var head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
                + TestServer.BOTH + "\r\nAuthorization: Bearer " + token + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Chunk sizes and their line ends are left out, so that a text is found across chunks. */
    static String readUntil(Socket socket, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + read);
            }
            read.append((char) next);
            var end = read.length();
            if (next == '\n' && end > 1 && read.charAt(end - 2) == '\r') {
                var start = read.lastIndexOf("\n", end - 2) + 1;
                if (read.substring(start).matches("[0-9A-Fa-f]*\r\n")) {
                    read.delete(start, end);
                }
            }
        }
        return read.toString();
    }
}
