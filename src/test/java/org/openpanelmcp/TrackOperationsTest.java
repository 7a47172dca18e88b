package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs the server sees of tracking. */
class TrackOperationsTest {
    private static final String CANARY = "canary-value";

    @TempDir
    Path data;

    @Test
    void healthAndMetricsTellWhatGoesOn() throws Exception {
        try (var site = new TrackSite(data)) {
            site.fromPage("/track", TrackSite.event("a", "{}"));
            site.fromPage("/track", "{\"type\":\"track\",\"payload\":{\"id\":\"1\",\"name\":\"a\"}}");
            site.fromPage("/track", "{\"type\":\"track\",\"payload\":{\"id\":\"1\",\"name\":\"a\"}}");
            site.fromPage("/track", "{");
            site.fromServer("/track/batch", "[7," + TrackSite.event("a", "{}") + "]");
            assertThat(site.get("/healthz/live").statusCode()).isEqualTo(200);
            var ready = site.get("/healthz/ready");
            assertThat(ready.statusCode() + ready.body()).isEqualTo("200{\"status\":\"ok\"}");
            var metrics = site.get("/metrics");
            assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(metrics.body().lines())
                    .contains(
                            "openpanel_ingest_results_total{result=\"stored\"} 3.0",
                            "openpanel_ingest_results_total{result=\"duplicate\"} 1.0",
                            "openpanel_ingest_refused_total{code=\"invalid_json\"} 1.0",
                            "openpanel_ingest_refused_total{code=\"invalid_payload\"} 1.0",
                            "openpanel_dead_letters 0.0",
                            "openpanel_store_troubled 0.0")
                    .anyMatch(line -> line.startsWith("openpanel_journal_accepted_total "))
                    .anyMatch(line -> line.startsWith("openpanel_journal_lag "));
        }
    }

    @Test
    void metricsAreForTheNeighbourhood() throws Exception {
        try (var site = new TrackSite(data, Map.of("trusted-proxies", "127.0.0.1"))) {
            assertThat(site.get("/metrics", "X-Forwarded-For", "10.1.2.3").statusCode())
                    .isEqualTo(200);
            var far = site.get("/metrics", "X-Forwarded-For", "203.0.113.5");
            assertThat(far.statusCode()).isEqualTo(403);
            assertThat(far.body()).contains("metrics_are_local").doesNotContain("openpanel_");
        }
    }

    @Test
    void theTrackerIsServedForLong() throws Exception {
        try (var site = new TrackSite(data)) {
            var script = site.get("/op1.js", "Origin", "https://anywhere.example");
            assertThat(script.statusCode()).isEqualTo(200);
            assertThat(script.body()).contains("openpanel-client-id");
            assertThat(script.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/javascript");
            assertThat(script.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("max-age=604800");
            assertThat(script.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(script.headers().firstValue("Vary"))
                    .as("a cache must not hand what is packed to whom cannot unpack it")
                    .hasValue("Accept-Encoding, Origin");
            var packed = site.get("/op1.js", "Accept-Encoding", "gzip, br");
            assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
            assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(packed.headers().firstValueAsLong("Content-Length").orElseThrow())
                    .isLessThan(3_000);
            var tag = script.headers().firstValue("ETag").orElseThrow();
            assertThat(site.get("/op1.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
    }

    /** The original logs every body, and headers with secrets when something fails. */
    @Test
    void w41_noBodyAndNoSecretIsLogged() throws Exception {
        try (var log = new ListenedLog()) {
            try (var site = new TrackSite(data)) {
                site.fromServer("/track", TrackSite.event(CANARY, "{\"a\":\"" + CANARY + "\"}"));
                site.fromServer("/track", "{\"" + CANARY + "\"");
                site.fromServer("/track", "{\"type\":\"" + CANARY + "\"}");
                site.fromPage(
                        "/track", TrackSite.event("a", "{}"), "openpanel-client-secret", CANARY, "User-Agent", CANARY);
                site.fromPage("/track", TrackSite.event("a", "{}"), "Origin", "https://" + CANARY);
                site.fromServer("/track/batch", "[\"" + CANARY + "\"]");
                site.fromServer("/profile", "{\"profileId\":\"" + CANARY + "\"}");
                site.rules("[{\"type\":\"" + CANARY + "\"},7]", false);
                site.fromPage("/track", TrackSite.event("a", "{}"));
            }
            assertThat(log.lines())
                    .noneMatch(line -> line.contains(CANARY))
                    .noneMatch(line -> line.contains(TrackSite.SECRET));
        }
    }
}
