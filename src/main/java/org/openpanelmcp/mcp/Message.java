package org.openpanelmcp.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One JSON-RPC message from a client. */
sealed interface Message {
    /** A request; {@code id} is a string or an integer. */
    record Call(JsonNode id, String method, ObjectNode params) implements Message {}

    record Notice(String method, ObjectNode params) implements Message {}

    /** The client's answer to a question of the server. */
    record Reply(JsonNode id, ObjectNode body) implements Message {}

    /** Something that is no message; answered with the fault. */
    record Broken(JsonNode id, Fault fault) implements Message {}

    static Message of(JsonNode node) {
        if (!(node instanceof ObjectNode body)) {
            return broken(null, Fault.invalidRequest("A JSON-RPC message is an object, not " + kind(node) + "."));
        }
        var id = body.get("id");
        if (id != null && !id.isString() && !id.isIntegralNumber()) {
            return broken(null, Fault.invalidRequest("'id' has to be a string or an integer, not " + kind(id) + "."));
        }
        var version = body.get("jsonrpc");
        if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
            return broken(id, Fault.invalidRequest("'jsonrpc' has to be \"2.0\"."));
        }
        var method = body.get("method");
        if (method == null && id != null && (body.has("result") || body.has("error"))) {
            return new Reply(id, body);
        }
        if (method == null || !method.isString()) {
            return broken(id, Fault.invalidRequest("'method' has to be a string, such as \"tools/list\"."));
        }
        var params = body.get("params");
        if (params != null && !params.isNull() && !params.isObject()) {
            return broken(id, Fault.malformedParams("'params' has to be an object, not " + kind(params) + "."));
        }
        var object = params instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        return id == null ? new Notice(method.stringValue(), object) : new Call(id, method.stringValue(), object);
    }

    private static Broken broken(@Nullable JsonNode id, Fault fault) {
        return new Broken(id == null ? JsonNodeFactory.instance.nullNode() : id, fault);
    }

    /** How a value is called in a sentence. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a fractional number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
        };
    }
}
