package org.openpanelmcp.ingest.track;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads events, and takes out of their properties what is meant for the server. Immutable. */
final class TrackReader {
    /** A clock may be ahead by this; what is said then counts. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

    /** A clock may be set wrong by this; then the time of arrival counts. */
    private static final Duration CLOCK_WRONG = Duration.ofDays(1);

    private static final Pattern OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d\\d:?\\d\\d)");
    private static final Pattern SHORT_OFFSET = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");

    private static final List<String> AGENT =
            List.of("__os", "__osVersion", "__browser", "__browserVersion", "__device", "__brand", "__model");

    /** Said to the server, and no property of the event: a person's address and traits least of all. */
    private static final List<String> CONTROLS = List.of(
            "__path",
            "__referrer",
            "__timestamp",
            "__revenue",
            "__deviceId",
            "__ip",
            "__identify",
            "__bot",
            "__bot_reasons",
            "__bounce");

    private final Duration longestAgo;

    TrackReader(Duration longestAgo) {
        this.longestAgo = longestAgo;
    }

    Call.Track read(Fields payload, Instant now) {
        var name = payload.text("name", Limits.EVENT_NAME).strip();
        EventNames.check(name);
        var properties = payload.properties("properties");
        var fields = Fields.of(properties, payload.where("properties"));
        var identify = identify(fields);
        var controls = controls(fields, name);
        var stamp = properties.get("__timestamp");
        boolean stamped = stamp != null && !stamp.isNull();
        long at = stamped ? at(fields.where("__timestamp"), stamp, now) : now.toEpochMilli();
        var said = payload.optionalId("profileId");
        return new Call.Track(
                payload.optionalId("id"),
                name,
                said.isEmpty() && identify != null ? identify.profileId() : said,
                payload.ids("groups"),
                at,
                stamped,
                controls,
                stripped(payload, properties),
                identify != null && identify.saysMore() ? identify : null);
    }

    private static Map<String, String> stripped(Fields payload, ObjectNode properties) {
        properties.remove(CONTROLS);
        var flat = new HashMap<>(payload.flattened("properties", properties));
        // A key may come flattened already.
        flat.keySet()
                .removeIf(key ->
                        key.startsWith("__identify.") || key.startsWith("__ip.") || key.startsWith("__deviceId."));
        return flat;
    }

    private static Call.@Nullable Identify identify(Fields properties) {
        if (!properties.has("__identify")) {
            return null;
        }
        return CallReader.identify(properties.object("__identify"));
    }

    private static Call.Controls controls(Fields properties, String name) {
        var agent = new HashMap<String, String>();
        for (var key : AGENT) {
            text(properties, key, "").ifPresent(value -> agent.put(key, value));
        }
        boolean claimsRevenue = properties.has("__revenue");
        var device = text(properties, "__deviceId", "").orElse("");
        return new Call.Controls(
                text(properties, "__path", "path").orElse(""),
                text(properties, "__referrer", "referrer").orElse(""),
                claimsRevenue && name.equals("revenue") ? properties.whole("__revenue", 0, Limits.NUMBER) : 0,
                claimsRevenue,
                device.length() > Limits.DEVICE_ID ? "" : device,
                text(properties, "__ip", "").orElse(""),
                Map.copyOf(agent));
    }

    /** What is no text is not meant. */
    private static Optional<String> text(Fields properties, String key, String alias) {
        for (var name : alias.isEmpty() ? List.of(key) : List.of(key, alias)) {
            var value = properties.node().get(name);
            if (value != null && value.isString() && !value.stringValue().isBlank()) {
                return Optional.of(
                        properties.optionalText(name, Limits.PROPERTY_VALUE).strip());
            }
        }
        return Optional.empty();
    }

    private long at(String field, JsonNode stamp, Instant now) {
        var moment = moment(stamp);
        if (moment == null) {
            throw Refusal.timestamp("'%s' is %s; it must be a time such as 2026-01-31T12:00:00.000Z."
                    .formatted(field, Refusal.shown(stamp.toString())));
        }
        if (moment.isAfter(now.plus(CLOCK_WRONG))) {
            throw Refusal.timestamp(
                    "'%s' is %s, which is yet to come. Check the clock, or leave it out: the time of arrival counts then."
                            .formatted(field, moment));
        }
        if (moment.isBefore(now.minus(longestAgo))) {
            throw Refusal.timestamp(
                    "'%s' is %s, longer ago than the %d days that are taken (--max-event-age). Load older events with the command 'import'."
                            .formatted(field, moment, longestAgo.toDays()));
        }
        return moment.isAfter(now.plus(CLOCK_TOLERANCE)) ? now.toEpochMilli() : moment.toEpochMilli();
    }

    /** Null for what is no time. Without an offset it is UTC. */
    static @Nullable Instant moment(JsonNode stamp) {
        try {
            if (stamp.isIntegralNumber() && stamp.canConvertToLong()) {
                return Instant.ofEpochMilli(stamp.longValue());
            }
            if (!stamp.isString()) {
                return null;
            }
            var text = stamp.stringValue().strip().replace(' ', 'T');
            boolean hasOffset = OFFSET.matcher(text).matches();
            return hasOffset
                    ? OffsetDateTime.parse(SHORT_OFFSET.matcher(text).replaceFirst("$1:$2"))
                            .toInstant()
                    : LocalDateTime.parse(text.contains("T") ? text : text + "T00:00")
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | ArithmeticException none) {
            return null;
        }
    }
}
