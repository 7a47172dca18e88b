package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** JSON as text in which equal values look alike: keys sorted, numbers without trailing zeros, a line per list entry. */
final class Canonical {
    private Canonical() {}

    static String text(JsonNode node) {
        if (node.isNumber()) {
            var number = new BigDecimal(node.asString());
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (node.isArray()) {
            var list = new StringJoiner(",\n ", "[", "]");
            node.forEach(element -> list.add(text(element)));
            return list.toString();
        }
        if (node.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            var object = new StringJoiner(", ", "{", "}");
            for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
                object.add(entry.getKey() + ": " + text(entry.getValue()));
            }
            return object.toString();
        }
        return node.toString();
    }
}
