package org.openpanelmcp.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.ObjectNode;

/** Tools that answer, fail, wait, report progress, and ask. */
final class TestTools implements ToolSource<String> {
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    final Semaphore entered = new Semaphore(0);
    final Semaphore stopped = new Semaphore(0);

    @Override
    public List<ToolDefinition> list(String caller) {
        return List.of(tool("echo"), tool("fail"), tool("wait"), tool("progress"), tool("ask"));
    }

    @Override
    public ToolAnswer call(String caller, String tool, ObjectNode arguments, CallContext context) {
        return switch (tool) {
            case "echo" -> {
                var answer = Json.object().put("caller", caller);
                answer.set("arguments", arguments);
                yield ToolAnswer.of(answer, false);
            }
            case "refuse" -> ToolAnswer.of(Json.object().put("error", "no"), true);
            case "fail" -> throw new IllegalStateException("select secret from inside");
            case "wait" -> await(context);
            case "progress" -> {
                context.progress(1, 2.0, "half");
                context.progress(1, 2.0, "again");
                context.progress(2, null, null);
                yield ToolAnswer.of(Json.object().put("done", true), false);
            }
            case "ask" -> ask(context);
            default -> throw new UnknownTool("There is no tool '" + tool + "'; did you mean 'echo'?");
        };
    }

    private ToolAnswer await(CallContext context) {
        var cancelled = new CompletableFuture<Void>();
        context.onCancel(() -> cancelled.complete(null));
        entered.release();
        CompletableFuture.anyOf(cancelled, released).join();
        if (context.cancelled()) {
            stopped.release();
            throw new IllegalStateException("stopped");
        }
        return ToolAnswer.of(Json.object().put("released", true), false);
    }

    void release() {
        released.complete(null);
    }

    private static ToolAnswer ask(CallContext context) {
        var answer = context.input().responses().get("name");
        if (answer == null) {
            var params = Json.object().put("message", "Your name?");
            params.set("requestedSchema", Json.object().put("type", "object"));
            return new InputRequired(
                    Map.of("name", new InputRequest(InputRequest.Kind.ELICITATION, params)),
                    Json.object().put("step", 1));
        }
        var result = Json.object();
        result.set("answer", answer);
        var state = context.input().state();
        if (state != null) {
            result.set("state", state);
        }
        return ToolAnswer.of(result, false);
    }

    private static ToolDefinition tool(String name) {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("region").put("type", "string").put("x-mcp-header", "Region");
        return new ToolDefinition(name, name, "A tool.", schema, null, ToolDefinition.Annotations.READ_ONLY);
    }
}
