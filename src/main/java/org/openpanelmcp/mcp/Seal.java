package org.openpanelmcp.mcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands a value to a client so that it comes back unchanged: readable, but signed, bound to a purpose and of limited
 * life. Safe for several threads.
 */
final class Seal {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;

    Seal(byte[] key, InstantSource clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
    }

    /** @param purpose what the value is for and whose it is; has to be the same when it comes back */
    String close(String purpose, JsonNode value, Duration life) {
        var content = Json.object();
        content.set("value", value);
        content.put("until", clock.instant().plus(life).getEpochSecond());
        var payload = Json.bytes(content);
        return text(payload) + "." + text(signature(purpose, payload));
    }

    /** Empty when the text was not made here for this purpose, was changed, or is too old. */
    Optional<JsonNode> open(String purpose, String sealed) {
        var dot = sealed.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            var payload = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
            var signature = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, signature(purpose, payload))) {
                return Optional.empty();
            }
            var content = (ObjectNode) Json.read(payload);
            return content.path("until").longValue() < clock.instant().getEpochSecond()
                    ? Optional.empty()
                    : Optional.of(content.path("value"));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] signature(String purpose, byte[] payload) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
