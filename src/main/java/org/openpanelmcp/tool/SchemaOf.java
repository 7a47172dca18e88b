package org.openpanelmcp.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Filters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schema 2020-12 of a tool's input and result records: the one truth is the record. */
final class SchemaOf {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SchemaOf() {}

    /**
     * The schema of the arguments.
     *
     * @param projectRequired whether this caller must name a project
     */
    static ObjectNode input(Class<? extends Record> type, boolean projectRequired) {
        var schema = object();
        var required = NODES.arrayNode();
        addArguments(type, projectRequired, (ObjectNode) schema.get("properties"), required);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static void addArguments(
            Class<? extends Record> type, boolean projectRequired, ObjectNode properties, ArrayNode required) {
        for (var component : type.getRecordComponents()) {
            if (InputReader.isGroup(component)) {
                addArguments(InputReader.group(component), projectRequired, properties, required);
                continue;
            }
            var name = InputReader.name(component);
            boolean isProject = component.getType() == ProjectArgument.class;
            properties.set(name, isProject ? project(projectRequired) : argument(component));
            if (isProject ? projectRequired : required(component)) {
                required.add(name);
            }
        }
    }

    private static ObjectNode project(boolean required) {
        var text = required ? "Id from list_projects" : "Optional: there is one";
        return NODES.objectNode().put("type", "string").put("description", text);
    }

    private static boolean required(RecordComponent component) {
        return !InputReader.nullable(component)
                && InputReader.param(component).orElse().isEmpty()
                && ValueReader.empty(component) == null;
    }

    private static ObjectNode argument(RecordComponent component) {
        var param = InputReader.param(component);
        var type = component.getType();
        var schema = type == List.class ? listArgument(component, param) : scalarArgument(type, param);
        schema.put("description", param.value());
        return schema;
    }

    private static ObjectNode scalarArgument(Class<?> type, Param param) {
        var schema = NODES.objectNode();
        if (type == int.class || type == Integer.class) {
            schema.put("type", "integer").put("minimum", param.min()).put("maximum", param.max());
            if (!param.orElse().isEmpty()) {
                schema.put("default", Integer.parseInt(param.orElse()));
            }
            return schema;
        }
        if (type == boolean.class) {
            return schema.put("type", "boolean").put("default", Boolean.parseBoolean(param.orElse()));
        }
        if (type == Filters.class || type == RowName.class || type == ObjectNode.class) {
            return schema.put("type", "object");
        }
        if (type == Map.class) {
            schema.put("type", "object")
                    .set("additionalProperties", NODES.objectNode().put("type", "string"));
            return schema;
        }
        schema.put("type", "string");
        if (type.isEnum()) {
            schema.set("enum", texts(ValueReader.names(type)));
        }
        if (!param.orElse().isEmpty()) {
            schema.put("default", param.orElse());
        }
        return schema;
    }

    private static ObjectNode listArgument(RecordComponent component, Param param) {
        var schema = NODES.objectNode().put("type", "array");
        var element = ValueReader.elementType(component);
        var items = NODES.objectNode().put("type", "string");
        if (element.isEnum()) {
            items.set("enum", texts(ValueReader.names(element)));
        }
        schema.set("items", ValueReader.isObjects(component) ? textOr(element.asSubclass(Record.class)) : items);
        if (param.min() > 0) {
            schema.put("minItems", param.min());
        }
        if (param.max() < Integer.MAX_VALUE) {
            schema.put("maxItems", param.max());
        }
        return schema;
    }

    private static ObjectNode textOr(Class<? extends Record> type) {
        var forms = NODES.arrayNode();
        forms.addObject().put("type", "string");
        forms.add(input(type, false));
        return NODES.objectNode().set("anyOf", forms);
    }

    private static ArrayNode texts(List<String> values) {
        var array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }

    /** The schema of the answer. */
    static ObjectNode output(Class<? extends Record> type) {
        return ofRecord(type);
    }

    private static ObjectNode ofRecord(Class<?> type) {
        var schema = object();
        var properties = (ObjectNode) schema.get("properties");
        var required = NODES.arrayNode();
        for (var component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                var inner = ofRecord(component.getType());
                inner.get("properties").properties().forEach(entry -> properties.set(entry.getKey(), entry.getValue()));
                inner.get("required").forEach(required::add);
                continue;
            }
            boolean nullable = InputReader.nullable(component);
            var property = ofComponent(component);
            if (nullable && property.get("type") instanceof tools.jackson.databind.node.StringNode only) {
                property.set("type", texts(List.of(only.stringValue(), "null")));
            }
            var doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                property.put("description", doc.value());
            }
            properties.set(component.getName(), property);
            if (!(nullable && leftOutWhenNull(type, component))) {
                required.add(component.getName());
            }
        }
        schema.set("required", required);
        return schema;
    }

    private static boolean leftOutWhenNull(Class<?> type, RecordComponent component) {
        return type.isAnnotationPresent(JsonInclude.class)
                || component.getAccessor().isAnnotationPresent(JsonInclude.class);
    }

    private static ObjectNode ofComponent(RecordComponent component) {
        var chosen = component.getAnnotation(ChosenColumns.class);
        if (chosen == null) {
            var schema = ofType(component.getGenericType());
            return listsNulls(component) ? withNullItems(schema) : schema;
        }
        var row = object();
        var properties = (ObjectNode) row.get("properties");
        for (var column : chosen.value().getEnumConstants()) {
            var property = column.type() == List.class
                    ? ofTextList()
                    : column.type() == Map.class ? NODES.objectNode().put("type", "object") : ofClass(column.type());
            property.set("type", texts(List.of(property.get("type").stringValue(), "null")));
            properties.set(column.label(), property);
        }
        if (component.getType() == Map.class) {
            return row;
        }
        var schema = NODES.objectNode().put("type", "array");
        schema.set("items", row);
        return schema;
    }

    private static boolean listsNulls(RecordComponent component) {
        return component.getType() == List.class
                && component.getAnnotatedType() instanceof AnnotatedParameterizedType generic
                && generic.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode withNullItems(ObjectNode list) {
        var items = (ObjectNode) list.get("items");
        items.set("type", texts(List.of(items.get("type").stringValue(), "null")));
        return list;
    }

    private static ObjectNode ofTextList() {
        var schema = NODES.objectNode().put("type", "array");
        schema.set("items", NODES.objectNode().put("type", "string"));
        return schema;
    }

    private static ObjectNode ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                var schema = NODES.objectNode().put("type", "array");
                schema.set("items", ofType(arguments[0]));
                return schema;
            }
            var schema = NODES.objectNode().put("type", "object");
            schema.set("additionalProperties", ofType(arguments[1]));
            return schema;
        }
        return ofClass((Class<?>) type);
    }

    private static ObjectNode ofClass(Class<?> type) {
        if (type.isRecord()) {
            return ofRecord(type);
        }
        var schema = NODES.objectNode();
        if (type == OffsetDateTime.class) {
            return schema.put("type", "string").put("format", "date-time");
        }
        if (type == LocalDate.class) {
            return schema.put("type", "string").put("format", "date");
        }
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == long.class
                || type == Long.class
                || type == int.class
                || type == Integer.class
                || type == OptionalLong.class) {
            return schema.put("type", "integer");
        }
        if (type == double.class || type == Double.class || type == OptionalDouble.class) {
            return schema.put("type", "number");
        }
        if (type == Number.class) {
            schema.set("type", texts(List.of("number", "null")));
            return schema;
        }
        if (type == Object.class) {
            schema.set("type", texts(List.of("string", "integer", "null")));
            return schema;
        }
        if (type.isEnum()) {
            schema.put("type", "string").set("enum", texts(ValueReader.names(type)));
            return schema;
        }
        throw new IllegalStateException("no schema for " + type);
    }

    private static ObjectNode object() {
        var schema = NODES.objectNode().put("type", "object");
        schema.set("properties", NODES.objectNode());
        return schema;
    }
}
