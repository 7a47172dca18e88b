package org.openpanelmcp.ingest.track;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.openpanelmcp.http.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies, few large ones at a time: anybody may send them. Safe for several threads. */
final class JsonBody {
    /** Below this a body is small: as many as there are requests may be read at once. */
    private static final int SMALL = 65_536;

    /** So many megabytes of larger bodies are worked on at once. */
    private static final int MEGABYTES = 32;

    private static final int PATIENCE_SECONDS = 5;
    private static final String NUL = "\\u0000";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.NESTING)
                            .maxNumberLength(100)
                            .maxNameLength(Limits.PROPERTY_NAME * 4)
                            .maxStringLength(Limits.LARGE_BODY)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Semaphore megabytes = new Semaphore(MEGABYTES);

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /**
     * Reads a body and works on it.
     *
     * @param most bytes
     * @throws org.openpanelmcp.http.Problem 400 when it is no JSON, 413 when it is longer, 503 when too many large ones wait
     */
    <T> T read(Request request, int most, Function<JsonNode, T> work) throws IOException {
        return read(request, most, JsonBody::checkNul, work);
    }

    /** The same for rows of a database that fills up its columns with NUL characters; they are taken out. */
    <T> T readPadded(Request request, int most, Function<JsonNode, T> work) throws IOException {
        return read(request, most, JsonBody::withoutNul, work);
    }

    private <T> T read(Request request, int most, UnaryOperator<String> nuls, Function<JsonNode, T> work)
            throws IOException {
        long announced = announced(request);
        if (announced >= 0 && announced <= SMALL) {
            return work.apply(parse(request.body(Math.min(most, SMALL)), nuls));
        }
        // Without a length it may become as long as it may.
        long likely = announced < 0 ? Limits.BODY : Math.min(announced, most);
        int share = (int) (likely / Limits.BODY) + 1;
        if (!acquired(share)) {
            throw Refusal.unavailable("Too many large requests are being read. Send this one again in a second.");
        }
        try {
            return work.apply(parse(request.body(announced < 0 ? Math.min(most, Limits.BODY) : most), nuls));
        } finally {
            megabytes.release(share);
        }
    }

    private boolean acquired(int share) {
        try {
            return megabytes.tryAcquire(share, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long announced(Request request) {
        try {
            return request.header("Content-Length").map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    static JsonNode parse(byte[] body) {
        return parse(body, JsonBody::checkNul);
    }

    private static JsonNode parse(byte[] body, UnaryOperator<String> nuls) {
        if (body.length == 0) {
            throw Refusal.json("The request has no body; send a JSON object such as "
                    + "{\"type\":\"track\",\"payload\":{\"name\":\"sign_up\"}}.");
        }
        try {
            // Decoded here, because the parser would also take UTF-16 and some malformed UTF-8.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            var node = MAPPER.readTree(text);
            var mended = nuls.apply(text);
            return mended.equals(text) ? node : MAPPER.readTree(mended);
        } catch (CharacterCodingException notUtf8) {
            throw Refusal.json("The body is not valid UTF-8; send JSON in UTF-8.");
        } catch (StreamConstraintsException beyond) {
            throw Refusal.json(
                    "The JSON goes beyond a limit: at most %d levels of nesting, 100 digits in a number and %d characters in a name."
                            .formatted(Limits.NESTING, Limits.PROPERTY_NAME * 4));
        } catch (JacksonException malformed) {
            var place = malformed.getLocation();
            throw Refusal.json(
                    place == null
                            ? "The body is not valid JSON."
                            : "The body is not valid JSON: line %d, column %d."
                                    .formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    private static String checkNul(String text) {
        if (nul(text, 0) >= 0) {
            throw Refusal.json("The body holds the character NUL (\\u0000), which is no text; leave it out.");
        }
        return text;
    }

    private static String withoutNul(String text) {
        var mended = new StringBuilder();
        int from = 0;
        for (int at = nul(text, 0); at >= 0; at = nul(text, from)) {
            mended.append(text, from, at);
            from = at + NUL.length();
        }
        return from == 0 ? text : mended.append(text, from, text.length()).toString();
    }

    /** A NUL can only come escaped; the escape of a backslash before it would make it harmless text. */
    private static int nul(String text, int from) {
        for (int at = text.indexOf(NUL, from); at >= 0; at = text.indexOf(NUL, at + 1)) {
            int backslashes = 1;
            while (at - backslashes >= 0 && text.charAt(at - backslashes) == '\\') {
                backslashes++;
            }
            if (backslashes % 2 == 1) {
                return at;
            }
        }
        return -1;
    }
}
