package org.openpanelmcp.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: either whole, or a stream of server-sent events. */
public sealed interface Response {
    Map<String, String> headers();

    /** The same answer with further headers. */
    Response with(Map<String, String> more);

    /** An answer that is known in full. */
    record Whole(int status, Map<String, String> headers, byte[] body) implements Response {
        @Override
        public Whole with(Map<String, String> more) {
            return new Whole(status, merged(headers, more), body);
        }
    }

    /** Status 200 and a {@code text/event-stream} that {@code source} writes until it returns. */
    record Events(Map<String, String> headers, EventSource source) implements Response {
        @Override
        public Events with(Map<String, String> more) {
            return new Events(merged(headers, more), source);
        }
    }

    /** Writes the events of one answer; runs on the thread of the request. */
    @FunctionalInterface
    interface EventSource {
        void writeTo(EventStream stream) throws Exception;
    }

    static Whole json(int status, byte[] body) {
        return new Whole(status, Map.of("Content-Type", "application/json"), body);
    }

    static Whole text(int status, String body) {
        return new Whole(
                status, Map.of("Content-Type", "text/plain; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    static Whole empty(int status) {
        return new Whole(status, Map.of(), new byte[0]);
    }

    static Events events(EventSource source) {
        return new Events(Map.of(), source);
    }

    private static Map<String, String> merged(Map<String, String> headers, Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        // What the answer varies by adds up.
        more.forEach((name, value) ->
                all.merge(name, value, (old, added) -> name.equals("Vary") ? old + ", " + added : added));
        return Map.copyOf(all);
    }
}
