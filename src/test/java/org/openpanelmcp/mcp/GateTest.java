package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}"})
    void asksForTheTokenBeforeAnythingElse(String body) throws Exception {
        try (var server = new TestServer()) {
            var response = server.send(server.request(body)
                    .setHeader("Authorization", "Bearer mallory")
                    .setHeader("Content-Type", "text/plain")
                    .setHeader("Mcp-Session-Id", "guessed"));

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(response.body())
                    .isEqualTo("{\"error\":{\"code\":\"unauthorized\",\"message\":\"No valid token.\"}}");
        }
    }

    @Test
    void addsTheGatesHeadersToAnswersAndRefusals() throws Exception {
        try (var server = new TestServer()) {
            var answer = server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
            var refusal = server.send(server.request("").setHeader("Content-Type", "text/plain"));

            assertThat(answer.headers().firstValue("RateLimit")).hasValue("\"calls\";r=9");
            assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
            assertThat(refusal.statusCode()).isEqualTo(415);
            assertThat(refusal.headers().firstValue("RateLimit")).hasValue("\"calls\";r=9");
        }
    }

    @Test
    void answersOnlyPost() throws Exception {
        try (var server = new TestServer()) {
            for (var method : new String[] {"GET", "DELETE", "HEAD", "PUT"}) {
                var response = server.send(server.request("").method(method, HttpRequest.BodyPublishers.noBody()));
                assertThat(response.statusCode()).as(method).isEqualTo(405);
                assertThat(response.headers().firstValue("Allow")).hasValue("POST");
            }
        }
    }
}
