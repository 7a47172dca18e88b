package org.openpanelmcp.mcp;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openpanelmcp.http.EventStream;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.http.Response;
import org.openpanelmcp.mcp.ListChanges.Change;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The streams of {@code subscriptions/listen}: tell a client that something it may have kept has changed. */
final class Subscriptions {
    /** A client that reads slower than this misses changes, as if it had not listened. */
    private static final int MOST_WAITING = 100;

    private static final int MOST_RESOURCES = 100;

    private final ListChanges changes;
    private final McpOptions options;
    private final Supplier<ObjectNode> identity;
    private final Map<LinkedBlockingQueue<Event>, String> open = new ConcurrentHashMap<>();

    Subscriptions(ListChanges changes, McpOptions options, Supplier<ObjectNode> identity) {
        this.changes = changes;
        this.options = options;
        this.identity = identity;
    }

    private sealed interface Event {
        record Changed(Change change) implements Event {}

        record Closed() implements Event {}
    }

    private record Filter(boolean tools, boolean prompts, boolean resources, Set<String> uris) {
        boolean wants(Change change) {
            return switch (change) {
                case Change.Tools() -> tools;
                case Change.Prompts() -> prompts;
                case Change.Resources() -> resources;
                case Change.Resource(var uri) -> uris.contains(uri);
            };
        }
    }

    Response listen(Turn<?> turn, Accepted accepted) {
        if (!accepted.streams()) {
            throw new Problem(406, "not_acceptable", "Listening needs 'Accept: text/event-stream'.");
        }
        var filter = filter(turn);
        return Response.events(stream -> {
            var events = new LinkedBlockingQueue<Event>(MOST_WAITING);
            open.put(events, turn.admission().callerId());
            Consumer<Change> listener = change -> {
                if (filter.wants(change)) {
                    events.offer(new Event.Changed(change));
                }
            };
            changes.add(listener);
            try {
                stream(turn.call().id(), filter, events, stream);
            } finally {
                changes.remove(listener);
                open.remove(events);
            }
        });
    }

    /** @throws Problem 429 when there are as many streams as may be */
    void checkPlace(String callerId) {
        var own = open.values().stream().filter(callerId::equals).count();
        if (open.size() >= options.listeners() || own >= options.listenersPerCaller()) {
            throw new Problem(
                    429,
                    "too_many_streams",
                    "There are too many listening streams; close one, or ask the lists again instead.",
                    Map.of("Retry-After", "60"));
        }
    }

    void stopAll() {
        open.keySet().forEach(events -> {
            events.clear();
            events.add(new Event.Closed());
        });
    }

    private void stream(JsonNode id, Filter filter, LinkedBlockingQueue<Event> events, EventStream stream)
            throws IOException, InterruptedException {
        stream.send(acknowledged(id, filter));
        var end = System.nanoTime() + options.listenTime().toNanos();
        while (System.nanoTime() < end) {
            var event = events.poll(options.keepAlive().toNanos(), TimeUnit.NANOSECONDS);
            switch (event) {
                case null -> stream.comment("listening");
                case Event.Changed(var change) -> stream.send(notice(id, change));
                case Event.Closed() -> end = System.nanoTime();
            }
        }
        var result = Json.object().put("resultType", "complete");
        var meta = result.putObject("_meta");
        meta.set(MetaKey.SUBSCRIPTION_ID, id);
        meta.set(MetaKey.SERVER_INFO, identity.get());
        stream.send(RpcAnswer.of(id, result).text());
    }

    private static Filter filter(Turn<?> turn) {
        if (!(turn.params().get("notifications") instanceof ObjectNode wanted)) {
            throw Fault.invalidParams("'notifications' has to be an object that says what to listen to.");
        }
        var uris = new HashSet<String>();
        for (var uri : wanted.path("resourceSubscriptions")) {
            uris.add(uri.asString(""));
            if (uris.size() > MOST_RESOURCES) {
                throw Fault.invalidParams("'resourceSubscriptions' may hold " + MOST_RESOURCES + " resources at most.");
            }
        }
        return new Filter(
                wanted.path("toolsListChanged").asBoolean(false),
                wanted.path("promptsListChanged").asBoolean(false),
                wanted.path("resourcesListChanged").asBoolean(false),
                uris);
    }

    private static String acknowledged(JsonNode id, Filter filter) {
        var params = Json.object();
        var honoured = params.putObject("notifications");
        if (filter.tools()) {
            honoured.put("toolsListChanged", true);
        }
        if (filter.prompts()) {
            honoured.put("promptsListChanged", true);
        }
        if (filter.resources()) {
            honoured.put("resourcesListChanged", true);
        }
        if (!filter.uris().isEmpty()) {
            filter.uris().forEach(honoured.putArray("resourceSubscriptions")::add);
        }
        return message(id, "notifications/subscriptions/acknowledged", params);
    }

    private static String notice(JsonNode id, Change change) {
        return switch (change) {
            case Change.Tools() -> message(id, "notifications/tools/list_changed", Json.object());
            case Change.Prompts() -> message(id, "notifications/prompts/list_changed", Json.object());
            case Change.Resources() -> message(id, "notifications/resources/list_changed", Json.object());
            case Change.Resource(var uri) ->
                message(id, "notifications/resources/updated", Json.object().put("uri", uri));
        };
    }

    private static String message(JsonNode id, String method, ObjectNode params) {
        params.putObject("_meta").set(MetaKey.SUBSCRIPTION_ID, id);
        return RunningCall.notification(method, params).toString();
    }
}
