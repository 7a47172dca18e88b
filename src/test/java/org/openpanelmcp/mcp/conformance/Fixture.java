package org.openpanelmcp.mcp.conformance;

import java.util.Map;
import org.openpanelmcp.mcp.InputRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Building blocks of the fixtures. */
final class Fixture {
    /** One red pixel. */
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /** A header and no sound. */
    static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    private static final JsonMapper MAPPER = new JsonMapper();

    private Fixture() {}

    static ObjectNode json(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    static ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
    }

    static ObjectNode image() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "image")
                .put("data", PNG)
                .put("mimeType", "image/png");
    }

    static ObjectNode resource(String uri, String mimeType, String text) {
        var block = JsonNodeFactory.instance.objectNode().put("type", "resource");
        block.putObject("resource").put("uri", uri).put("mimeType", mimeType).put("text", text);
        return block;
    }

    /** Asks the user for one value. */
    static InputRequest form(String message, String field, String type) {
        return elicit(message, """
                {"type": "object", "properties": {"%1$s": {"type": "%2$s"}}, "required": ["%1$s"]}
                """.formatted(field, type));
    }

    static InputRequest elicit(String message, String schema) {
        var params = JsonNodeFactory.instance.objectNode().put("message", message);
        params.set("requestedSchema", json(schema));
        return new InputRequest(InputRequest.Kind.ELICITATION, params);
    }

    static InputRequest sample(String prompt, int maxTokens) {
        var params = JsonNodeFactory.instance.objectNode().put("maxTokens", maxTokens);
        var message = params.putArray("messages").addObject().put("role", "user");
        message.set("content", text(prompt));
        return new InputRequest(InputRequest.Kind.SAMPLING, params);
    }

    static InputRequest roots() {
        return new InputRequest(InputRequest.Kind.ROOTS, JsonNodeFactory.instance.objectNode());
    }

    static boolean accepted(Map<String, ObjectNode> responses, String name, String field) {
        var response = responses.get(name);
        return response != null && response.path("content").has(field);
    }
}
