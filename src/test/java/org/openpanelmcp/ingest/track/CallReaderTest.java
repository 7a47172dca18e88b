package org.openpanelmcp.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpanelmcp.http.Problem;

class CallReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final CallReader reader = new CallReader(Duration.ofDays(90));

    private Call read(String json) {
        return reader.read(JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    private Call.Track track(String payload) {
        return (Call.Track) read("{\"type\":\"track\",\"payload\":" + payload + "}");
    }

    private Call.Track withProperties(String properties) {
        return track("{\"name\":\"a\",\"properties\":" + properties + "}");
    }

    private void refused(String json, String code, String... words) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            for (var word : words) {
                assertThat(problem.text()).contains(word);
            }
        });
    }

    @Test
    void anEventIsReadWithItsControls() {
        var track = track("""
                {"id":"e-1","name":" sign_up ","profileId":7,"groups":["g1","g1"," g2"],"unknown":1,
                 "properties":{"__path":"https://a.example/x","__referrer":"https://b.example","__timestamp":"2026-11-22T11:00:00Z",
                   "__title":"T","__os":"Web","plan":"pro","price":1.50,"nested":{"a":[1]}}}""");
        assertThat(track.id()).isEqualTo("e-1");
        assertThat(track.name()).isEqualTo("sign_up");
        assertThat(track.profileId()).isEqualTo("7");
        assertThat(track.groups()).containsExactly("g1", "g2");
        assertThat(track.at()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z").toEpochMilli());
        assertThat(track.stamped()).isTrue();
        assertThat(track.controls().page()).isEqualTo("https://a.example/x");
        assertThat(track.controls().agent()).isEqualTo(Map.of("__os", "Web"));
        assertThat(track.properties())
                .isEqualTo(Map.of("__title", "T", "__os", "Web", "plan", "pro", "price", "1.5", "nested.a.0", "1"));
    }

    @Test
    void keysWithoutUnderscoresCountAsPathAndReferrerAndStay() {
        var track = withProperties("{\"path\":\"/a\",\"referrer\":\"https://b.example\"}");
        assertThat(track.controls().page()).isEqualTo("/a");
        assertThat(track.controls().referrer()).isEqualTo("https://b.example");
        assertThat(track.properties()).containsOnlyKeys("path", "referrer");
    }

    /** The original stores the address and the e-mail of people among the properties of their events. */
    @Test
    void w20_whatIsMeantForTheServerIsNoProperty() {
        var track = withProperties("""
                {"__ip":"203.0.113.9","__deviceId":"d-1","__identify":{"profileId":"p","email":"ada@example.org"},
                 "__identify.email":"ada@example.org","__bot":"1","__bot_reasons":"x","__bounce":"true","kept":"yes"}""");
        assertThat(track.properties()).isEqualTo(Map.of("kept", "yes"));
        assertThat(track.controls().deviceId()).isEqualTo("d-1");
        assertThat(track.profileId()).isEqualTo("p");
        assertThat(track.identify()).extracting(Call.Identify::email).isEqualTo("ada@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T11:59:00Z, 2026-11-22T11:59:00Z",
        "2026-11-22T12:59:00+01:00, 2026-11-22T11:59:00Z",
        "2026-11-22T12:59:00+0100, 2026-11-22T11:59:00Z",
        "2026-11-22T11:59:00.123, 2026-11-22T11:59:00.123Z",
        "2026-11-22 11:59:00, 2026-11-22T11:59:00Z",
        "2026-11-20, 2026-11-20T00:00:00Z",
        "2026-11-22T12:00:30Z, 2026-11-22T12:00:30Z",
        "2026-11-22T12:30:00Z, 2026-11-22T12:00:00Z",
        "2026-09-01T00:00:00Z, 2026-09-01T00:00:00Z"
    })
    void theTimeOfAnEvent(String said, Instant counts) {
        assertThat(withProperties("{\"__timestamp\":\"" + said + "\"}").at()).isEqualTo(counts.toEpochMilli());
    }

    @Test
    void withoutATimeTheArrivalCounts() {
        assertThat(withProperties("{}").at()).isEqualTo(NOW.toEpochMilli());
        assertThat(withProperties("{}").stamped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"soon\"",
                "\"2026-13-01\"",
                "true",
                "{}",
                "\"2199-01-01T00:00:00Z\"",
                "\"1999-01-01T00:00:00Z\"",
                "1e99"
            })
    void w5_timesThatCannotBeAreRefused(String stamp) {
        refused(
                "{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":{\"__timestamp\":" + stamp + "}}}",
                "invalid_timestamp",
                "payload.properties.__timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e21", "-1", "1.5", "\"5\"", "true", "9007199254740992", "1e999999999"})
    void w5_revenueThatCannotBeIsRefused(String revenue) {
        refused(
                "{\"type\":\"track\",\"payload\":{\"name\":\"revenue\",\"properties\":{\"__revenue\":" + revenue
                        + "}}}",
                "invalid_payload",
                "payload.properties.__revenue");
    }

    @Test
    void revenueIsAWholeNumberAndCountsOnRevenueOnly() {
        var revenue = track("{\"name\":\"revenue\",\"properties\":{\"__revenue\":1999}}");
        assertThat(revenue.controls().revenue()).isEqualTo(1999);
        assertThat(track("{\"name\":\"revenue\"}").controls().claimsRevenue()).isFalse();
        var other = track("{\"name\":\"other\",\"properties\":{\"__revenue\":\"x\"}}");
        assertThat(other.controls().revenue()).isZero();
        assertThat(other.controls().claimsRevenue()).isTrue();
        assertThat(track("{\"name\":\"revenue\",\"properties\":{\"__revenue\":5.0}}")
                        .controls()
                        .revenue())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session_start",
                "session_end",
                "a\\nb",
                "x.oastify.com",
                "1 UNION SELECT 2",
                "../../etc/passwd",
                "${jndi:ldap}",
                "/x.php",
                "/.env",
                "/wp-admin",
                "/wordpress/x",
                "a\\u0007b",
                "cmd.exe",
                "<!DOCTYPE x>",
                "waitfor delay '0:0:5'"
            })
    void namesOfTheServerAndOfScannersAreRefused(String name) {
        refused("{\"type\":\"track\",\"payload\":{\"name\":\"" + name + "\"}}", "invalid_event_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "screen_view",
                "Signed up!",
                "köp",
                "购买",
                "a/b",
                "/pricing",
                "v1.0",
                "select plan",
                "order #12",
                "100%"
            })
    void namesOfPeopleAreTaken(String name) {
        assertThat(track("{\"name\":\"" + name + "\"}").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1] | invalid_payload | body
            {} | invalid_payload | type
            {"type":1} | invalid_payload | type
            {"type":"trak","payload":{}} | invalid_payload | 'track'
            {"type":"track"} | invalid_payload | payload
            {"type":"track","payload":[]} | invalid_payload | payload
            {"type":"track","payload":{}} | invalid_payload | payload.name
            {"type":"track","payload":{"name":""}} | invalid_payload | payload.name
            {"type":"track","payload":{"name":7}} | invalid_payload | payload.name
            {"type":"track","payload":{"name":"a","properties":[]}} | invalid_payload | payload.properties
            {"type":"track","payload":{"name":"a","groups":"g"}} | invalid_payload | payload.groups
            {"type":"track","payload":{"name":"a","groups":[""]}} | invalid_payload | payload.groups
            {"type":"track","payload":{"name":"a","profileId":""}} | invalid_payload | payload.profileId
            {"type":"track","payload":{"name":"a","profileId":{}}} | invalid_payload | payload.profileId
            {"type":"identify","payload":{}} | invalid_payload | payload.profileId
            {"type":"identify","payload":{"profileId":"p","email":"no"}} | invalid_payload | payload.email
            {"type":"identify","payload":{"profileId":"p","avatar":"no address"}} | invalid_payload | payload.avatar
            {"type":"increment","payload":{"profileId":"p"}} | invalid_payload | payload.property
            {"type":"increment","payload":{"profileId":"p","property":"n","value":0}} | invalid_payload | payload.value
            {"type":"increment","payload":{"profileId":"p","property":"n","value":"1"}} | invalid_payload | payload.value
            {"type":"decrement","payload":{"profileId":"p","property":"n","value":-1}} | invalid_payload | payload.value
            {"type":"alias","payload":{"profileId":"p","alias":"q"}} | invalid_payload | identify
            {"type":"group","payload":{"id":"g","type":"company"}} | invalid_payload | payload.name
            {"type":"assign_group","payload":{"groupIds":[]}} | invalid_payload | payload.groupIds
            {"type":"replay","payload":{"chunk_index":-1}} | invalid_payload | payload.chunk_index
            """)
    void whatDoesNotFitIsNamed(String json, String code, String word) {
        refused(json, code, word);
    }

    @Test
    void theOtherTypesAreRead() {
        assertThat(read("{\"type\":\"decrement\",\"payload\":{\"profileId\":1,\"property\":\"a.b\",\"value\":2.5}}"))
                .isEqualTo(new Call.Increment("1", "a.b", new BigDecimal("-2.5")));
        assertThat(read("{\"type\":\"increment\",\"payload\":{\"profileId\":\"p\",\"property\":\"n\"}}"))
                .isEqualTo(new Call.Increment("p", "n", BigDecimal.ONE));
        assertThat(read("{\"type\":\"assign_group\",\"payload\":{\"groupIds\":[\"g\"]}}"))
                .isEqualTo(new Call.AssignGroup("", List.of("g")));
        assertThat(read("""
                {"type":"group","payload":{"id":"g","type":"company","name":"Acme","properties":{"plan":{"seats":5}}}}""")).isEqualTo(new Call.Group("g", "company", "Acme", Map.of("plan.seats", "5")));
        assertThat(read("""
                {"type":"replay","payload":{"chunk_index":0,"events_count":3,"is_full_snapshot":true,
                 "started_at":"2026-11-22T11:00:00Z","ended_at":"2026-11-22T11:00:10.000Z","payload":"[]"}}""")).isEqualTo(new Call.Replay());
    }

    /** The original keeps nested traits as one JSON text: nothing can be asked of them. */
    @Test
    void w24_nestedTraitsAreFlattened() {
        var identify = (Call.Identify) read(
                "{\"type\":\"identify\",\"payload\":{\"profileId\":\"p\",\"properties\":{\"a\":{\"b\":{\"c\":1}}}}}");
        assertThat(identify.properties()).isEqualTo(Map.of("a.b.c", "1"));
    }

    @Test
    void w12_propertiesAreBounded() {
        refused(
                "{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":{\"big\":\"" + "x".repeat(20_000)
                        + "\"}}}",
                "too_large",
                "'big'");
        var many = new StringBuilder("{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":{");
        for (int i = 0; i < 501; i++) {
            many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        refused(many.append("}}}").toString(), "too_large", "501", "500");
        var text = "y".repeat(16_000);
        var wide = new StringBuilder("{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":{");
        for (int i = 0; i < 20; i++) {
            wide.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":\"")
                    .append(text)
                    .append('"');
        }
        refused(wide.append("}}}").toString(), "too_large", "262144");
    }

    @Test
    void textThatIsNoJsonIsRefusedWithItsPlace() {
        refused("", "invalid_json", "no body");
        refused("{\"type\":", "invalid_json", "line 1, column");
        refused("{} {}", "invalid_json");
        refused("[".repeat(100) + "]".repeat(100), "invalid_json", "levels of nesting");
        refused("{\"type\":\"track\",\"payload\":{\"name\":\"a\\u0000\"}}", "invalid_json", "NUL");
        assertThat(track("{\"name\":\"a\",\"properties\":{\"p\":\"C:\\\\u0000\"}}")
                        .properties())
                .containsValue("C:\\u0000");
        assertThatThrownBy(() -> JsonBody.parse(new byte[] {'"', (byte) 0xff, '"'}))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.text()).contains("UTF-8"));
    }
}
