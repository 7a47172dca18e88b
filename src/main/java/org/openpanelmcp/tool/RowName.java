package org.openpanelmcp.tool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What names one row of an answer: the fields that tell it from the other rows, with their values as they stand there.
 *
 * @param fields by name; null in the answer is the empty text
 */
public record RowName(Map<String, String> fields) {
    public RowName {
        fields = new LinkedHashMap<>(fields);
    }

    public static RowName of(String field, String value) {
        return new RowName(Map.of(field, value));
    }

    public static RowName of(String field, String value, String otherField, String otherValue) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(field, value);
        fields.put(otherField, otherValue);
        return new RowName(fields);
    }

    /** The value of a field; empty when it is null or left out. */
    public String value(String field) {
        return Optional.ofNullable(fields.get(field)).orElse("");
    }

    /** As a caller writes it. */
    @Override
    public String toString() {
        var row = JsonNodeFactory.instance.objectNode();
        fields.forEach((field, value) -> row.put(field, value.isEmpty() ? null : value));
        return row.toString();
    }
}
