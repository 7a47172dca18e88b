package org.openpanelmcp.transfer.foreign;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Properties as they are stored: texts under dotted keys. Empty values vanish; texts that hold JSON are taken apart. */
final class Flat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> properties = new TreeMap<>();

    private Flat() {}

    static Map<String, String> of(JsonNode node) {
        var flat = new Flat();
        flat.add("", node);
        return flat.properties;
    }

    /** Of a text that may be JSON; empty when it is none. */
    static Map<String, String> ofText(String text) {
        try {
            return text.isEmpty() ? Map.of() : of(JSON.readTree(text));
        } catch (JacksonException noJson) {
            return Map.of();
        }
    }

    private void add(String key, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(entry -> add(joined(key, entry.getKey()), entry.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(joined(key, Integer.toString(i)), node.get(i));
            }
        } else if (node.isString()) {
            addText(key, whole(node.stringValue().strip()));
        } else if (!node.isNull() && !node.isMissingNode() && !key.isEmpty()) {
            properties.put(key, node.asString());
        }
    }

    private void addText(String key, String text) {
        boolean structured =
                (text.startsWith("{") && text.endsWith("}")) || (text.startsWith("[") && text.endsWith("]"));
        if (structured) {
            try {
                add(key, JSON.readTree(text));
                return;
            } catch (JacksonException noJson) {
                // Text in brackets that is no JSON is text.
            }
        }
        if (!text.isEmpty() && !key.isEmpty()) {
            properties.put(key, text);
        }
    }

    private static String joined(String key, String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    /** Half characters cannot be stored as UTF-8. */
    private static String whole(String text) {
        if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return text;
        }
        var whole = new StringBuilder();
        text.codePoints()
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
