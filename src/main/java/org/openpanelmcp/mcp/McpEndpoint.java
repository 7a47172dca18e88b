package org.openpanelmcp.mcp;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.http.Endpoint;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Request;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.mcp.Gate.Admission;
import org.openpanelmcp.mcp.legacy.LogLevels;
import org.openpanelmcp.mcp.legacy.ServerRequests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The protocol endpoint for {@code POST}: all revisions on one path, without sessions. Each request is admitted by the
 * gate before anything of it is read.
 *
 * @param <C> what the product knows about a caller
 */
public final class McpEndpoint<C> implements Endpoint, AutoCloseable {
    /** How long a question to a client of an older revision may stay open. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    private final Gate<C> gate;
    private final Offering<C> offering;
    private final McpOptions options;
    private final CallRunner runner;
    private final CallDesk<C> desk;
    private final LogLevels logLevels = new LogLevels();
    private final ServerRequests serverRequests = new ServerRequests(ANSWER_TIME);
    private final RunningCalls running = new RunningCalls();
    private final @Nullable Subscriptions subscriptions;

    public McpEndpoint(Offering<C> offering, Gate<C> gate, McpOptions options, CallListener<C> listener) {
        this.gate = gate;
        this.offering = offering;
        this.options = options;
        this.runner = new CallRunner(options);
        var seal = new Seal(options.key(), InstantSource.system());
        var dispatch = new Dispatch<>(offering, options, seal, new InputRounds(seal, serverRequests), logLevels);
        this.desk = new CallDesk<>(dispatch, listener);
        this.subscriptions =
                offering.changes() == null ? null : new Subscriptions(offering.changes(), options, dispatch::identity);
    }

    @Override
    public Response answer(Request request) throws IOException {
        var admission = gate.admit(request);
        try {
            return admitted(request, admission).with(admission.headers());
        } catch (Problem problem) {
            var headers = new LinkedHashMap<>(admission.headers());
            headers.putAll(problem.headers());
            throw new Problem(problem.status(), problem.code(), problem.text(), headers);
        }
    }

    /** Ends all calls and streams; to be called before the HTTP server stops. */
    @Override
    public void close() {
        running.stopAll();
        if (subscriptions != null) {
            subscriptions.stopAll();
        }
    }

    private Response admitted(Request request, Admission<C> admission) throws IOException {
        var accepted = Accepted.of(request);
        checkContentType(request);
        var body = request.body(options.bodyBytes());
        JsonNode id = null;
        try {
            var json = Json.read(body);
            if (json instanceof ArrayNode messages) {
                return batch(request, admission, accepted, messages);
            }
            switch (Message.of(json)) {
                case Message.Call call -> {
                    id = call.id();
                    return call(request, admission, accepted, call);
                }
                case Message.Broken(var brokenId, var fault) -> {
                    id = brokenId;
                    throw fault;
                }
                case Message.Notice notice -> {
                    HeaderRules.named(request);
                    noticed(admission, notice);
                }
                case Message.Reply(var replyId, var reply) -> {
                    HeaderRules.named(request);
                    serverRequests.answered(admission.callerId(), replyId, reply);
                }
            }
            return Response.empty(202);
        } catch (Fault fault) {
            var answer = RpcAnswer.of(id, fault);
            return Response.json(answer.status(), answer.body());
        }
    }

