package org.openpanelmcp.transfer.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.ingest.enrich.Flattening;
import org.openpanelmcp.transfer.foreign.EventDraft.Equipment;
import org.openpanelmcp.transfer.foreign.EventDraft.Place;
import tools.jackson.databind.JsonNode;

/** An event as the export API gives it, with names in camel case, or with the columns' names. */
final class ExportedEvent {
    private final JsonNode json;

    ExportedEvent(JsonNode json) {
        this.json = json;
    }

    /** The text of a field; empty when it is missing or null. */
    String text(String name) {
        var value = field(json, name);
        return value.isValueNode() && !value.isNull() ? value.asString().replace("\0", "") : "";
    }

    EventDraft draft(long at) {
        var id = text("id");
        var event = new EventDraft(id.isEmpty() ? contentId() : NameUuid.orOf(id, "openpanel"), text("name"), at);
        event.sdkName = text("sdkName");
        event.sdkVersion = text("sdkVersion");
        event.deviceId = text("deviceId");
        event.profileId = text("profileId");
        event.sessionId = text("sessionId");
        event.groups = texts(field(json, "groups"));
        event.path = text("path");
        event.origin = text("origin");
        event.referrer = new Referrer(text("referrer"), text("referrerName"), text("referrerType"));
        event.revenue = whole("revenue");
        event.duration = whole("duration");
        event.properties.putAll(Flattening.of(field(json, "properties")));
        event.place = new Place(
                text("country"), text("region"), text("city"), coordinate("longitude"), coordinate("latitude"));
        event.equipment = new Equipment(
                text("device"),
                text("os"),
                text("osVersion"),
                text("browser"),
                text("browserVersion"),
                text("brand"),
                text("model"));
        return event;
    }

    /** What the event says of its person, when the export was asked for it. */
    People.@Nullable Person person(EventDraft event, Times times) {
        var profile = field(json, "profile");
        var id = profile.isObject() ? valueOf(profile, "id") : "";
        if (id.isEmpty()) {
            return null;
        }
        var created = times.read(valueOf(profile, "createdAt")).orElse(event.at);
        var seen = times.read(valueOf(profile, "lastSeenAt")).orElse(Math.max(created, event.at));
        return new People.Person(
                id,
                field(profile, "isExternal").asBoolean(!id.equals(event.deviceId)),
                valueOf(profile, "firstName"),
                valueOf(profile, "lastName"),
                valueOf(profile, "email"),
                valueOf(profile, "avatar"),
                Flattening.of(field(profile, "properties")),
                texts(field(profile, "groups")),
                created,
                seen);
    }

    private UUID contentId() {
        return NameUuid.of("openpanel", json.toString());
    }

    private static String valueOf(JsonNode object, String name) {
        var value = field(object, name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(value -> texts.add(value.asString("")));
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private long whole(String name) {
        var value = field(json, name);
        double number = value.isNumber() ? value.doubleValue() : value.asDouble(0);
        return number > 0 && number < 1e15 ? Math.round(number) : 0;
    }

    private @Nullable Float coordinate(String name) {
        var value = field(json, name);
        return value.isNumber() ? Float.valueOf(value.floatValue()) : null;
    }

    private static JsonNode field(JsonNode object, String name) {
        var value = object.path(name);
        return value.isMissingNode() ? object.path(snakeCase(name)) : value;
    }

    private static String snakeCase(String name) {
        var snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter)) {
                snake.append('_');
            }
            snake.append(letter);
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }
}
