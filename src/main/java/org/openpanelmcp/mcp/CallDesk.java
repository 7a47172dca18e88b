package org.openpanelmcp.mcp;

import java.time.Duration;
import org.openpanelmcp.mcp.CallListener.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the one answer of each call, whatever happens to it, and reports it. */
final class CallDesk<C> {
    private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);

    private final Dispatch<C> dispatch;
    private final CallListener<C> listener;

    CallDesk(Dispatch<C> dispatch, CallListener<C> listener) {
        this.dispatch = dispatch;
        this.listener = listener;
    }

    /** Runs the call to its end. The answer counts only when nobody ended the call before. */
    RpcAnswer answer(RunningCall<C> running) {
        var turn = running.turn();
        try {
            var result = dispatch.result(running);
            return finished(running, RpcAnswer.of(turn.call().id(), result), outcome(result));
        } catch (Fault fault) {
            return finished(running, RpcAnswer.of(turn.call().id(), fault), Outcome.FAULT);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            var ending = running.cancellation().ending();
            if (ending.isPresent()) {
                LOG.debug("request {}: {} stopped", turn.requestId(), turn.subject(), failure);
                return abandoned(running, ending.get());
            }
            LOG.error(
                    "request {}: {} {} failed", turn.requestId(), turn.method().wireName(), turn.subject(), failure);
            return finished(running, failed(turn), Outcome.FAILED);
        }
    }

    /** The answer to a call that was ended early. */
    RpcAnswer abandoned(RunningCall<C> running, Ending ending) {
        var outcome = switch (ending) {
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case CANCELLED, CLIENT_GONE, STOPPING -> Outcome.CANCELLED;
        };
        return finished(running, ended(running.turn(), ending), outcome);
    }

    private RpcAnswer finished(RunningCall<C> running, RpcAnswer answer, Outcome outcome) {
        if (running.claim()) {
            var turn = running.turn();
            try {
                listener.finished(new CallListener.Call<>(
                        turn.caller(),
                        turn.admission().callerId(),
                        turn.requestId(),
                        turn.method().wireName(),
                        turn.subject(),
                        Duration.ofNanos(System.nanoTime() - running.startedAt()),
                        answer.body().length,
                        outcome));
            } catch (RuntimeException failure) {
                LOG.error("request {}: reporting the call failed", turn.requestId(), failure);
            }
        }
        return answer;
    }

    private RpcAnswer failed(Turn<C> turn) {
        var fault = Fault.internal(turn.requestId());
        return turn.method() == Method.TOOLS_CALL
                ? toolError(turn, "internal", String.valueOf(fault.getMessage()))
                : RpcAnswer.of(turn.call().id(), fault);
    }

    private RpcAnswer ended(Turn<C> turn, Ending ending) {
        return turn.method() == Method.TOOLS_CALL
                ? toolError(turn, ending.code(), ending.sentence())
                : RpcAnswer.of(turn.call().id(), Fault.ended(ending));
    }

    /** A model reads a tool's errors, but not those of the protocol. */
    private RpcAnswer toolError(Turn<C> turn, String code, String message) {
        var error = Json.object();
        error.putObject("error").put("code", code).put("message", message);
        var result = Calls.toolResult(ToolAnswer.of(error, true));
        return RpcAnswer.of(turn.call().id(), dispatch.shaped(turn, result));
    }

    private static Outcome outcome(ObjectNode result) {
        if (result.path("resultType").asString("").equals("input_required")) {
            return Outcome.INPUT_REQUIRED;
        }
        return result.path("isError").asBoolean(false) ? Outcome.TOOL_ERROR : Outcome.ANSWERED;
    }
}
