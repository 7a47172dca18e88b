package org.openpanelmcp.analytics.people;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.ToolCall;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer that is looked into.
 *
 * @param field the argument that names it
 * @param arguments of the tool, with the project
 * @param call with the clock of that answer
 * @param page of the list of people; its range is the clock of the answer and where unfinished ranges were cut, so that
 *     all pages look into the same answer
 */
record AskedAnswer(String field, String tool, ObjectNode arguments, ToolCall call, ToolCall.Page page) {
    private static final Dates NO_DATES = new Dates(null, null);

    static AskedAnswer of(ListPeople.Input input, ToolCall call) throws BadValue, QueryFailure {
        var handle = input.handle();
        var tool = input.tool();
        if ((handle == null) == (tool == null)) {
            throw new BadValue(
                    "handle",
                    "Pass either handle (meta.handle of an answer), or tool and arguments"
                            + (handle == null ? "." : ", not both."));
        }
        if (tool != null) {
            return ofArguments(input, tool, call);
        }
        if (input.arguments() != null) {
            throw new BadValue("arguments", "A handle holds the arguments of its answer already: leave arguments out.");
        }
        return ofHandle(input, String.valueOf(handle), call);
    }

    private static AskedAnswer ofHandle(ListPeople.Input input, String handle, ToolCall call)
            throws BadValue, QueryFailure {
        var past = call.open(handle);
        var scope = call.project(new ProjectArgument(past.projectId()));
        if (named(input.project()) && !call.project(input.project()).equals(scope)) {
            throw new BadValue(
                    "projectId",
                    "The handle is of an answer about the project \"" + scope.projectId()
                            + "\": name that one, or leave projectId out.");
        }
        var page = page(input, call, scope, past.asOf(), past.asOf());
        return new AskedAnswer(
                "handle", past.tool(), about(scope, past.arguments()), call.asOf(past.asOf(), null), page);
    }

    private static AskedAnswer ofArguments(ListPeople.Input input, String tool, ToolCall call)
            throws BadValue, QueryFailure {
        var arguments = input.arguments() == null ? JsonNodeFactory.instance.objectNode() : input.arguments();
        var own = arguments.path("projectId").asString(null);
        var scope = call.project(named(input.project()) ? input.project() : new ProjectArgument(own));
        if (own != null && !own.isBlank() && !own.equals(scope.projectId())) {
            throw new BadValue(
                    "arguments.projectId",
                    "arguments are about another project than projectId says. Name the project once, as projectId.");
        }
        var now = call.now();
        var newest = call.freshness(scope).orElse(now);
        var page = page(input, call, scope, now, newest.isAfter(now) ? newest : now);
        var stopped = call.asOf(page.range().start(), page.range().end());
        return new AskedAnswer("arguments", tool, about(scope, arguments), stopped, page);
    }

    private static ToolCall.Page page(
            ListPeople.Input input, ToolCall call, ProjectScope scope, Instant asOf, Instant end) throws BadValue {
        return input.cursor() == null
                ? new ToolCall.Page(new TimeRange(asOf, end, scope.zone()), List.of())
                : call.page(scope, NO_DATES, input.cursor());
    }

    private static boolean named(ProjectArgument project) {
        var id = project.id();
        return id != null && !id.isBlank();
    }

    private static ObjectNode about(ProjectScope scope, @Nullable ObjectNode arguments) {
        var complete = arguments == null ? JsonNodeFactory.instance.objectNode() : arguments.deepCopy();
        complete.put("projectId", scope.projectId());
        complete.remove("cursor");
        return complete;
    }
}
