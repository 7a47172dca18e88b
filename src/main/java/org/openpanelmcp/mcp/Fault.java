package org.openpanelmcp.mcp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A protocol fault: becomes a JSON-RPC error. What a tool's caller did wrong is no fault but a result. */
final class Fault extends RuntimeException {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int code;
    private final int status;
    private final @Nullable ObjectNode data;

    private Fault(int code, int status, String message, @Nullable ObjectNode data) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.data = data;
    }

    static Fault unreadable(String message) {
        return new Fault(-32700, 400, message, null);
    }

    static Fault invalidRequest(String message) {
        return new Fault(-32600, 400, message, null);
    }

    static Fault unknownMethod(String method, Revision revision) {
        return new Fault(
                -32601,
                revision.modern() ? 404 : 200,
                "Method not found: '" + shortened(method) + "' is not known in revision " + revision.date() + ".",
                null);
    }

    static Fault invalidParams(String message) {
        return new Fault(-32602, 200, message, null);
    }

    /** The parameters are not even an object. */
    static Fault malformedParams(String message) {
        return new Fault(-32602, 400, message, null);
    }

    /** What every request of the newer revision has to say about itself is missing. */
    static Fault missingMeta(String message) {
        return new Fault(-32602, 400, message, null);
    }

    static Fault unknownResource(String uri, String message, Revision revision) {
        return new Fault(
                revision.modern() ? -32602 : -32002,
                200,
                message,
                JSON.objectNode().put("uri", uri));
    }

    static Fault headerMismatch(String message) {
        return new Fault(-32020, 400, message, null);
    }

    static Fault missingCapability(List<InputRequest.Kind> missing) {
        var data = JSON.objectNode();
        var required = data.putObject("requiredCapabilities");
        missing.forEach(kind -> required.putObject(kind.capability()));
        return new Fault(
                -32021,
                400,
                "This call needs client capabilities that the request did not declare: "
                        + String.join(", ", required.propertyNames()) + ".",
                data);
    }

    static Fault unsupportedRevision(String requested) {
        var data = JSON.objectNode();
        Revision.dates().forEach(data.putArray("supported")::add);
        data.put("requested", shortened(requested));
        return new Fault(
                -32022,
                400,
                "Unsupported protocol version '" + shortened(requested) + "'; supported are "
                        + String.join(", ", Revision.dates()) + ".",
                data);
    }

    static Fault internal(String requestId) {
        return new Fault(
                -32603,
                200,
                "The server failed to answer. Its log has the reason under request " + requestId + ".",
                null);
    }

    static Fault ended(Ending ending) {
        return new Fault(-32000, 200, ending.sentence(), null);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    /** The whole JSON-RPC message. */
    ObjectNode answer(@Nullable JsonNode id) {
        var answer = JSON.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id == null ? NullNode.getInstance() : id);
        var error = answer.putObject("error").put("code", code).put("message", String.valueOf(getMessage()));
        if (data != null) {
            error.set("data", data);
        }
        return answer;
    }

    static String shortened(String text) {
        return text.length() <= 200
                ? text
                : String.format(Locale.ROOT, "%s… (%d characters)", text.substring(0, 100), text.length());
    }
}
