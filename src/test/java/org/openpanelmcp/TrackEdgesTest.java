package org.openpanelmcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trackers over real HTTP that come in unusual ways. */
class TrackEdgesTest {
    private static final String TWO = "[" + TrackSite.event("a", "{}") + "," + TrackSite.event("a", "{}") + "]";

    @TempDir
    Path data;

    @Test
    void w12_aBodyThatDoesNotSayItsLengthIsBoundedToo() throws Exception {
        try (var site = new TrackSite(data)) {
            for (var path : List.of("/track", "/track/batch", "/event", "/profile", "/import/events")) {
                var answer = chunked(site, path, " ".repeat(1 << 20) + TrackSite.event("a", "{}"));
                assertThat(answer.statusCode()).as(path).isEqualTo(413);
                assertThat(answer.body()).contains("body_too_long", "1048576 bytes");
            }
            var answer = chunked(site, "/track", " ".repeat(1_000_000) + TrackSite.event("a", "{}"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(site.stored("select count(*) from events where name = 'a'"))
                    .containsExactly("1");
        }
    }

    private static HttpResponse<String> chunked(TrackSite site, String path, String body) throws Exception {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return TrackSite.send(site.request(path, TrackSite.serverHeaders())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    /** A country that is unknown is two of them in the original's table. */
    @Test
    void rowsPaddedWithNulCharactersAreTakenWithoutThem() throws Exception {
        try (var site = new TrackSite(data)) {
            var answer = TrackSite.json(site.fromServer("/import/events", """
                    [{"name":"bought","created_at":"%s","device_id":"d-1\\u0000","path":"/a\\\\u0000b",
                      "country":"\\u0000\\u0000","groups":["g\\u0000"],"properties":{"k\\u0000":"v\\u0000w"}}]""".formatted(Instant.now())));
            assertThat(answer.path("accepted").asInt()).as(answer.toString()).isEqualTo(1);
            assertThat(site.stored("select device_id, path, country, groups::varchar, properties::varchar from events"
                            + " where name = 'bought'"))
                    .containsExactly("d-1|/a\\u0000b||[g]|{k=vw}");
        }
    }

    @Test
    void aDaysQuotaOutlastsARestart() throws Exception {
        var settings = Map.of("ingest-daily-quota", "4");
        try (var site = new TrackSite(data, settings)) {
            assertThat(site.fromServer("/track/batch", TWO).statusCode()).isEqualTo(200);
        }
        try (var site = new TrackSite(data, settings)) {
            assertThat(site.fromServer("/track/batch", TWO).statusCode()).isEqualTo(200);
        }
        try (var site = new TrackSite(data, settings)) {
            var answer = site.fromServer("/track", TrackSite.event("a", "{}"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
            assertThat(answer.body()).contains("quota_exceeded");
            assertThat(site.stored("select count(*) from events where name = 'a'"))
                    .containsExactly("4");
        }
    }

    @Test
    void aGroupIsAssignedToTheDeviceOfWhoeverIsNotKnown() throws Exception {
        try (var site = new TrackSite(data)) {
            var before = TrackSite.json(site.fromPage("/track", assign("g1")));
            assertThat(before.path("sessionId").stringValue()).isEmpty();
            var visit = TrackSite.json(site.fromPage("/track", TrackSite.event("a", "{}")));
            var after = TrackSite.json(site.fromPage("/track", assign("g2")));
            assertThat(after.path("deviceId")).isEqualTo(visit.path("deviceId")).isEqualTo(before.path("deviceId"));
            assertThat(after.path("sessionId")).isEqualTo(visit.path("sessionId"));
            assertThat(site.stored("select id, is_external, list_sort(groups)::varchar from profiles"))
                    .containsExactly(visit.path("deviceId").stringValue() + "|false|[g1, g2]");
        }
    }

    /** The original takes the address and the user agent for the person. */
    @Test
    void w49_whoHasAnIdOfHisOwnIsOneVisitorOnEveryDayAndNetwork() throws Exception {
        try (var site = new TrackSite(data)) {
            var now = Instant.now();
            for (int day = 0; day < 3; day++) {
                var event = "{\"__deviceId\":\"own-1\",\"__timestamp\":\"" + now.minus(Duration.ofDays(day)) + "\"}";
                var answer = site.fromServer(
                        "/track",
                        TrackSite.event("a", event),
                        "openpanel-client-ip",
                        "203.0.113." + day,
                        "User-Agent",
                        TrackSite.BROWSER + " " + day);
                assertThat(TrackSite.json(answer).path("deviceId").stringValue())
                        .isEqualTo("own-1");
            }
            assertThat(site.stored("select count(distinct profile_id), count(distinct session_id) from events"))
                    .containsExactly("1|3");
        }
    }

    private static String assign(String group) {
        return "{\"type\":\"assign_group\",\"payload\":{\"groupIds\":[\"" + group + "\"]}}";
    }
}
