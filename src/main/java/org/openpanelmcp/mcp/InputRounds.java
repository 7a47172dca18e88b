package org.openpanelmcp.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.mcp.legacy.ServerRequests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a call that may ask its client something. In the newer revision the questions are the answer, and the client
 * calls again; in older ones they go out on the call's stream while it waits.
 */
final class InputRounds {
    private static final int MOST_ROUNDS = 10;
    private static final Duration STATE_LIFE = Duration.ofHours(1);

    private final Seal seal;
    private final ServerRequests serverRequests;

    InputRounds(Seal seal, ServerRequests serverRequests) {
        this.seal = seal;
        this.serverRequests = serverRequests;
    }

    /** One run of the call: its result, or what it has to know first. */
    sealed interface Step {
        record Done(ObjectNode result) implements Step {}

        record Ask(InputRequired questions) implements Step {}
    }

    ObjectNode run(RunningCall<?> running, Function<Input, Step> call) {
        var modern = running.turn().revision().modern();
        var input = modern ? given(running.turn()) : Input.NONE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            running.input(input);
            switch (call.apply(input)) {
                case Step.Done(var result) -> {
                    return result;
                }
                case Step.Ask(var questions) -> {
                    if (modern) {
                        return asked(running, questions);
                    }
                    input = new Input(ask(running, questions), questions.state());
                }
            }
        }
        throw new IllegalStateException("asked " + MOST_ROUNDS + " times without end");
    }

    private Map<String, ObjectNode> ask(RunningCall<?> running, InputRequired questions) {
        if (!running.exchange().streams()) {
            throw Fault.invalidParams("This call has to ask its client, and the request does not accept "
                    + "'text/event-stream', on which the question would go out.");
        }
        return serverRequests.ask(
                running.turn().admission().callerId(), questions.requests(), running.exchange()::tell, running);
    }

    private ObjectNode asked(RunningCall<?> running, InputRequired questions) {
        var missing = Arrays.stream(InputRequest.Kind.values())
                .filter(kind -> !running.canAsk(kind)
                        && questions.requests().values().stream().anyMatch(request -> request.kind() == kind))
                .toList();
        if (!missing.isEmpty()) {
            throw Fault.missingCapability(missing);
        }
        var result = Json.object().put("resultType", "input_required");
        var requests = result.putObject("inputRequests");
        questions
                .requests()
                .forEach((name, request) -> requests.putObject(name)
                        .put("method", request.kind().method())
                        .set("params", request.params()));
        var state = questions.state();
        if (state != null) {
            result.put("requestState", seal.close(purpose(running.turn()), state, STATE_LIFE));
        }
        return result;
    }

    private Input given(Turn<?> turn) {
        var responses = new LinkedHashMap<String, ObjectNode>();
        var given = turn.params().get("inputResponses");
        if (given != null && !given.isObject()) {
            throw Fault.invalidParams("'inputResponses' has to be an object, not " + Message.kind(given) + ".");
        }
        if (given != null) {
            given.properties().forEach(response -> {
                if (!(response.getValue() instanceof ObjectNode answer)) {
                    throw Fault.invalidParams("'inputResponses." + Fault.shortened(response.getKey())
                            + "' has to be an object, not " + Message.kind(response.getValue()) + ".");
                }
                responses.put(response.getKey(), answer);
            });
        }
        return new Input(responses, state(turn));
    }

    private @Nullable JsonNode state(Turn<?> turn) {
        var sealed = turn.params().get("requestState");
        if (sealed == null) {
            return null;
        }
        return seal.open(purpose(turn), sealed.asString(""))
                .orElseThrow(() -> Fault.invalidParams(
                        "'requestState' was changed, belongs to another call, or is too old; begin the call again."));
    }

    /** Binds the state to the caller and to the very call, arguments included. */
    private static String purpose(Turn<?> turn) {
        var arguments = turn.params().path("arguments").toString();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(arguments.getBytes(StandardCharsets.UTF_8));
            return "state " + turn.method().wireName() + " " + turn.subject() + " "
                    + turn.admission().callerId() + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
