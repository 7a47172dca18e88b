package org.openpanelmcp.ingest.enrich;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Properties as they are stored: texts under dotted keys. Empty values vanish; texts that hold JSON are taken apart, texts
 * that only look like it stay as they are.
 */
public final class Flattening {
    private static final int MAX_DEPTH = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private final Map<String, String> properties = new TreeMap<>();

    private Flattening() {}

    /** By key. */
    public static Map<String, String> of(JsonNode node) {
        var flat = new Flattening();
        flat.add("", node);
        return flat.properties;
    }

    /** Of a text that may be JSON; empty when it is none. */
    public static Map<String, String> ofText(String text) {
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
            addText(key, whole(node.stringValue()).strip());
        } else if (!node.isNull() && !node.isMissingNode() && !key.isEmpty()) {
            properties.put(key, node.isNumber() ? number(node) : node.asString());
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

    /** As JavaScript writes it where that is short: 5.0 is 5. */
    public static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asString();
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value) || Math.abs(value) >= 1e21 || (value != 0 && Math.abs(value) < 1e-6)) {
            return node.asString();
        }
        var decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        return decimal.toPlainString();
    }

    private static String joined(String key, String name) {
        return key.isEmpty() ? whole(name) : key + "." + whole(name);
    }

    /** Half characters cannot be stored as UTF-8. */
    public static String whole(String text) {
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
