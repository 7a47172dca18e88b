package org.openpanelmcp.tool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.RangeReader;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the JSON arguments of a call into the tool's input record. Strict: no unknown names, no text for numbers. All
 * problems come in one answer.
 */
final class InputReader {
    private InputReader() {}

    /** @throws ToolProblem naming every argument that needs a change */
    static <I extends Record> I read(Class<I> type, ObjectNode arguments) {
        var problems = new ArrayList<ToolProblem.Field>();
        var record = checkedRecord(type, "", arguments, problems);
        if (!problems.isEmpty() || record == null) {
            throw ToolProblem.arguments(problems);
        }
        return type.cast(record);
    }

    /** @param place what stands before the names of its fields: nothing for the arguments themselves */
    private static @Nullable Record checkedRecord(
            Class<? extends Record> type, String place, ObjectNode arguments, List<ToolProblem.Field> problems) {
        var known = names(type);
        for (var name : arguments.propertyNames()) {
            if (!known.contains(name)) {
                problems.add(unknown(place, name, known, problems.size() < ToolProblem.MOST_NAMED));
            }
        }
        return record(type, place, arguments, problems);
    }

    /** @param named whether anybody will read it: looking for what was meant takes time */
    private static ToolProblem.Field unknown(String place, String name, Set<String> known, boolean named) {
        var shown = Quoted.shortened(name);
        var meant = named ? Nearest.to(name, known) : Optional.<String>empty();
        return new ToolProblem.Field(
                place + shown,
                "There is no argument \"" + shown + "\"."
                        + meant.map(near -> " Did you mean \"" + near + "\"?")
                                .orElse(" Allowed are " + String.join(", ", known) + "."));
    }

    /** The names of all arguments. */
    static Set<String> names(Class<? extends Record> type) {
        var names = new LinkedHashSet<String>();
        for (var component : type.getRecordComponents()) {
            if (isGroup(component)) {
                names.addAll(names(group(component)));
            } else {
                names.add(name(component));
            }
        }
        return names;
    }

    static boolean isGroup(RecordComponent component) {
        return ArgumentGroup.class.isAssignableFrom(component.getType());
    }

    static Class<? extends Record> group(RecordComponent component) {
        return component.getType().asSubclass(Record.class);
    }

    /** The name of the argument that fills a component. */
    static String name(RecordComponent component) {
        return component.getType() == ProjectArgument.class ? ProjectArgument.NAME : component.getName();
    }

    private static @Nullable Record record(
            Class<? extends Record> type, String place, ObjectNode arguments, List<ToolProblem.Field> problems) {
        var components = type.getRecordComponents();
        var values = new @Nullable Object[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], place, arguments, problems);
        }
        return problems.size() > before ? null : construct(type, components, values, problems);
    }

    private static @Nullable Object value(
            RecordComponent component, String place, ObjectNode arguments, List<ToolProblem.Field> problems) {
        if (isGroup(component)) {
            var group = record(group(component), place, arguments, problems);
            return group instanceof Dates dates ? checked(dates, problems) : group;
        }
        var name = place + name(component);
        var node = arguments.get(name(component));
        if (component.getType() == Filters.class && node != null && !node.isNull()) {
            return FilterReader.read(name, node, problems);
        }
        if (ValueReader.isObjects(component) && node != null && !node.isNull()) {
            return records(component, name, node, problems);
        }
        try {
            return node == null || node.isNull() ? absent(component, name) : ValueReader.read(component, name, node);
        } catch (BadValue bad) {
            problems.add(new ToolProblem.Field(bad.field(), bad.text()));
            return null;
        }
    }

    private static List<@Nullable Record> records(
            RecordComponent component, String name, JsonNode node, List<ToolProblem.Field> problems) {
        var records = new ArrayList<@Nullable Record>();
        try {
            ValueReader.checkList(name, node, param(component));
        } catch (BadValue bad) {
            problems.add(new ToolProblem.Field(bad.field(), bad.text()));
            return records;
        }
        var type = ValueReader.elementType(component).asSubclass(Record.class);
        var fields = names(type);
        for (var child : node) {
            var place = name + "[" + records.size() + "]";
            if (child.isString()) {
                var alone = JsonNodeFactory.instance.objectNode();
                records.add(checkedRecord(
                        type, place + ".", alone.set(fields.iterator().next(), child), problems));
            } else if (child instanceof ObjectNode object) {
                records.add(checkedRecord(type, place + ".", object, problems));
            } else {
                records.add(null);
                problems.add(new ToolProblem.Field(
                        place,
                        place + " must be a text or an object with " + String.join(", ", fields) + ", not "
                                + shown(child) + "."));
            }
        }
        return records;
    }

    private static Dates checked(Dates dates, List<ToolProblem.Field> problems) {
        checkDate("startDate", dates.startDate(), problems);
        checkDate("endDate", dates.endDate(), problems);
        return dates;
    }

    private static void checkDate(String name, @Nullable String given, List<ToolProblem.Field> problems) {
        try {
            if (given != null) {
                RangeReader.check(name, given);
            }
        } catch (BadValue bad) {
            problems.add(new ToolProblem.Field(bad.field(), bad.text()));
        }
    }

    private static @Nullable Object absent(RecordComponent component, String name) throws BadValue {
        if (component.getType() == ProjectArgument.class) {
            return new ProjectArgument(null);
        }
        var param = param(component);
        if (!param.orElse().isEmpty()) {
            return ValueReader.fromDefault(component, param.orElse());
        }
        var empty = ValueReader.empty(component);
        if (empty != null || nullable(component)) {
            return empty;
        }
        throw new BadValue(name, "The argument \"" + name + "\" is missing: " + param.value());
    }

    static Param param(RecordComponent component) {
        var param = component.getAnnotation(Param.class);
        if (param == null) {
            throw new IllegalStateException(component + " has no @Param");
        }
        return param;
    }

    static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Record construct(
            Class<? extends Record> type,
            RecordComponent[] components,
            @Nullable Object[] values,
            List<ToolProblem.Field> problems) {
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(type + " refuses its own values: " + problems, thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be constructed", impossible);
        }
    }

    static String shown(JsonNode node) {
        return Quoted.shortened(node.toString());
    }
}
