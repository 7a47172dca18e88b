package org.openpanelmcp.analytics.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** What people did after, before or between events of their visits. */
public final class GetUserFlow implements Tool<GetUserFlow.Input, GetUserFlow.Result> {
    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param("Name of the event that the paths begin with (before: end with); with label page also a path")
            String startEvent,

            @Param("Name of the event that the paths end with; needed for, and only for, mode between") @Nullable
            String endEvent,

            @Param(
                    value =
                            "after: what followed the first startEvent of a session; before: what led to it; between: from it"
                                    + " to the first endEvent after it",
                    orElse = "after")
            FlowQuery.Mode mode,

            @Param(value = "Most steps of a path, startEvent included", min = 2, max = 10, orElse = "5")
            int steps,

            @Param(
                    value = "event: every step is an event's name; page: page views are steps by their path",
                    orElse = "event")
            FlowQuery.Label label,

            @Param(
                    value = "How many different events or pages each step shows; the rest is \"(other)\"",
                    min = 1,
                    max = 20,
                    orElse = "5")
            int top,

            @Param(value = "Only these events (with label page also paths) are steps", max = 50)
            List<String> include,

            @Param(
                    value = "These events (with label page also paths) are no steps; not together with include",
                    max = 50)
            List<String> exclude,

            @Param("Only sessions that match, or that hold an event that matches")
            Filters filters) {}

    /** The answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            FlowQuery.Mode mode,
            String startEvent,
            @Nullable String endEvent,
            @Doc("Sessions with such a path") long sessions,
            int node_count,
            int link_count,
            List<Sankey.Node> nodes,
            List<Sankey.Link> links,
            Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_user_flow", "User flow", Input.class, Result.class)
                .what(
                        "Paths of sessions after, before or between events, as nodes and links of a Sankey diagram: how many"
                                + " sessions took which step, and where they ended.")
                .useWhen("asked what people do next, what led them somewhere, or which ways they take")
                .hint("session_start and session_end are steps too; exclude them where they say nothing.")
                .example(
                        "where visitors of the pricing page go",
                        "{\"startEvent\":\"/pricing\",\"label\":\"page\","
                                + "\"exclude\":[\"session_start\",\"session_end\"]}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        check(input);
        var scope = call.project(input.project());
        var range = call.range(scope, input.dates());
        var end = input.mode() == FlowQuery.Mode.BETWEEN
                ? Optional.ofNullable(input.endEvent())
                : Optional.<String>empty();
        var question = new FlowQuery.Question(
                range,
                input.filters(),
                input.mode(),
                input.label(),
                input.startEvent(),
                end,
                input.include(),
                input.exclude(),
                input.steps(),
                input.top());
        var diagram = Sankey.of(FlowQuery.moves(call, scope, question), input.mode() == FlowQuery.Mode.BEFORE);
        var meta = call.meta(scope, definition(input)).range(range);
        meta.warn(FilterAdvice.ofExclusionsBySession(input.filters()));
        if (diagram.sessions() == 0) {
            warnOfNothing(input, call, scope, range, meta);
        }
        return new Result(
                input.mode(),
                input.startEvent(),
                input.endEvent(),
                diagram.sessions(),
                diagram.nodes().size(),
                diagram.links().size(),
                diagram.nodes(),
                diagram.links(),
                meta.build());
    }

    private static void check(Input input) throws BadValue {
        boolean between = input.mode() == FlowQuery.Mode.BETWEEN;
        var end = input.endEvent();
        if (between && (end == null || end.isEmpty())) {
            throw new BadValue("endEvent", "endEvent is required for mode between: the event that the paths end with.");
        }
        if (!between && end != null && !end.isEmpty()) {
            throw new BadValue(
                    "endEvent",
                    "endEvent has a meaning only for mode between. Set mode to between, or leave endEvent out.");
        }
        if (input.startEvent().isEmpty()) {
            throw new BadValue("startEvent", "startEvent is empty. list_event_names gives the names.");
        }
        if (!input.include().isEmpty() && !input.exclude().isEmpty()) {
            throw new BadValue(
                    "exclude", "include already names all events that are steps. Leave exclude or include out.");
        }
    }

    private static void warnOfNothing(
            Input input, ToolCall call, ProjectScope scope, TimeRange range, ToolCall.MetaBuilder meta)
            throws QueryFailure {
        var names = new ArrayList<String>();
        names.add(input.startEvent());
        Optional.ofNullable(input.endEvent()).ifPresent(names::add);
        if (input.label() == FlowQuery.Label.PAGE) {
            names.removeIf(name -> name.startsWith("/"));
        }
        meta.warn(EventNames.warnings(call, scope, range, names));
        meta.warn(FilterAdvice.ofEmptyAnswer(call, scope, range, input.filters()));
    }

    private static String definition(Input input) {
        var part = switch (input.mode()) {
            case AFTER -> "from their first " + input.startEvent() + " on";
            case BEFORE -> "up to their first " + input.startEvent();
            case BETWEEN ->
                "from their first " + input.startEvent() + " to the first " + input.endEvent()
                        + " after it; a path that is too long keeps its first steps and its end";
        };
        return "Sessions with a " + input.startEvent() + " in the range, " + part + ". Only events in the range are"
                + " steps; the same one several times in a row is one step. value counts sessions; began and ended those"
                + " without a step before or after; beyond those with further steps, which are not shown.";
    }
}
