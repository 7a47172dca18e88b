package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be taken is answered with a code and what to change, and nothing of it is stored. */
class BadTrackInputTest {
    @TempDir
    Path data;

    private static void refused(HttpResponse<String> response, int status, String code, String... words) {
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(words.length == 0 ? code : words[0]);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    private static String stamped(Instant at) {
        return TrackSite.event("a", "{\"__timestamp\":\"" + at + "\"}");
    }

    @Test
    void nothingBadIsStored() throws Exception {
        try (var site = new TrackSite(data)) {
            malformed(site);
            tooMuch(site);
            notAllowed(site);
            assertThat(site.stored("select count(*) from events union all select count(*) from profiles"
                            + " union all select count(*) from groups"))
                    .containsExactly("0", "0", "0");
        }
    }

    private static void malformed(TrackSite site) throws Exception {
        refused(site.fromPage("/track", ""), 400, "invalid_json", "no body");
        refused(site.fromPage("/track", "{\"type\":"), 400, "invalid_json", "line 1");
        refused(site.fromPage("/track", "[]"), 400, "invalid_payload", "object");
        refused(site.fromPage("/track", "{}"), 400, "invalid_payload", "'type'");
        refused(
                site.fromPage("/track", "{\"type\":\"trak\",\"payload\":{}}"),
                400,
                "invalid_payload",
                "Did you mean 'track'?");
        refused(site.fromPage("/track", "{\"type\":\"track\",\"payload\":{}}"), 400, "invalid_payload", "payload.name");
        refused(
                site.fromPage("/track", "{\"type\":\"track\",\"payload\":{\"name\":[1]}}"),
                400,
                "invalid_payload",
                "payload.name");
        refused(
                site.fromPage("/track", "{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":\"b\"}}"),
                400,
                "invalid_payload",
                "payload.properties");
        refused(site.fromPage("/track", TrackSite.event("session_start", "{}")), 400, "invalid_event_name", "reserved");
        refused(
                site.fromPage("/track", TrackSite.event("x".repeat(81), "{}")),
                400,
                "invalid_payload",
                "81 characters");
        refused(site.fromPage("/track", TrackSite.event("a\\u0000b", "{}")), 400, "invalid_json", "NUL");
        refused(site.fromPage("/track", TrackSite.event("a", "{\"b\":\"\\u0000\"}")), 400, "invalid_json", "NUL");
        var notUtf8 = TrackSite.event("a", "{\"b\":\"x\"}").getBytes(StandardCharsets.ISO_8859_1);
        notUtf8[notUtf8.length - 6] = (byte) 0xff;
        refused(site.post("/track", notUtf8, TrackSite.pageHeaders()), 400, "invalid_json", "UTF-8");
        refused(
                site.fromPage("/track", TrackSite.event("a", "{\"b\":" + "[".repeat(50) + "]".repeat(50) + "}")),
                400,
                "invalid_json",
                "levels of nesting");
        var now = Instant.now();
        refused(
                site.fromPage("/track", stamped(now.plus(Duration.ofDays(3)))),
                400,
                "invalid_timestamp",
                "yet to come");
        refused(site.fromPage("/track", stamped(now.minus(Duration.ofDays(91)))), 400, "invalid_timestamp", "90 days");
        refused(site.fromPage("/event", "{\"name\":\"session_end\"}"), 400, "invalid_event_name", "reserved");
        refused(site.fromServer("/profile", "{\"firstName\":\"Ada\"}"), 400, "invalid_payload", "'profileId'");
        refused(site.fromPage("/track/batch", "{}"), 400, "invalid_payload", "array");
    }

    private static void tooMuch(TrackSite site) throws Exception {
        var megabyte = "x".repeat(1 << 20);
        refused(
                site.fromPage("/track", TrackSite.event("a", "{\"b\":\"" + megabyte + "\"}")),
                413,
                "too_large",
                "1048576");
        refused(
                site.fromPage("/track", TrackSite.event("a", "{\"b\":\"" + megabyte.substring(200_000) + "\"}")),
                413,
                "too_large",
                "'b'");
        refused(site.fromPage("/track", "x".repeat((16 << 20) + 1)), 413, "body_too_long");
    }

    private static void notAllowed(TrackSite site) throws Exception {
        var good = TrackSite.event("a", "{}");
        refused(
                site.fromPage("/track", good, "openpanel-client-id", " "),
                401,
                "client_missing",
                "openpanel-client-id");
        refused(site.fromPage("/track", good, "openpanel-client-id", "me"), 401, "invalid_client_id", "UUID");
        refused(site.fromPage("/track", good, "openpanel-client-id", TrackSite.UNKNOWN), 401, "unknown_client");
        refused(
                site.fromServer("/track", good, "openpanel-client-id", TrackSite.ROOT),
                401,
                "root_client",
                "type write");
        refused(
                site.fromPage("/track", good, "Origin", "https://evil.example"),
                401,
                "origin_not_allowed",
                "evil.example");
        refused(
                site.fromPage("/track", good, "Origin", "https://x.shop.example.evil.org"),
                401,
                "origin_not_allowed",
                "--add-origin");
        refused(
                site.post("/track", good.getBytes(StandardCharsets.UTF_8), "openpanel-client-id", TrackSite.WRITE),
                401,
                "secret_missing",
                "openpanel-client-secret");
        refused(site.fromServer("/import/events", "[{}]"), 400, "invalid_payload", "name");
    }

    /** The original never looks at the type of a client. */
    @Test
    void w15_aReadClientCannotSend() throws Exception {
        try (var site = new TrackSite(data)) {
            var good = TrackSite.event("a", "{}");
            refused(
                    site.fromServer("/track", good, "openpanel-client-id", TrackSite.READ),
                    401,
                    "read_client",
                    "type write");
            refused(
                    site.fromPage("/track", good, "openpanel-client-id", TrackSite.READ),
                    401,
                    "read_client",
                    "type write");
            refused(site.fromServer("/import/events", "[]", "openpanel-client-id", TrackSite.READ), 401, "read_client");
            assertThat(site.stored("select count(*) from events")).containsExactly("0");
        }
    }

    /** In the original any secret, right or wrong, opens what needs one. */
    @Test
    void w15_aSecretIsProvenBeforeItCounts() throws Exception {
        try (var site = new TrackSite(data)) {
            var revenue = TrackSite.event("revenue", "{\"__revenue\":100}");
            refused(site.fromPage("/track", revenue), 401, "revenue_needs_secret", "openpanel-client-secret");
            refused(site.fromPage("/track", revenue, "openpanel-client-secret", "sec_wrong"), 401, "wrong_secret");
            refused(
                    site.fromPage(
                            "/track", revenue, "openpanel-client-id", TrackSite.OPEN, "openpanel-client-secret", "x"),
                    401,
                    "revenue_needs_secret");
            var bot = site.fromPage(
                    "/track",
                    TrackSite.event("a", "{}"),
                    "openpanel-client-id",
                    TrackSite.OPEN,
                    "openpanel-client-secret",
                    "x",
                    "User-Agent",
                    "Googlebot/2.1");
            assertThat(bot.statusCode()).isEqualTo(202);
            assertThat(site.stored("select count(*) from events")).containsExactly("0");
        }
    }

    /** In the original each guess costs a hundred milliseconds of a processor, and nobody counts. */
    @Test
    void w42_secretsCannotBeGuessed() throws Exception {
        try (var site = new TrackSite(data)) {
            int refusedAt = 0;
            for (int i = 0; i < 30 && refusedAt == 0; i++) {
                var answer =
                        site.fromServer("/track", TrackSite.event("a", "{}"), "openpanel-client-secret", "sec_" + i);
                if (answer.statusCode() == 429) {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    refusedAt = i;
                }
            }
            assertThat(refusedAt).isBetween(1, 25);
        }
    }
}
