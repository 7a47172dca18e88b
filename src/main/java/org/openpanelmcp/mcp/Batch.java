package org.openpanelmcp.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Several calls in one request, which revision 2025-03-26 knows. They run one after the other, under one time limit. */
final class Batch<C> {
    private final CallDesk<C> desk;
    private final List<Part<C>> parts;
    private final List<RpcAnswer> answers = new ArrayList<>();
    private boolean ended;

    Batch(CallDesk<C> desk, List<Part<C>> parts) {
        this.desk = desk;
        this.parts = List.copyOf(parts);
    }

    /** One message of a batch that wants an answer: known at once, or by a call. */
    sealed interface Part<C> {
        record Known<C>(RpcAnswer answer) implements Part<C> {}

        record Call<C>(RunningCall<C> running) implements Part<C> {}
    }

    List<RunningCall<C>> calls() {
        var calls = new ArrayList<RunningCall<C>>();
        for (var part : parts) {
            if (part instanceof Part.Call<C>(var running)) {
                calls.add(running);
            }
        }
        return calls;
    }

    RpcAnswer run() {
        for (var part : parts) {
            var answer = answer(part, desk::answer);
            synchronized (this) {
                if (ended) {
                    return array();
                }
                answers.add(answer);
            }
        }
        return array();
    }

    /** The answers so far, and for the rest why there is none. */
    synchronized RpcAnswer abandoned(Ending ending) {
        ended = true;
        for (var part : parts.subList(answers.size(), parts.size())) {
            answers.add(answer(part, running -> desk.abandoned(running, ending)));
        }
        return array();
    }

    private RpcAnswer answer(Part<C> part, Function<RunningCall<C>, RpcAnswer> calls) {
        return switch (part) {
            case Part.Known<C>(var answer) -> answer;
            case Part.Call<C>(var running) -> calls.apply(running);
        };
    }

    private synchronized RpcAnswer array() {
        var body = new ByteArrayOutputStream();
        body.write('[');
        for (var answer : answers) {
            if (body.size() > 1) {
                body.write(',');
            }
            body.writeBytes(answer.body());
        }
        body.writeBytes("]".getBytes(StandardCharsets.UTF_8));
        return new RpcAnswer(200, body.toByteArray());
    }
}
