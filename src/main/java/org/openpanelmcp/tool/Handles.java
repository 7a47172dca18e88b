package org.openpanelmcp.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.crypto.SecretKey;
import org.openpanelmcp.access.Signatures;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.text.Quoted;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Past questions as texts that clients keep: compressed, signed, good for one client and a day. Nothing is stored, so that
 * every process of an installation reads them. Shared between threads.
 */
final class Handles {
    /** Longer ones are not given; an answer cuts texts that are longer. */
    static final int LONGEST = 2_000;

    private static final Duration LIFE = Duration.ofHours(24);
    private static final int SIGNATURE_BYTES = 16;
    private static final int VERSION = 1;

    /** Keeps the signatures apart from those of cursors, which have the same key. */
    private static final byte[] PURPOSE = "handle".getBytes(StandardCharsets.UTF_8);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKey key;
    private final InstantSource clock;
    private final JsonMapper json = new JsonMapper();

    /** @param clock by which handles expire, which is never that of the questions */
    Handles(SecretKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Empty when the question is too long for one. */
    Optional<String> write(String clientId, PastQuestion question) {
        // Whole hours, so that the same answer twice is the same text.
        var expires = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        var payload = json.createObjectNode()
                .put("v", VERSION)
                .put("t", question.tool())
                .put("p", question.projectId())
                .put("n", question.asOf().toEpochMilli())
                .put("x", expires.getEpochSecond());
        payload.set("a", question.arguments());
        var packed = packed(payload.toString().getBytes(StandardCharsets.UTF_8));
        var handle = ENCODER.encodeToString(signature(clientId, packed)) + ENCODER.encodeToString(packed);
        return Optional.of(handle).filter(text -> text.length() <= LONGEST);
    }

    /** @throws BadValue when it was not written for this client, or is too old */
    PastQuestion read(String clientId, String handle) throws BadValue {
        var payload = json.readTree(unpacked(checked(clientId, handle)));
        var tool = payload.path("t").asString("");
        var expires = Instant.ofEpochSecond(payload.path("x").asLong(0));
        if (payload.path("v").asInt(0) != VERSION || !clock.instant().isBefore(expires)) {
            throw new BadValue(
                    "handle",
                    "This handle expired at " + expires + ". Call " + Quoted.shortened(tool)
                            + " again: its answer holds a new one.");
        }
        return new PastQuestion(
                tool,
                payload.path("p").asString(""),
                Instant.ofEpochMilli(payload.path("n").asLong(0)),
                (ObjectNode) payload.path("a"));
    }

    /** Nothing of a handle is looked at before its signature was right. */
    private byte[] checked(String clientId, String handle) throws BadValue {
        int signed = (SIGNATURE_BYTES * 4 + 2) / 3;
        if (handle.length() > signed) {
            try {
                var signature = Base64.getUrlDecoder().decode(handle.substring(0, signed));
                var packed = Base64.getUrlDecoder().decode(handle.substring(signed));
                // Decoders forgive stray bits at the end of a text; a handle has one spelling only.
                boolean spelled = handle.equals(ENCODER.encodeToString(signature) + ENCODER.encodeToString(packed));
                if (spelled && MessageDigest.isEqual(signature, signature(clientId, packed))) {
                    return packed;
                }
            } catch (IllegalArgumentException damaged) {
                throw foreign();
            }
        }
        throw foreign();
    }

    private static BadValue foreign() {
        return new BadValue(
                "handle",
                "This handle was not given to this credential, or was changed. Pass the meta.handle of an answer"
                        + " unchanged, or tool and arguments instead.");
    }

    private byte[] signature(String clientId, byte[] packed) {
        var client = clientId.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(Signatures.sign(key, PURPOSE, client, packed), SIGNATURE_BYTES);
    }

    private static byte[] packed(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed, deflater)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        var inflater = new Inflater(true);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a signed handle cannot be unpacked", impossible);
        } finally {
            inflater.end();
        }
    }
}
