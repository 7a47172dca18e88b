package org.openpanelmcp;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A schema that a tool publishes, read strictly: what it does not name must not be there either. */
final class PublishedSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema;

    private PublishedSchema(JsonNode schema) {
        this.schema = REGISTRY.getSchema(schema);
    }

    static PublishedSchema closed(JsonNode published) {
        var copy = published.deepCopy();
        close(copy);
        return new PublishedSchema(copy);
    }

    List<String> violations(JsonNode value) {
        return schema.validate(value).stream().map(Error::toString).toList();
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        node.values().forEach(PublishedSchema::close);
    }
}
