package org.openpanelmcp.mcp;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.openpanelmcp.mcp.legacy.Handshake;
import org.openpanelmcp.mcp.legacy.LogLevels;
import tools.jackson.databind.node.ObjectNode;

/** From a method to its result, in the shape of the request's revision. */
final class Dispatch<C> {
    private final Offering<C> offering;
    private final McpOptions options;
    private final Lists<C> lists;
    private final Calls<C> calls;
    private final LogLevels logLevels;

    Dispatch(Offering<C> offering, McpOptions options, Seal seal, InputRounds rounds, LogLevels logLevels) {
        this.offering = offering;
        this.options = options;
        this.lists = new Lists<>(offering, seal, options.page());
        this.calls = new Calls<>(offering, rounds);
        this.logLevels = logLevels;
    }

    /** @throws Fault for a request that cannot be answered */
    ObjectNode result(RunningCall<C> running) {
        var turn = running.turn();
        if (!offered(turn.method())) {
            throw Fault.unknownMethod(turn.method().wireName(), turn.revision());
        }
        return shaped(turn, raw(running));
    }

    /** Adds what the revision wants in every result. */
    ObjectNode shaped(Turn<C> turn, ObjectNode result) {
        return turn.revision().modern() ? modern(turn.method(), result) : result;
    }

    private ObjectNode raw(RunningCall<C> running) {
        var turn = running.turn();
        return switch (turn.method()) {
            case INITIALIZE -> initialize(turn);
            // Subscribing is accepted and never followed by a notice: that would need a stream outside of any request,
            // which is not offered; the capability is therefore not declared either.
            case PING, SUBSCRIBE, UNSUBSCRIBE -> Json.object();
            case SET_LOG_LEVEL -> setLogLevel(turn);
            case DISCOVER -> discover();
            case LISTEN -> throw new IllegalStateException("streams are not dispatched");
            case TOOLS_LIST -> lists.tools(turn);
            case TOOLS_CALL -> calls.callTool(running);
            case RESOURCES_LIST -> lists.resources(turn);
            case RESOURCES_TEMPLATES_LIST -> lists.templates(turn);
            case RESOURCES_READ -> calls.readResource(running);
            case PROMPTS_LIST -> lists.prompts(turn);
            case PROMPTS_GET -> calls.getPrompt(running);
            case COMPLETE -> calls.complete(running);
        };
    }

    private boolean offered(Method method) {
        return switch (method) {
            case INITIALIZE, PING, DISCOVER, TOOLS_LIST, TOOLS_CALL -> true;
            case SET_LOG_LEVEL -> offering.logging();
            case LISTEN -> offering.changes() != null;
            case SUBSCRIBE, UNSUBSCRIBE, RESOURCES_LIST, RESOURCES_TEMPLATES_LIST, RESOURCES_READ ->
                offering.resources().offered();
            case PROMPTS_LIST, PROMPTS_GET -> offering.prompts().offered();
            case COMPLETE -> offering.completions().offered();
        };
    }

    private ObjectNode initialize(Turn<C> turn) {
        var result = Json.object()
                .put(
                        "protocolVersion",
                        Handshake.agreed(turn.params().path("protocolVersion")).date());
        result.set("capabilities", capabilities(false));
        result.set("serverInfo", identity());
        return result.put("instructions", offering.instructions());
    }

    private ObjectNode setLogLevel(Turn<C> turn) {
        var name = Calls.text(turn.params(), "level");
        var level = LogLevel.find(name)
                .orElseThrow(
                        () -> Fault.invalidParams("'level' is '" + Fault.shortened(name) + "'; it has to be one of "
                                + Arrays.stream(LogLevel.values())
                                        .map(LogLevel::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
        logLevels.set(turn.admission().callerId(), level);
        return Json.object();
    }

    private ObjectNode discover() {
        var result = Json.object();
        Revision.dates().forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", capabilities(offering.changes() != null));
        return result.put("instructions", offering.instructions());
    }

    private ObjectNode capabilities(boolean changing) {
        var capabilities = Json.object();
        var tools = capabilities.putObject("tools");
        if (changing) {
            tools.put("listChanged", true);
        }
        if (offering.resources().offered()) {
            var resources = capabilities.putObject("resources");
            if (changing) {
                resources.put("listChanged", true).put("subscribe", true);
            }
        }
        if (offering.prompts().offered()) {
            var prompts = capabilities.putObject("prompts");
            if (changing) {
                prompts.put("listChanged", true);
            }
        }
        if (offering.completions().offered()) {
            capabilities.putObject("completions");
        }
        if (offering.logging()) {
            capabilities.putObject("logging");
        }
        return capabilities;
    }

    private ObjectNode modern(Method method, ObjectNode result) {
        if (!result.has("resultType")) {
            result.put("resultType", "complete");
        }
        result.putObject("_meta").set(MetaKey.SERVER_INFO, identity());
        switch (method) {
            case DISCOVER, TOOLS_LIST, RESOURCES_LIST, RESOURCES_TEMPLATES_LIST, PROMPTS_LIST ->
                result.put("ttlMs", options.listTime().toMillis()).put("cacheScope", "private");
            case RESOURCES_READ -> result.put("ttlMs", 0).put("cacheScope", "private");
            case INITIALIZE,
                    PING,
                    SET_LOG_LEVEL,
                    SUBSCRIBE,
                    UNSUBSCRIBE,
                    LISTEN,
                    TOOLS_CALL,
                    PROMPTS_GET,
                    COMPLETE -> {}
        }
        return result;
    }

    ObjectNode identity() {
        return Json.object()
                .put("name", offering.server().name())
                .put("title", offering.server().title())
                .put("version", offering.server().version());
    }
}