    private static void checkContentType(Request request) {
        var type = request.header("Content-Type").orElse("");
        var semicolon = type.indexOf(';');
        if (!(semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("application/json")) {
            throw new Problem(
                    415, "unsupported_media_type", "The body has to be JSON: send 'Content-Type: application/json'.");
        }
    }

    private void noticed(Admission<C> admission, Message.Notice notice) {
        var id = notice.params().get("requestId");
        if (notice.method().equals("notifications/cancelled") && id != null) {
            running.cancel(admission.callerId(), id);
        }
    }

    private Response call(Request request, Admission<C> admission, Accepted accepted, Message.Call call) {
        var revision = HeaderRules.of(request, call.params());
        var turn = turn(request, admission, revision, call);
        if (revision.modern()) {
            HeaderRules.check(request, call, turn.method().subject());
            checkArguments(request, turn);
        }
        if (turn.method() == Method.LISTEN && subscriptions != null) {
            subscriptions.checkPlace(admission.callerId());
            return subscriptions.listen(turn, accepted);
        }
        var exchange = new Exchange(accepted.streams());
        var runningCall = new RunningCall<>(turn, exchange, exchange.cancellation(), threshold(turn));
        if (!turn.method().slow()) {
            return immediate(desk.answer(runningCall), accepted);
        }
        exchange.cancellation()
                .onCancel(() -> exchange.done(desk.abandoned(
                        runningCall, exchange.cancellation().ending().orElseThrow())));
        return tracked(exchange, accepted, List.of(runningCall), () -> desk.answer(runningCall));
    }

    private Response tracked(
            Exchange exchange, Accepted accepted, List<RunningCall<C>> calls, Supplier<RpcAnswer> work) {
        calls.forEach(running::add);
        try {
            return runner.run(exchange, accepted, () -> {
                try {
                    return work.get();
                } finally {
                    calls.forEach(running::remove);
                }
            });
        } catch (Problem refused) {
            calls.forEach(running::remove);
            throw refused;
        }
    }

    private static Response immediate(RpcAnswer answer, Accepted accepted) {
        return accepted.json()
                ? Response.json(answer.status(), answer.body())
                : Response.events(stream -> stream.send(answer.text()));
    }

    private Turn<C> turn(Request request, Admission<C> admission, Revision revision, Message.Call call) {
        var method =
                Method.find(call.method(), revision).orElseThrow(() -> Fault.unknownMethod(call.method(), revision));
        return new Turn<>(admission, request.id(), revision, method, call);
    }

    private void checkArguments(Request request, Turn<C> turn) {
        if (turn.method() == Method.TOOLS_CALL) {
            offering.tools()
                    .find(turn.caller(), turn.params().path("name").asString(""))
                    .ifPresent(tool -> HeaderRules.checkArguments(
                            request, tool, turn.params().path("arguments")));
        }
    }

    private @Nullable LogLevel threshold(Turn<C> turn) {
        if (!offering.logging()) {
            return null;
        }
        return turn.revision().modern()
                ? LogLevel.find(turn.meta().path(MetaKey.LOG_LEVEL).asString(""))
                        .orElse(null)
                : logLevels.of(turn.admission().callerId());
    }

    private Response batch(Request request, Admission<C> admission, Accepted accepted, ArrayNode messages) {
        var revision = HeaderRules.named(request).orElse(Revision.V2025_03_26);
        if (revision != Revision.V2025_03_26) {
            throw Fault.invalidRequest("Revision " + revision.date()
                    + " has no batches; send the messages one by one. Only 2025-03-26 has them.");
        }
        if (messages.isEmpty() || messages.size() > options.batch()) {
            throw Fault.invalidRequest(
                    "A batch holds 1 to " + options.batch() + " messages, not " + messages.size() + ".");
        }
        var exchange = new Exchange(accepted.streams());
        var parts = new ArrayList<Batch.Part<C>>();
        for (var message : messages) {
            part(request, admission, exchange, message).ifPresent(parts::add);
        }
        if (parts.isEmpty()) {
            return Response.empty(202);
        }
        var batch = new Batch<>(desk, parts);
        exchange.cancellation()
                .onCancel(() -> exchange.done(
                        batch.abandoned(exchange.cancellation().ending().orElseThrow())));
        // After the action above: the batch has its answer before a call that stops could add another one.
        batch.calls()
                .forEach(call -> exchange.cancellation()
                        .onCancel(() -> call.cancellation()
                                .cancel(exchange.cancellation().ending().orElseThrow())));
        return tracked(exchange, accepted, batch.calls(), batch::run);
    }

    private Optional<Batch.Part<C>> part(Request request, Admission<C> admission, Exchange exchange, JsonNode message) {
        switch (Message.of(message)) {
            case Message.Broken(var id, var fault) -> {
                return Optional.of(new Batch.Part.Known<>(RpcAnswer.of(id, fault)));
            }
            case Message.Call call -> {
                return Optional.of(callPart(request, admission, exchange, call));
            }
            case Message.Notice notice -> noticed(admission, notice);
            case Message.Reply(var id, var reply) -> serverRequests.answered(admission.callerId(), id, reply);
        }
        return Optional.empty();
    }

    private Batch.Part<C> callPart(Request request, Admission<C> admission, Exchange exchange, Message.Call call) {
        try {
            var turn = turn(request, admission, Revision.V2025_03_26, call);
            if (turn.method() == Method.INITIALIZE) {
                throw Fault.invalidRequest("'initialize' may not be part of a batch.");
            }
            var runningCall = new RunningCall<>(turn, exchange, new Cancellation(), threshold(turn));
            return new Batch.Part.Call<>(runningCall);
        } catch (Fault fault) {
            return new Batch.Part.Known<>(RpcAnswer.of(call.id(), fault));
        }
    }
}
