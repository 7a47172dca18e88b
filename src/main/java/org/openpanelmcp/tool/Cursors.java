package org.openpanelmcp.tool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.openpanelmcp.access.Signatures;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.TimeRange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the next page of a list begins. A cursor carries the range as it was resolved for the first page and a position;
 * it is signed, and good only for the same client, tool and arguments. Shared between threads.
 */
final class Cursors {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int SIGNATURE_BYTES = 16;
    private static final List<String> NOT_PART_OF_THE_QUESTION = List.of("cursor", "limit");

    private final SecretKey key;
    private final JsonMapper json = new JsonMapper();

    Cursors(SecretKey key) {
        this.key = key;
    }

    /** What a cursor is bound to. */
    record Question(String clientId, String tool, ObjectNode arguments) {
        /** The arguments that say what is counted; which page was looked at and what it was compared with does not. */
        ObjectNode withoutPage() {
            var kept = arguments.deepCopy();
            kept.remove(List.of("cursor", "compare"));
            kept.removeIf(JsonNode::isNull);
            return kept;
        }

        /** The same for the same arguments in any order, and for null as for left out. */
        String text() {
            var kept = new TreeMap<String, JsonNode>();
            arguments.properties().forEach(argument -> {
                if (!argument.getValue().isNull() && !NOT_PART_OF_THE_QUESTION.contains(argument.getKey())) {
                    kept.put(argument.getKey(), argument.getValue());
                }
            });
            return clientId + "\n" + tool + "\n" + kept;
        }
    }

    String write(Question question, TimeRange range, List<String> position) {
        var payload = json.createObjectNode();
        payload.put("from", range.start().toEpochMilli()).put("to", range.end().toEpochMilli());
        var after = payload.putArray("after");
        position.forEach(after::add);
        var bytes = payload.toString().getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(signature(question, bytes));
    }

    /** @throws BadValue when it was not written for this very question */
    ReadCursor read(Question question, String cursor) throws BadValue {
        try {
            var parts = cursor.split("\\.", -1);
            var decoder = Base64.getUrlDecoder();
            var payload = decoder.decode(parts[0]);
            boolean ours =
                    parts.length == 2 && MessageDigest.isEqual(decoder.decode(parts[1]), signature(question, payload));
            if (ours) {
                return parsed(payload);
            }
        } catch (IllegalArgumentException | JacksonException damaged) {
            throw foreign();
        }
        throw foreign();
    }

    private ReadCursor parsed(byte[] payload) {
        var node = json.readTree(payload);
        var position = new ArrayList<String>();
        node.get("after").forEach(element -> position.add(element.stringValue()));
        return new ReadCursor(
                Instant.ofEpochMilli(node.get("from").longValue()),
                Instant.ofEpochMilli(node.get("to").longValue()),
                List.copyOf(position));
    }

    /** A cursor that was checked. */
    record ReadCursor(Instant start, Instant end, List<String> position) {}

    private static BadValue foreign() {
        return new BadValue(
                "cursor",
                "This cursor does not belong to this question. Pass a nextCursor unchanged, with the same tool and the"
                        + " same other arguments; leave cursor out to begin at the first row.");
    }

    private byte[] signature(Question question, byte[] payload) {
        var bound = question.text().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(Signatures.sign(key, bound, payload), SIGNATURE_BYTES);
    }
}
