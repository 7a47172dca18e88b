package org.openpanelmcp.ingest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openpanelmcp.ingest.Entry;
import org.openpanelmcp.ingest.Offer;
import org.openpanelmcp.metadata.TrackingRules;

class RetryKeysTest {
    private static final long DAY = 86_400_000;
    private static final String STAMPED =
            "{\"type\":\"track\",\"payload\":{\"name\":\"a\",\"properties\":{\"__timestamp\":\"2026-11-22T11:00:00Z\",\"b\":1}}}";

    private final RetryKeys keys = new RetryKeys(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private final CallReader reader = new CallReader(Duration.ofDays(90));

    private static Sender sender(String project) {
        return new Sender("c", project, false, TrackingRules.NONE, ProjectFilters.of("[]"));
    }

    private static Visitor visitor(String address, String origin) {
        return new Visitor(address, "UA", origin, new Entry.Sdk("", ""), Optional.empty(), List.of());
    }

    private Offer.@Nullable Retry retry(String project, Visitor visitor, String requestKey, String json) {
        var body = JsonBody.parse(json.getBytes(StandardCharsets.UTF_8));
        var call = reader.read(body, Instant.parse("2026-11-22T12:00:00Z"));
        return keys.of(sender(project), visitor, call, requestKey, body);
    }

    private String key(Visitor visitor, String json) {
        var retry = retry("p", visitor, "", json);
        assertThat(retry).isNotNull();
        return retry == null ? "" : retry.key();
    }

    @Test
    void anIdIsKnownForADayWithinItsProject() {
        var json = "{\"type\":\"track\",\"payload\":{\"id\":\"1\",\"name\":\"a\"}}";
        var first = retry("p", visitor("192.0.2.1", ""), "", json);
        assertThat(first).isNotNull().extracting(Offer.Retry::windowMillis).isEqualTo(DAY);
        assertThat(retry("p", visitor("192.0.2.2", "https://a.example"), "other", json.replace("\"a\"", "\"b\"")))
                .isEqualTo(first);
        assertThat(retry("q", visitor("192.0.2.1", ""), "", json)).isNotEqualTo(first);
    }

    @Test
    void aStampedBodyIsKnownWhateverTheOrderOfItsFields() {
        var here = visitor("192.0.2.1", "");
        var other =
                "{\"payload\":{\"properties\":{\"b\":1,\"__timestamp\":\"2026-11-22T11:00:00Z\"},\"name\":\"a\"},\"type\":\"track\"}";
        assertThat(key(here, other)).isEqualTo(key(here, STAMPED));
        assertThat(key(here, STAMPED.replace("1}", "2}"))).isNotEqualTo(key(here, STAMPED));
        assertThat(key(visitor("192.0.2.2", ""), STAMPED))
                .as("somebody else at the same moment")
                .isNotEqualTo(key(here, STAMPED));
        var named = STAMPED.replace("\"name\"", "\"profileId\":\"ada\",\"name\"");
        assertThat(key(visitor("192.0.2.2", ""), named))
                .as("the same person from another network")
                .isEqualTo(key(here, named));
    }

    @Test
    void apartFromThatOnlyAPageRepeatsItselfForAMoment() {
        var json = "{\"type\":\"track\",\"payload\":{\"name\":\"a\"}}";
        assertThat(retry("p", visitor("192.0.2.1", ""), "", json)).isNull();
        assertThat(retry("p", visitor("192.0.2.1", "https://a.example"), "", json))
                .isNotNull()
                .extracting(Offer.Retry::windowMillis)
                .isEqualTo(100L);
        assertThat(retry("p", visitor("192.0.2.1", ""), "k", json))
                .isNotNull()
                .extracting(Offer.Retry::windowMillis)
                .isEqualTo(DAY);
    }

    @Test
    void nothingCanBeReadFromAKey() {
        assertThat(key(visitor("192.0.2.1", ""), STAMPED)).matches("[0-9a-f]{32}");
    }
}
