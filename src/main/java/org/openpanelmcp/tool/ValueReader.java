package org.openpanelmcp.tool;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one argument as the type of its record component. */
final class ValueReader {
    private static final int LONGEST_TEXT = 4_000;

    private ValueReader() {}

    static Object read(RecordComponent component, String name, JsonNode node) throws BadValue {
        var type = component.getType();
        if (type == ProjectArgument.class) {
            return new ProjectArgument(text(name, node));
        }
        var param = InputReader.param(component);
        if (type == String.class) {
            return text(name, node);
        }
        if (type == int.class || type == Integer.class) {
            return whole(name, node, param);
        }
        if (type == boolean.class) {
            return truth(name, node);
        }
        if (type.isEnum()) {
            return constant(name, node, type);
        }
        if (type == List.class) {
            return list(component, name, node, param);
        }
        if (type == Map.class) {
            return texts(name, node);
        }
        if (type == RowName.class) {
            return new RowName(scalars(name, object(name, node)));
        }
        if (type == ObjectNode.class) {
            return object(name, node);
        }
        throw new IllegalStateException("no reader for " + component);
    }

    static Object fromDefault(RecordComponent component, String written) throws BadValue {
        var type = component.getType();
        if (type == int.class) {
            return Integer.parseInt(written);
        }
        if (type == boolean.class) {
            return Boolean.parseBoolean(written);
        }
        if (type.isEnum()) {
            return named(component.getName(), written, type);
        }
        return written;
    }

    /** What stands for an absent argument of a type that has an empty value of its own; a list may need elements. */
    static @Nullable Object empty(RecordComponent component) {
        var type = component.getType();
        if (type == List.class) {
            return InputReader.param(component).min() > 0 ? null : List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == Filters.class ? Filters.none() : null;
    }

    static String text(String name, JsonNode node) throws BadValue {
        if (!node.isString()) {
            throw new BadValue(name, name + " must be a text, not " + InputReader.shown(node) + ".");
        }
        return checked(name, node.stringValue());
    }

    /** @throws BadValue when the text, or the key of that name, is none that is ever stored */
    static String checked(String name, String text) throws BadValue {
        if (text.length() > LONGEST_TEXT) {
            throw new BadValue(
                    name, name + " has " + text.length() + " characters; at most " + LONGEST_TEXT + " are allowed.");
        }
        if (text.indexOf('\0') >= 0) {
            throw new BadValue(name, name + " holds a NUL character. Leave it out.");
        }
        return text;
    }

    private static Integer whole(String name, JsonNode node, Param param) throws BadValue {
        boolean fits = node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt();
        if (!fits || node.intValue() < param.min() || node.intValue() > param.max()) {
            throw new BadValue(
                    name,
                    name + " must be a whole number from " + param.min() + " to " + param.max() + ", not "
                            + InputReader.shown(node) + ".");
        }
        return node.intValue();
    }

    private static Boolean truth(String name, JsonNode node) throws BadValue {
        if (!node.isBoolean()) {
            throw new BadValue(name, name + " must be true or false, not " + InputReader.shown(node) + ".");
        }
        return node.booleanValue();
    }

    private static Object constant(String name, JsonNode node, Class<?> type) throws BadValue {
        if (!node.isString()) {
            throw new BadValue(
                    name,
                    name + " must be one of " + String.join(", ", names(type)) + ", not " + InputReader.shown(node)
                            + ".");
        }
        return named(name, node.stringValue(), type);
    }

    private static Object named(String name, String written, Class<?> type) throws BadValue {
        for (var constant : type.getEnumConstants()) {
            if (name((Enum<?>) constant).equals(written)) {
                return constant;
            }
        }
        var meant = Nearest.to(written, names(type)).map(near -> " Did you mean \"" + near + "\"?");
        throw new BadValue(
                name,
                name + " must be one of " + String.join(", ", names(type)) + ", not " + Quoted.of(written) + "."
                        + meant.orElse(""));
    }

    /** The constants of an enum as callers write them. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> name((Enum<?>) constant))
                .toList();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws BadValue when it is no list of an allowed length */
    static void checkList(String name, JsonNode node, Param param) throws BadValue {
        if (!node.isArray()) {
            throw new BadValue(name, name + " must be a list, such as [" + InputReader.shown(node) + "].");
        }
        int least = Math.max(param.min(), 0);
        if (node.size() < least || node.size() > param.max()) {
            throw new BadValue(
                    name,
                    name + " has " + node.size() + " elements; from " + least + " to " + param.max() + " are allowed.");
        }
    }

    private static List<Object> list(RecordComponent component, String name, JsonNode node, Param param)
            throws BadValue {
        checkList(name, node, param);
        var element = elementType(component);
        var list = new ArrayList<Object>();
        int at = 0;
        for (var child : node) {
            var place = name + "[" + at++ + "]";
            list.add(element.isEnum() ? constant(place, child, element) : text(place, child));
        }
        return List.copyOf(list);
    }

    static Class<?> elementType(RecordComponent component) {
        var type = (ParameterizedType) component.getGenericType();
        return (Class<?>) type.getActualTypeArguments()[0];
    }

    /** Whether the component is a list of objects. */
    static boolean isObjects(RecordComponent component) {
        return component.getType() == List.class && OrText.class.isAssignableFrom(elementType(component));
    }

    private static ObjectNode object(String name, JsonNode node) throws BadValue {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new BadValue(name, name + " must be an object, not " + InputReader.shown(node) + ".");
    }

    /** Null is the empty text. */
    private static Map<String, String> scalars(String name, ObjectNode node) throws BadValue {
        checkSize(name, node);
        var scalars = new LinkedHashMap<String, String>();
        for (var entry : node.properties()) {
            var place = name + "." + Quoted.shortened(entry.getKey());
            var value = entry.getValue();
            boolean scalar = value.isNull() || value.isNumber() || value.isBoolean();
            scalars.put(checked(place, entry.getKey()), scalar ? value.asString("") : text(place, value));
        }
        return scalars;
    }

    private static void checkSize(String name, JsonNode node) throws BadValue {
        if (node.size() > Filters.MOST) {
            throw new BadValue(name, name + " has " + node.size() + " keys; at most " + Filters.MOST + " are allowed.");
        }
    }

    private static Map<String, String> texts(String name, JsonNode node) throws BadValue {
        if (!node.isObject()) {
            throw new BadValue(name, name + " must be an object of texts, not " + InputReader.shown(node) + ".");
        }
        checkSize(name, node);
        var texts = new LinkedHashMap<String, String>();
        for (var entry : node.properties()) {
            var place = name + "." + Quoted.shortened(entry.getKey());
            texts.put(checked(place, entry.getKey()), text(place, entry.getValue()));
        }
        return texts;
    }
}
