package org.openpanelmcp.mcp.legacy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.InputRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests from the server to a client, which revisions up to 2025-11-25 put on the stream of a running call. The
 * client answers with a request of its own; the two are matched by an id that cannot be guessed, and by the caller.
 */
public final class ServerRequests {
    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long a client, or the person before it, may take for one answer */
    public ServerRequests(Duration patience) {
        this.patience = patience;
    }

    private record Pending(String callerId, CompletableFuture<ObjectNode> answer) {}

    /**
     * Asks one question after the other and waits for each.
     *
     * @param stream where the messages go out
     * @return the answers of those that were answered; empty objects stand for refused or late ones
     */
    public Map<String, ObjectNode> ask(
            String callerId, Map<String, InputRequest> requests, Consumer<ObjectNode> stream, CallContext context) {
        var answers = new LinkedHashMap<String, ObjectNode>();
        requests.forEach((name, request) -> answers.put(name, ask(callerId, request, stream, context)));
        return answers;
    }

    /** Takes an answer. One that nobody waits for, or from another caller, is ignored. */
    public void answered(String callerId, JsonNode id, ObjectNode message) {
        var waiting = id.isString() ? pending.get(id.stringValue()) : null;
        if (waiting != null && waiting.callerId().equals(callerId)) {
            waiting.answer().complete(message.get("result") instanceof ObjectNode result ? result : nothing());
        }
    }

    private ObjectNode ask(String callerId, InputRequest request, Consumer<ObjectNode> stream, CallContext context) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        var waiting = new Pending(callerId, new CompletableFuture<>());
        pending.put(id, waiting);
        context.onCancel(() -> waiting.answer().complete(nothing()));
        try {
            var message = nothing()
                    .put("jsonrpc", "2.0")
                    .put("id", id)
                    .put("method", request.kind().method());
            message.set("params", request.params());
            stream.accept(message);
            return waiting.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return nothing();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return nothing();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an answer is never completed with a failure", impossible);
        } finally {
            pending.remove(id);
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
