package org.openpanelmcp.ingest.track;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.ingest.enrich.Flattening;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a JSON object; what does not fit is refused by its name. */
final class Fields {
    private final ObjectNode node;
    private final String path;

    private Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** @param path where the object stands, such as {@code payload}; empty for the body itself */
    static Fields of(@Nullable JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            return new Fields(object, path);
        }
        var what = path.isEmpty() ? "The body" : "'" + path + "'";
        throw Refusal.payload(
                value == null || value.isNull()
                        ? what + " is missing; it must be an object."
                        : "%s must be an object, not %s.".formatted(what, kind(value)));
    }

    Fields object(String name) {
        return of(node.get(name), where(name));
    }

    ObjectNode node() {
        return node;
    }

    boolean has(String name) {
        var value = node.get(name);
        return value != null && !value.isNull();
    }

    /** A text that must be there and not be empty. */
    String text(String name, int longest) {
        if (!has(name)) {
            throw Refusal.payload("'%s' is missing; it must be a text.".formatted(where(name)));
        }
        var text = optionalText(name, longest);
        if (text.isBlank()) {
            throw Refusal.payload(
                    "'%s' is empty; it must be a text of 1 to %d characters.".formatted(where(name), longest));
        }
        return text;
    }

    /** Empty when absent. */
    String optionalText(String name, int longest) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw Refusal.payload("'%s' must be a text, not %s.".formatted(where(name), kind(value)));
        }
        return checked(name, value.stringValue(), longest);
    }

    /** A text, or a number that becomes one; empty when absent. */
    String optionalId(String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        var id = value.isNumber()
                ? Flattening.number(value)
                : optionalText(name, Limits.ID).strip();
        if (id.isEmpty()) {
            throw Refusal.payload("'%s' is empty; leave it out, or give an id.".formatted(where(name)));
        }
        return id;
    }

    String id(String name) {
        if (!has(name)) {
            throw Refusal.payload("'%s' is missing; it must be a text or a number.".formatted(where(name)));
        }
        return optionalId(name);
    }

    /** Texts that are not empty; none when absent. */
    List<String> ids(String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > Limits.GROUPS) {
            throw Refusal.payload("'%s' must be an array of at most %d ids, not %s."
                    .formatted(where(name), Limits.GROUPS, value.isArray() ? value.size() + " of them" : kind(value)));
        }
        var ids = new ArrayList<String>();
        for (var item : value.values()) {
            if (!item.isString() || item.stringValue().isBlank()) {
                throw Refusal.payload("'%s' must hold texts that are not empty.".formatted(where(name)));
            }
            var id = checked(name, item.stringValue().strip(), Limits.ID);
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** A positive number; one when absent. */
    BigDecimal positive(String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            return BigDecimal.ONE;
        }
        var number = value.isNumber() ? value.decimalValueOpt() : Optional.<BigDecimal>empty();
        if (number.isEmpty() || number.get().signum() <= 0 || beyond(number.get())) {
            throw Refusal.payload("'%s' must be a positive number of at most %d, not %s."
                    .formatted(where(name), Limits.NUMBER, value.isNumber() ? value.asString() : kind(value)));
        }
        return number.get();
    }

    /** A whole number that must be there. */
    long whole(String name, long least, long most) {
        var value = node.get(name);
        var number = value == null ? Optional.<Long>empty() : wholeOf(value);
        if (number.isEmpty() || number.get() < least || number.get() > most) {
            throw Refusal.payload("'%s' must be a whole number from %d to %d%s."
                    .formatted(where(name), least, most, value == null ? ", and is missing" : ""));
        }
        return number.get();
    }

    /** The whole number that a value is; 5.0 is one, as JSON knows but one kind of number. */
    static Optional<Long> wholeOf(JsonNode value) {
        if (!value.isNumber()) {
            return Optional.empty();
        }
        return value.decimalValueOpt()
                .filter(number -> !beyond(number))
                .filter(number ->
                        number.signum() == 0 || number.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::longValue);
    }

    private static boolean beyond(BigDecimal number) {
        // Compared by the length first: 1e999999999 written out would fill the memory.
        return number.precision() - (long) number.scale() > 20
                || number.scale() > 100
                || number.abs().compareTo(BigDecimal.valueOf(Limits.NUMBER)) > 0;
    }

    void bool(String name) {
        var value = node.get(name);
        if (value == null || !value.isBoolean()) {
            throw Refusal.payload("'%s' must be true or false.".formatted(where(name)));
        }
    }

    /** The object under the name as it came; an empty one when absent. */
    ObjectNode properties(String name) {
        return has(name) ? object(name).node().deepCopy() : JsonBody.object();
    }

    /** Properties as they are stored, within the limits. */
    Map<String, String> flattened(String name, ObjectNode properties) {
        var flat = Flattening.of(properties);
        if (flat.size() > Limits.PROPERTIES) {
            throw tooLarge("'%s' holds %d values, at most %d are taken."
                    .formatted(where(name), flat.size(), Limits.PROPERTIES));
        }
        long all = 0;
        for (var entry : flat.entrySet()) {
            int key = entry.getKey().length();
            int value = entry.getValue().length();
            if (key > Limits.PROPERTY_NAME || value > Limits.PROPERTY_VALUE) {
                throw tooLarge(
                        "'%s': the property %s is too long: a name may have %d characters, a value %d; it has %d and %d."
                                .formatted(
                                        where(name),
                                        Refusal.shown(entry.getKey()),
                                        Limits.PROPERTY_NAME,
                                        Limits.PROPERTY_VALUE,
                                        key,
                                        value));
            }
            all += key + (long) value;
        }
        if (all > Limits.ALL_PROPERTIES) {
            throw tooLarge("'%s' holds %d characters, at most %d are taken."
                    .formatted(where(name), all, Limits.ALL_PROPERTIES));
        }
        return flat;
    }

    private static Problem tooLarge(String message) {
        return Refusal.tooLarge(message + " Send less.");
    }

    private String checked(String name, String text, int longest) {
        if (text.length() > longest) {
            throw Refusal.payload(
                    "'%s' has %d characters, at most %d are allowed.".formatted(where(name), text.length(), longest));
        }
        if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
                && text.codePoints()
                        .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw Refusal.payload("'%s' holds half a character (an unpaired surrogate).".formatted(where(name)));
        }
        return text;
    }

    String where(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String kind(JsonNode value) {
        if (value.isArray()) {
            return "an array";
        }
        if (value.isObject()) {
            return "an object";
        }
        return value.isString()
                ? "a text"
                : value.isNumber() ? "a number" : value.isBoolean() ? "true or false" : "null";
    }
}
