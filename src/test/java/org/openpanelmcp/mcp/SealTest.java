package org.openpanelmcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.IntNode;

class SealTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Seal seal(Instant now, String key) {
        return new Seal(key.getBytes(StandardCharsets.UTF_8), InstantSource.fixed(now));
    }

    @Test
    void opensWhatItClosedForThePurposeAndInTime() {
        var sealed = seal(NOW, "key").close("purpose", IntNode.valueOf(5), Duration.ofMinutes(1));

        assertThat(seal(NOW.plusSeconds(60), "key").open("purpose", sealed)).contains(IntNode.valueOf(5));
        assertThat(seal(NOW.plusSeconds(61), "key").open("purpose", sealed)).isEmpty();
        assertThat(seal(NOW, "key").open("other", sealed)).isEmpty();
        assertThat(seal(NOW, "other key").open("purpose", sealed)).isEmpty();
    }

    @Test
    void refusesWhatWasChanged() {
        var seal = seal(NOW, "key");
        var sealed = seal.close("purpose", IntNode.valueOf(5), Duration.ofMinutes(1));
        var signature = sealed.substring(sealed.indexOf('.'));
        var forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"value\":6,\"until\":99999999999}".getBytes(StandardCharsets.UTF_8));

        assertThat(seal.open("purpose", forged + signature)).isEmpty();
        for (var text : new String[] {"", ".", "x.y", "%.%", sealed.substring(1), sealed + "A", "no dot"}) {
            assertThat(seal.open("purpose", text)).as(text).isEmpty();
        }
    }
}
