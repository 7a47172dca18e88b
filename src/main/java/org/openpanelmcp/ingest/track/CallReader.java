package org.openpanelmcp.ingest.track;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.text.Nearest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes calls of JSON. Immutable. */
final class CallReader {
    private static final List<String> TYPES =
            List.of("track", "identify", "increment", "decrement", "alias", "group", "assign_group", "replay");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,200}@[^@\\s]{1,200}\\.[^@\\s.]{1,63}");

    private final TrackReader tracks;

    /** @param longestAgo how old an event may be */
    CallReader(Duration longestAgo) {
        this.tracks = new TrackReader(longestAgo);
    }

    /**
     * Reads {@code {type, payload}}.
     *
     * @throws Problem 400 or 413 that names the field
     */
    Call read(JsonNode body, Instant now) {
        var fields = Fields.of(body, "");
        var type = fields.text("type", 40);
        if (!TYPES.contains(type)) {
            throw Refusal.payload("'type' is %s; it must be one of %s.%s"
                    .formatted(
                            Refusal.shown(type),
                            String.join(", ", TYPES),
                            Nearest.to(type, TYPES)
                                    .map(" Did you mean '%s'?"::formatted)
                                    .orElse("")));
        }
        if (type.equals("alias")) {
            throw Refusal.payload("'alias' is not supported: call identify with the profile's id instead.");
        }
        var payload = fields.object("payload");
        return switch (type) {
            case "track" -> tracks.read(payload, now);
            case "identify" -> identify(payload);
            case "increment" -> increment(payload, false);
            case "decrement" -> increment(payload, true);
            case "group" -> group(payload);
            case "assign_group" -> assignGroup(payload);
            default -> replay(payload);
        };
    }

    /** An event of the old endpoint: the payload alone. */
    Call track(ObjectNode payload, Instant now) {
        return tracks.read(Fields.of(payload, ""), now);
    }

    static Call.Identify identify(Fields payload) {
        var email = payload.optionalText("email", Limits.TRAIT).strip();
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw Refusal.payload(
                    "'%s' must be an e-mail address such as ada@example.org.".formatted(payload.where("email")));
        }
        var avatar = payload.optionalText("avatar", Limits.TRAIT * 4).strip();
        if (!avatar.isEmpty() && !isUrl(avatar)) {
            throw Refusal.payload(
                    "'%s' must be an address such as https://example.org/ada.png.".formatted(payload.where("avatar")));
        }
        var properties = payload.properties("properties");
        properties.remove(List.of("__bot", "__bot_reasons"));
        return new Call.Identify(
                payload.id("profileId"),
                payload.optionalText("firstName", Limits.TRAIT).strip(),
                payload.optionalText("lastName", Limits.TRAIT).strip(),
                email,
                avatar,
                payload.flattened("properties", properties));
    }

    private static boolean isUrl(String text) {
        try {
            return URI.create(text).getScheme() != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    static Call increment(Fields payload, boolean down) {
        var by = payload.positive("value");
        return new Call.Increment(
                payload.id("profileId"),
                payload.text("property", Limits.PROPERTY_NAME).strip(),
                down ? by.negate() : by);
    }

    private static Call group(Fields payload) {
        return new Call.Group(
                payload.text("id", Limits.ID).strip(),
                payload.text("type", Limits.ID).strip(),
                payload.text("name", Limits.TRAIT).strip(),
                payload.flattened("properties", payload.properties("properties")));
    }

    private static Call assignGroup(Fields payload) {
        var groups = payload.ids("groupIds");
        if (groups.isEmpty()) {
            throw Refusal.payload(
                    "'%s' is missing or empty; it must be an array of group ids.".formatted(payload.where("groupIds")));
        }
        return new Call.AssignGroup(payload.optionalId("profileId"), groups);
    }

    private static Call replay(Fields payload) {
        payload.whole("chunk_index", 0, 65_535);
        payload.whole("events_count", 1, Integer.MAX_VALUE);
        payload.bool("is_full_snapshot");
        for (var moment : List.of("started_at", "ended_at")) {
            try {
                Instant.parse(payload.text(moment, 40));
            } catch (DateTimeParseException noInstant) {
                throw Refusal.payload(
                        "'%s' must be a time such as 2026-01-31T12:00:00.000Z.".formatted(payload.where(moment)));
            }
        }
        payload.text("payload", Limits.REPLAY_PAYLOAD);
        payload.optionalText("sessionId", Limits.DEVICE_ID);
        return new Call.Replay();
    }
}
