package org.openpanelmcp.ingest.track;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an event in the columns of OpenPanel's table {@code events}. */
final class ImportedEvent {
    private static final Duration LONGEST_AGO = Duration.ofDays(3_653);
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final Set<String> SESSION_EVENTS = Set.of("session_start", "session_end");

    private final Fields row;

    private ImportedEvent(Fields row) {
        this.row = row;
    }

    /** Empty for the start or end of a session, which the server derives itself. */
    static Optional<Entry.Event> of(String projectId, JsonNode json, Instant now) {
        var row = new ImportedEvent(Fields.of(json, ""));
        var name = row.row.text("name", Limits.EVENT_NAME).strip();
        if (SESSION_EVENTS.contains(name)) {
            return Optional.empty();
        }
        EventNames.check(name);
        return Optional.of(row.event(projectId, name, now));
    }

    private Entry.Event event(String projectId, String name, Instant now) {
        var at = at(now);
        var device = text("device_id");
        var given = text("id");
        var id = EventIds.of(
                projectId,
                given.isEmpty() ? String.join("\n", "content", row.node().toString()) : given);
        return new Entry.Event(
                projectId,
                now.toEpochMilli(),
                id,
                name,
                at.toEpochMilli(),
                device.isEmpty() ? List.of() : List.of(device),
                row.optionalText("profile_id", Limits.ID),
                row.ids("groups"),
                new Entry.Page(longText("path"), longText("origin")),
                new Entry.Referrer(longText("referrer"), longText("referrer_name"), text("referrer_type")),
                new Entry.Place(country(), text("region"), text("city"), number("longitude"), number("latitude")),
                new Entry.Agent(
                        text("os"),
                        text("os_version"),
                        text("browser"),
                        text("browser_version"),
                        text("device"),
                        text("brand"),
                        text("model")),
                new Entry.Sdk(text("sdk_name"), text("sdk_version")),
                text("device").equals("server"),
                name.equals("revenue") && row.has("revenue") ? row.whole("revenue", 0, Limits.NUMBER) : 0,
                properties());
    }

    private Instant at(Instant now) {
        var stamp = row.node().get("created_at");
        var moment = stamp == null ? null : TrackReader.moment(stamp);
        if (moment == null) {
            throw Refusal.timestamp("'created_at' must be a time such as 2026-01-31 12:00:00.000 (UTC).");
        }
        if (moment.isAfter(now.plus(CLOCK_TOLERANCE)) || moment.isBefore(now.minus(LONGEST_AGO))) {
            throw Refusal.timestamp("'created_at' is %s; it must lie in the last ten years.".formatted(moment));
        }
        return moment;
    }

    private Map<String, String> properties() {
        ObjectNode properties = row.properties("properties");
        properties.remove(List.of("__ip", "__identify"));
        return row.flattened("properties", properties);
    }

    private String text(String column) {
        return row.optionalText(column, Limits.ID);
    }

    private String longText(String column) {
        return row.optionalText(column, Limits.PROPERTY_VALUE);
    }

    private String country() {
        var country = text("country");
        if (!country.isEmpty() && country.length() != 2) {
            throw Refusal.payload(
                    "'country' must be a code of two letters such as SE, not %s.".formatted(Refusal.shown(country)));
        }
        return country;
    }

    private @Nullable Float number(String column) {
        var value = row.node().get(column);
        return value != null && value.isNumber() ? (Float) (float) value.doubleValue() : null;
    }
}
