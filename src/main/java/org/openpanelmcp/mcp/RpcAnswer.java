package org.openpanelmcp.mcp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON-RPC answer as it goes out.
 *
 * @param status of the HTTP answer, as long as no stream was begun
 */
record RpcAnswer(int status, byte[] body) {
    static RpcAnswer of(JsonNode id, ObjectNode result) {
        var answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("result", result);
        return new RpcAnswer(200, Json.bytes(answer));
    }

    static RpcAnswer of(@Nullable JsonNode id, Fault fault) {
        return new RpcAnswer(fault.status(), Json.bytes(fault.answer(id)));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
