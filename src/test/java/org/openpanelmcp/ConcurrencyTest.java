package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many tenants at once, all with the same JSON-RPC id: each gets the answer to its own call. */
class ConcurrencyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CALLS = 200;
    private static final int AT_ONCE = 20;

    @TempDir
    Path data;

    private enum Tenant {
        ONE(Who.READ, "p1", "https://x.test"),
        HERON(Who.HERON_READ, "heron", "heron-path-1"),
        BITTERN(Who.SECOND_READ, "bittern", "bittern-path-1"),
        TILL(Who.ROOT, "till", "/buy"),
        HERON_BY_ROOT(Who.ROOT, "heron", "heron-path-1");

        private static final List<String> MARKS = List.of("https://x.test", "heron", "bittern", "/buy");

        private final Who who;
        private final String projectId;
        private final String sees;

        Tenant(Who who, String projectId, String sees) {
            this.who = who;
            this.projectId = projectId;
            this.sees = sees;
        }

        private boolean foreign(String mark) {
            return !sees.contains(mark);
        }
    }

    @Test
    void eachAnswerBelongsToItsCaller() throws Exception {
        try (var server = start();
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var together = new CyclicBarrier(AT_ONCE);
            var calls = new ArrayList<Callable<Void>>();
            for (int i = 0; i < CALLS; i++) {
                var tenant = Tenant.values()[i % Tenant.values().length];
                var tool = i % 3 == 0 ? "query_events" : "get_top_pages";
                calls.add(() -> {
                    together.await();
                    check(tenant, answer(server, tenant, tool));
                    return null;
                });
            }
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private FixtureServer start() throws IOException {
        return FixtureServer.start(data, Map.of("query-concurrency", "8"));
    }

    private static JsonNode answer(FixtureServer server, Tenant tenant, String tool) {
        var message = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 7).put("method", "tools/call");
        var params = message.putObject("params").put("name", tool);
        params.putObject("arguments")
                .put("projectId", tenant.projectId)
                .put("startDate", "2024-03-01")
                .put("endDate", "2024-03-31");
        var response = server.caller(tenant.who).post(message.toString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static void check(Tenant tenant, JsonNode answer) {
        assertThat(answer.get("id").intValue()).isEqualTo(7);
        var result = answer.get("result");
        assertThat(result.get("isError").booleanValue()).as(answer.toString()).isFalse();
        assertThat(result.at("/structuredContent/meta/project").stringValue()).isEqualTo(tenant.projectId);
        assertThat(result.toString()).contains(tenant.sees);
        assertThat(Tenant.MARKS.stream().filter(tenant::foreign)).allSatisfy(mark -> {
            // The till and p1 are served from the same origin.
            if (!(tenant == Tenant.TILL && mark.startsWith("https"))) {
                assertThat(result.toString()).doesNotContain(mark);
            }
        });
    }
}
