package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trackers over real HTTP, as far as what is stored. */
class TrackTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1";

    @TempDir
    Path data;

    @Test
    void aPageViewIsStoredWithAllThatIsKnownOfIt() throws Exception {
        try (var site = new TrackSite(data)) {
            var answer = site.fromPage(
                    "/track",
                    TrackSite.event("screen_view", """
                    {"__path":"https://shop.example/cart?utm_source=news&x=1#top","__referrer":"https://www.google.com/",
                     "__title":"[Sale] Shoes","size":42}"""),
                    "openpanel-sdk-name",
                    "web",
                    "openpanel-sdk-version",
                    "1.4.1");
            assertThat(answer.statusCode()).isEqualTo(200);
            var ids = TrackSite.json(answer);
            assertThat(ids.path("deviceId").stringValue()).matches("[0-9a-f]{32}");
            assertThat(ids.path("sessionId").stringValue()).matches("[A-Za-z0-9_-]{22}");
            assertThat(ids.path("result").stringValue()).isEqualTo("stored");
            assertThat(site.stored("select name, path, origin, referrer, referrer_name, referrer_type, os, browser,"
                            + " device, sdk_name, sdk_version, profile_id = device_id, properties['__title'],"
                            + " properties['size'], properties['__query.utm_source'], properties['__hash'],"
                            + " device_id || session_id from events where name = 'screen_view'"))
                    .containsExactly(
                            "screen_view|/cart|https://shop.example|https://www.google.com|news|search|Windows|Chrome|desktop|web|1.4.1|true|[Sale] Shoes|42|news|#top|"
                                    + ids.path("deviceId").stringValue()
                                    + ids.path("sessionId").stringValue());
        }
    }

    @Test
    void whoSendsWhatOverEveryType() throws Exception {
        try (var site = new TrackSite(data)) {
            for (var body : List.of(
                    "{\"type\":\"identify\",\"payload\":{\"profileId\":\"ada\",\"firstName\":\"Ada\",\"email\":\"ada@example.org\",\"properties\":{\"plan\":{\"name\":\"pro\"}}}}",
                    "{\"type\":\"increment\",\"payload\":{\"profileId\":\"ada\",\"property\":\"logins\",\"value\":3}}",
                    "{\"type\":\"decrement\",\"payload\":{\"profileId\":\"ada\",\"property\":\"logins\"}}",
                    "{\"type\":\"group\",\"payload\":{\"id\":\"g1\",\"type\":\"company\",\"name\":\"Acme\"}}",
                    "{\"type\":\"assign_group\",\"payload\":{\"groupIds\":[\"g1\"],\"profileId\":\"ada\"}}",
                    "{\"type\":\"track\",\"payload\":{\"name\":\"sign_up\",\"profileId\":\"ada\",\"groups\":[\"g1\"]}}")) {
                var answer = site.fromPage("/track", body);
                assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(200);
                assertThat(TrackSite.json(answer).has("deviceId")).isTrue();
            }
            assertThat(site.stored("""
                    select first_name || '|' || email || '|' || properties['plan.name'] || '|' || properties['logins']
                    from profiles where id = 'ada' qualify row_number() over (order by last_seen_at desc, rowid desc) = 1
                    union all select id || type || name from groups
                    union all select name || profile_id || groups::varchar from events where name = 'sign_up'"""))
                    .containsExactlyInAnyOrder("Ada|ada@example.org|pro|2", "g1companyAcme", "sign_upada[g1]");
        }
    }

    @Test
    void anUnknownProfileCannotBeRaised() throws Exception {
        try (var site = new TrackSite(data)) {
            var body = "{\"type\":\"increment\",\"payload\":{\"profileId\":\"nobody\",\"property\":\"n\"}}";
            assertThat(site.fromPage("/track", body).statusCode()).isEqualTo(404);
            assertThat(site.fromServer(
                                    "/profile/increment", "{\"profileId\":\"nobody\",\"property\":\"n\",\"value\":1}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    /** The original answers text that its SDK cannot read, so that the SDK sends again and the event stands twice. */
    @Test
    void w3_aRetryIsAnsweredLikeTheFirstAndChangesNothing() throws Exception {
        try (var site = new TrackSite(data)) {
            var byId = "{\"type\":\"track\",\"payload\":{\"id\":\"order-1\",\"name\":\"by_id\"}}";
            var stamped = TrackSite.event(
                    "stamped", "{\"__timestamp\":\"" + Instant.now().minusSeconds(5) + "\"}");
            var plain = TrackSite.event("by_key", "{}");
            for (int i = 0; i < 3; i++) {
                for (var answer : List.of(
                        site.fromPage("/track", byId),
                        site.fromPage("/track", stamped),
                        site.fromServer("/track", plain, "Idempotency-Key", "k-1"))) {
                    assertThat(answer.statusCode()).isEqualTo(200);
                    var json = TrackSite.json(answer);
                    assertThat(json.has("deviceId") && json.has("sessionId")).isTrue();
                    assertThat(json.path("result").stringValue()).isEqualTo(i == 0 ? "stored" : "duplicate");
                }
            }
            // Another visitor at the same moment is another event.
            site.fromPage("/track", stamped, "User-Agent", PHONE);
            // A server sends what it means: nothing tells that one repeats the other.
            site.fromServer("/track", TrackSite.event("twice", "{}"));
            site.fromServer("/track", TrackSite.event("twice", "{}"));
            assertThat(site.stored("select name, count(*), count(distinct id) from events where name <> 'session_start'"
                            + " and name <> 'session_end' group by 1 order by 1"))
                    .containsExactly("by_id|1|1", "by_key|1|1", "stamped|2|2", "twice|2|2");
        }
    }

    @Test
    void aBatchIsAnsweredItemByItem() throws Exception {
        try (var site = new TrackSite(data)) {
            var day = Instant.now().minus(Duration.ofHours(20));
            var answer = site.fromServer(
                    "/track/batch",
                    "["
                            + TrackSite.event("one", "{\"__timestamp\":\"" + day + "\",\"__deviceId\":\"d-1\"}") + ","
                            + "{\"type\":\"track\",\"payload\":{\"name\":\"session_end\"}},"
                            + "7,"
                            + "{\"type\":\"increment\",\"payload\":{\"profileId\":\"nobody\",\"property\":\"n\"}},"
                            + TrackSite.event("two", "{}") + "," + TrackSite.event("two", "{}") + "]");
            assertThat(answer.statusCode()).isEqualTo(200);
            var json = TrackSite.json(answer);
            assertThat(json.path("results").values().stream()
                            .map(result -> result.path("status").asInt()))
                    .containsExactly(200, 400, 400, 404, 200, 200);
            assertThat(json.path("accepted").asInt()).isEqualTo(3);
            assertThat(json.path("refused").asInt()).isEqualTo(3);
            assertThat(json.path("results").get(1).path("error").path("message").stringValue())
                    .contains("reserved");
            assertThat(site.stored("select name, count(*), epoch_ms(min(created_at)) = " + day.toEpochMilli()
                            + " from events where name in ('one', 'two') group by 1 order by 1"))
                    .containsExactly("one|1|true", "two|2|false");
        }
    }

    @Test
    void theOldEndpointsAnswerAsTheyDid() throws Exception {
        try (var site = new TrackSite(data)) {
            var event =
                    site.fromPage("/event", "{\"name\":\"old\",\"timestamp\":\"x\",\"properties\":{\"path\":\"/a\"}}");
            assertThat(event.statusCode() + event.body()).isEqualTo("202ok");
            var profile = site.fromServer("/profile", "{\"profileId\":7,\"firstName\":\"Ada\"}");
            assertThat(profile.statusCode() + profile.body()).isEqualTo("2027");
            var more = site.fromServer("/profile/increment", "{\"profileId\":\"7\",\"property\":\"n\",\"value\":2}");
            assertThat(more.statusCode() + more.body()).isEqualTo("2027");
            assertThat(site.stored("select path from events where name = 'old'"))
                    .containsExactly("/a");
        }
    }

    @Test
    void wholeRowsAreLoadedOnce() throws Exception {
        try (var site = new TrackSite(data)) {
            var rows = """
                    [{"id":"11111111-2222-4333-8444-555555555555","name":"bought","created_at":"%s","device_id":"d-1",
                      "profile_id":"ada","path":"/x","country":"SE","properties":{"a":{"b":1},"__ip":"203.0.113.1"}},
                     {"name":"session_start","created_at":"2026-01-31 12:00:00"},
                     {"name":"bought","created_at":"soon"}]""".formatted(Instant.now().minus(Duration.ofDays(400)));
            var first = TrackSite.json(site.fromServer("/import/events", rows));
            assertThat(first.path("accepted").asInt()).as(first.toString()).isEqualTo(1);
            assertThat(first.path("derived").asInt()).isEqualTo(1);
            assertThat(first.path("refused").get(0).path("row").asInt()).isEqualTo(2);
            var second = TrackSite.json(site.fromServer("/import/events", rows));
            assertThat(second.path("duplicates").asInt()).isEqualTo(1);
            var root = site.fromServer("/import/events?projectId=shop", rows, "openpanel-client-id", TrackSite.ROOT);
            assertThat(TrackSite.json(root).path("duplicates").asInt()).isEqualTo(1);
            assertThat(
                            site.stored(
                                    "select id, device_id, profile_id, path, country, properties from events where name = 'bought'"))
                    .containsExactly("11111111-2222-4333-8444-555555555555|d-1|ada|/x|SE|{a.b=1}");
        }
    }

    /** In the original anybody says which address he has. */
    @Test
    void w16_anAddressIsBelievedFromProxiesAndProvenServersOnly() throws Exception {
        try (var site = new TrackSite(data)) {
            var body = TrackSite.event("a", "{}");
            var devices = new HashSet<String>();
            for (var header : List.of(
                    "openpanel-client-ip", "x-forwarded-for", "cf-connecting-ip", "x-real-ip", "true-client-ip")) {
                devices.add(device(site.fromPage("/track", body, header, "203.0.113.5")));
            }
            devices.add(device(site.fromPage("/track", TrackSite.event("a", "{\"__ip\":\"203.0.113.5\"}"))));
            assertThat(devices).hasSize(1);
            var told =
                    device(site.fromServer("/track", body, "openpanel-client-ip", "203.0.113.5", "User-Agent", PHONE));
            var other =
                    device(site.fromServer("/track", body, "openpanel-client-ip", "203.0.113.6", "User-Agent", PHONE));
            assertThat(told).isNotEqualTo(other);
            assertThat(device(site.fromServer(
                            "/track", TrackSite.event("a", "{\"__ip\":\"203.0.113.5\"}"), "User-Agent", PHONE)))
                    .isEqualTo(told);
            assertThat(site.stored("select count(*) from events where properties['__ip'] is not null"))
                    .containsExactly("0");
        }
    }

    @Test
    void aTrustedProxySaysTheAddressAndThePlace() throws Exception {
        var settings = Map.of("trusted-proxies", "127.0.0.1", "geo-headers", "country=CF-IPCountry,city=CF-IPCity");
        try (var site = new TrackSite(data, settings)) {
            var body = TrackSite.event("a", "{}");
            var one = device(site.fromPage(
                    "/track", body, "x-forwarded-for", "203.0.113.5", "cf-ipcountry", "SE", "cf-ipcity", "Lund"));
            var other = device(site.fromPage("/track", body, "x-forwarded-for", "203.0.113.6", "cf-ipcountry", "XX"));
            assertThat(one).isNotEqualTo(other);
            // Behind the proxy a page may say what it likes; a server of the operator's own is believed.
            assertThat(device(site.fromPage(
                            "/track", body, "x-forwarded-for", "203.0.113.5", "openpanel-client-ip", "198.51.100.1")))
                    .isEqualTo(one);
            assertThat(device(site.fromPage("/track", body, "openpanel-client-ip", "203.0.113.6")))
                    .isEqualTo(other);
            assertThat(site.stored("select distinct country, city from events order by 1 desc"))
                    .contains("SE|Lund");
        }
    }

    private static String device(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TrackSite.json(answer).path("deviceId").stringValue();
    }

    @Test
    void theDeviceIsToldWithItsSession() throws Exception {
        try (var site = new TrackSite(data)) {
            var before = TrackSite.json(site.get("/track/device-id", TrackSite.pageHeaders()));
            assertThat(before.path("sessionId").stringValue()).isEmpty();
            var tracked = TrackSite.json(site.fromPage("/track", TrackSite.event("a", "{}")));
            var after = TrackSite.json(site.get("/track/device-id", TrackSite.pageHeaders()));
            assertThat(after.path("deviceId"))
                    .isEqualTo(tracked.path("deviceId"))
                    .isEqualTo(before.path("deviceId"));
            assertThat(after.path("sessionId")).isEqualTo(tracked.path("sessionId"));
            assertThat(after.path("message").stringValue()).contains("today");
        }
    }

    /** The original answers 500 to them. */
    @Test
    void w8_w45_botsAreAnsweredAndCountedAtOnceAndNotStored() throws Exception {
        try (var site = new TrackSite(data)) {
            var bot = site.fromPage(
                    "/track", TrackSite.event("screen_view", "{\"__path\":\"/\"}"), "User-Agent", "Googlebot/2.1");
            assertThat(bot.statusCode()).isEqualTo(202);
            assertThat(bot.body()).isEqualTo("{\"bot\":{\"name\":\"Googlebot\",\"type\":\"Search bot\"}}");
            var headers = TrackSite.pageHeaders();
            headers[5] = "Googlebot/2.1";
            assertThat(site.get("/track/device-id", headers).statusCode()).isEqualTo(200);
            assertThat(site.fromPage("/track", "7", "User-Agent", "Googlebot/2.1")
                            .statusCode())
                    .isIn(202, 400);
            assertThat(site.get("/metrics").body()).contains("openpanel_ingest_bots_total{type=\"Search bot\"}");
            assertThat(site.stored("select count(*) from events")).containsExactly("0");
        }
    }

    /** The original answers 200 and the sender never learns it. */
    @Test
    void w50_whatAProjectKeepsOutIsSaid() throws Exception {
        try (var site = new TrackSite(data)) {
            site.rules("""
                    [{"type":"ip","ip":"203.0.113.9"},{"type":"profile_id","profileId":"7"},
                     {"type":"event","name":"*","filters":[{"name":"properties.test","operator":"is","value":[true]}]}]""", false);
            var excluded = TrackSite.json(site.fromPage("/track", TrackSite.event("a", "{\"test\":true}")));
            assertThat(excluded.path("result").stringValue()).isEqualTo("excluded");
            // A number and a text name the same profile.
            var profile = site.fromPage("/track", "{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"profileId\":7}}");
            assertThat(profile.statusCode()).isEqualTo(401);
            assertThat(profile.body()).contains("profile_excluded");
            site.rules("[{\"type\":\"ip\",\"ip\":\"127.0.0.1\"}]", false);
            assertThat(site.fromPage("/track", TrackSite.event("a", "{}")).body())
                    .contains("address_excluded");
            assertThat(site.stored("select count(*) from events")).containsExactly("0");
        }
    }

    @Test
    void revenueIsTakenWithTheSecretOrWhereTheProjectAllowsIt() throws Exception {
        try (var site = new TrackSite(data)) {
            var sale = TrackSite.event("revenue", "{\"__revenue\":1999,\"sku\":\"a\"}");
            assertThat(site.fromServer("/track", sale).statusCode()).isEqualTo(200);
            assertThat(site.fromPage("/track", sale).statusCode()).isEqualTo(401);
            site.rules("[]", true);
            assertThat(site.fromPage("/track", sale).statusCode()).isEqualTo(200);
            assertThat(site.stored("select revenue, properties from events where name = 'revenue'"))
                    .hasSize(2)
                    .allMatch(row -> row.startsWith("1999|{") && row.contains("sku=a"));
        }
    }

    @Test
    void piecesOfRecordedSessionsAreAnsweredAndNotKept() throws Exception {
        try (var site = new TrackSite(data)) {
            var session = TrackSite.json(site.fromPage("/track", TrackSite.event("a", "{}")))
                    .path("sessionId");
            var answer = TrackSite.json(site.fromPage("/track", """
                    {"type":"replay","payload":{"chunk_index":0,"events_count":1,"is_full_snapshot":true,
                     "started_at":"2026-11-22T10:00:00.000Z","ended_at":"2026-11-22T10:00:01.000Z","payload":"%s"}}""".formatted("x".repeat(1_500_000))));
            assertThat(answer.path("result").stringValue()).isEqualTo("discarded");
            assertThat(answer.path("sessionId")).isEqualTo(session);
        }
    }

    @Test
    void aProjectThatSendsTooMuchIsAskedToWait() throws Exception {
        try (var site = new TrackSite(data, Map.of("ingest-rate-limit", "2", "ingest-daily-quota", "4"))) {
            var event = TrackSite.event("a", "{}");
            var batch = "[" + event + "," + event + "]";
            assertThat(site.fromServer("/track/batch", batch).statusCode()).isEqualTo(200);
            var codes = new HashSet<String>();
            for (int i = 0; i < 5; i++) {
                var answer = site.fromServer("/track/batch", "[" + event + "," + event + "," + event + "]");
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(answer.headers().firstValue("Retry-After").orElseThrow())
                        .matches("\\d+");
                codes.add(TrackSite.json(answer).path("error").path("code").stringValue());
            }
            assertThat(codes).containsAnyOf("quota_exceeded", "rate_limited");
            assertThat(site.stored("select count(*) from events where name = 'a'"))
                    .containsExactly("2");
        }
    }

    @Test
    void pagesMayCallAndAskBefore() throws Exception {
        try (var site = new TrackSite(data)) {
            var preflight = TrackSite.send(site.request(
                            "/track",
                            "Origin",
                            "https://shop.example",
                            "Access-Control-Request-Method",
                            "POST",
                            "Access-Control-Request-Headers",
                            "content-type,openpanel-client-id,openpanel-sdk-name")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValue("POST");
            assertThat(preflight
                            .headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElseThrow())
                    .contains("openpanel-sdk-name");
            var answer = site.fromPage("/track", TrackSite.event("a", "{}"));
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            var refusal = site.fromPage("/track", "{", "Origin", "https://elsewhere.example");
            assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin"))
                    .as("a page can read why it is refused")
                    .hasValue("*");
        }
    }
}
