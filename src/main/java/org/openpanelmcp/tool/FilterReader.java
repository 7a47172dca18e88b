package org.openpanelmcp.tool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.text.Quoted;
import tools.jackson.databind.JsonNode;

/** Reads an argument of filters; what is wrong with several of them is told at once. */
final class FilterReader {
    private FilterReader() {}

    /** @return without those that are among the problems */
    static Filters read(String name, JsonNode node, List<ToolProblem.Field> problems) {
        var filters = new ArrayList<Filter>();
        if (!node.isObject()) {
            problems.add(new ToolProblem.Field(
                    name,
                    name + " must be an object from dimension to value or values, such as {\"country\": [\"SE\","
                            + " \"NO\"]}, not " + InputReader.shown(node) + "."));
        } else if (node.size() > Filters.MOST) {
            problems.add(new ToolProblem.Field(
                    name, name + " names " + node.size() + " dimensions; at most " + Filters.MOST + " are allowed."));
        } else {
            for (var entry : node.properties()) {
                try {
                    filters.add(filter(name, entry.getKey(), entry.getValue()));
                } catch (BadValue bad) {
                    problems.add(new ToolProblem.Field(bad.field(), bad.text()));
                }
            }
        }
        return new Filters(filters);
    }

    private static Filter filter(String name, String label, JsonNode node) throws BadValue {
        var place = name + "." + Quoted.shortened(label);
        var dimension = Dimension.named(place, label);
        ValueReader.checked(place, label);
        return Filter.of(dimension, values(place, node));
    }

    private static List<@Nullable String> values(String name, JsonNode node) throws BadValue {
        var values = new ArrayList<@Nullable String>();
        if (!node.isArray()) {
            values.add(value(name, node));
            return values;
        }
        if (node.isEmpty() || node.size() > Filter.MOST_VALUES) {
            throw new BadValue(
                    name, name + " has " + node.size() + " values; from 1 to " + Filter.MOST_VALUES + " are allowed.");
        }
        for (var child : node) {
            values.add(value(name, child));
        }
        return values;
    }

    private static @Nullable String value(String name, JsonNode node) throws BadValue {
        if (node.isNull()) {
            return null;
        }
        if (node.isNumber() || node.isBoolean()) {
            return node.asString();
        }
        return ValueReader.text(name, node);
    }
}
