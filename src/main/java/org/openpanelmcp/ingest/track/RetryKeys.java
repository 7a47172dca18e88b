package org.openpanelmcp.ingest.track;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.access.Signatures;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.ingest.Offer;
import tools.jackson.databind.JsonNode;

/** By what a repeated request is known. Keyed digests: nothing of a request can be read from them. */
final class RetryKeys {
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** The reference's rule against double clicks of a page's own. */
    static final long MOMENT = 100;

    private static final int LONGEST_KEY = 255;

    private final Key key;

    RetryKeys(Key key) {
        this.key = key;
    }

    /** The sender's own key of a request; empty when it has none. */
    static String idempotencyKey(Request request) {
        var given = request.header("Idempotency-Key").orElse("").strip();
        if (given.length() > LONGEST_KEY) {
            throw Refusal.payload("The header Idempotency-Key has %d characters, at most %d are allowed."
                    .formatted(given.length(), LONGEST_KEY));
        }
        return given;
    }

    /**
     * By the sender's id of the event or key of the request; else, for an event that says when it happened, by its body; else
     * for a moment by its body, if it is one of a page. Null: it cannot be known again.
     *
     * @param requestKey the sender's key of the request; empty when it has none
     */
    Offer.@Nullable Retry of(Sender sender, Visitor visitor, Call call, String requestKey, JsonNode body) {
        if (call instanceof Call.Track track && !track.id().isEmpty()) {
            return byId(sender.projectId(), track.id());
        }
        if (!requestKey.isEmpty()) {
            return new Offer.Retry(digest("key", sender.projectId(), requestKey), DAY);
        }
        if (call instanceof Call.Track track && track.stamped()) {
            // Who is named is the same person wherever the request comes from; who is not may share a moment with
            // another.
            boolean named =
                    !track.profileId().isEmpty() || !track.controls().deviceId().isEmpty();
            var who = named ? "" : visitor.address() + "\n" + visitor.userAgent();
            return new Offer.Retry(digest("body", sender.projectId(), who, canonical(body)), DAY);
        }
        if (visitor.address().isEmpty() || visitor.origin().isEmpty()) {
            return null;
        }
        return new Offer.Retry(
                digest("moment", sender.projectId(), visitor.address(), visitor.origin(), canonical(body)), MOMENT);
    }

    Offer.Retry byId(String projectId, String id) {
        return new Offer.Retry(digest("id", projectId, id), DAY);
    }

    private String digest(String... parts) {
        var bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return HexFormat.of().formatHex(Signatures.sign(key, bytes), 0, 16);
    }

    /** The same text whatever the order of the fields. */
    private static String canonical(JsonNode node) {
        var text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            text.append('{');
            fields.forEach((name, value) -> {
                text.append(name.length()).append(':').append(name);
                write(value, text);
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.values().forEach(value -> write(value, text.append(',')));
            text.append(']');
        } else {
            text.append(node);
        }
    }
}
