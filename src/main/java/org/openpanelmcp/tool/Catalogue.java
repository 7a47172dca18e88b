package org.openpanelmcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openpanelmcp.access.Access;
import org.openpanelmcp.mcp.CallContext;
import org.openpanelmcp.mcp.ToolAnswer;
import org.openpanelmcp.mcp.ToolDefinition;
import org.openpanelmcp.mcp.ToolSource;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.Budget;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** All tools, in a fixed order: publishes their definitions and runs their calls. Shared between threads. */
public final class Catalogue implements ToolSource<Caller> {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final int MOST_ROWS = 20_000;
    private static final long MOST_CHARACTERS = 8_000_000;

    private final Map<String, Tool<?, ?>> tools = new LinkedHashMap<>();
    private final ToolServices services;
    private final List<ToolDefinition> forOneProject;
    private final List<ToolDefinition> forOrganization;

    public Catalogue(List<Tool<?, ?>> tools, ToolServices services) {
        tools.forEach(tool -> this.tools.put(tool.spec().name(), tool));
        this.services = services;
        this.forOneProject = definitions(tools, false);
        this.forOrganization = definitions(tools, true);
    }

    /** What is published about the tools, to callers who must name a project or to those who need not. */
    public static List<ToolDefinition> definitions(List<Tool<?, ?>> tools, boolean projectRequired) {
        return tools.stream()
                .map(tool -> definition(tool.spec(), projectRequired))
                .toList();
    }

    private static ToolDefinition definition(ToolSpec<?, ?> spec, boolean projectRequired) {
        return new ToolDefinition(
                spec.name(),
                spec.title(),
                spec.description(),
                SchemaOf.input(spec.input(), projectRequired),
                SchemaOf.output(spec.result()),
                ToolDefinition.Annotations.READ_ONLY);
    }

    @Override
    public List<ToolDefinition> list(Caller caller) {
        var all = switch (caller.access()) {
            case Access.Read _ -> forOneProject;
            case Access.Root _ -> forOrganization;
            case Access.Write _ -> List.<ToolDefinition>of();
        };
        return all.stream()
                .filter(definition -> caller.selection().has(definition.name()))
                .toList();
    }

    @Override
    public ToolAnswer call(Caller caller, String name, ObjectNode arguments, CallContext context) {
        var tool = tools.get(name);
        if (tool == null || !caller.selection().has(name)) {
            // The name came from outside: it stays out of the log.
            new CallRecord(services.audit(), caller.access(), "(unknown)").ended("unknown_tool");
            throw unknown(name, tool != null);
        }
        return answer(caller, name, arguments, context);
    }

    /**
     * Runs a tool whether or not the address offers it, for the parts of this server that are made of tool calls.
     *
     * @param name the name of a tool that there is
     */
    public ToolAnswer answer(Access access, String name, ObjectNode arguments, CallContext context) {
        return answer(new Caller(access, Toolsets.Selection.everything()), name, arguments, context);
    }

    private ToolAnswer answer(Caller caller, String name, ObjectNode arguments, CallContext context) {
        var tool = Objects.requireNonNull(tools.get(name), name);
        var record = new CallRecord(services.audit(), caller.access(), name);
        try {
            return record.finished(run(tool, caller, arguments, context, record), "ok");
        } catch (ToolProblem problem) {
            return record.finished(problem);
        } catch (BadValue bad) {
            return record.finished(ToolProblem.arguments(List.of(new ToolProblem.Field(bad.field(), bad.text()))));
        } catch (QueryFailure failure) {
            return record.finished(problem(name, failure));
        } catch (RuntimeException defect) {
            record.ended("internal");
            throw defect;
        }
    }

    private UnknownTool unknown(String name, boolean leftOut) {
        if (leftOut) {
            return new UnknownTool("The address that this client was given offers only some tools, and \"" + name
                    + "\" is none of them. Add it to tools= in the address, or leave toolset= and tools= out.");
        }
        var meant = Nearest.to(name, tools.keySet());
        return new UnknownTool("There is no tool \"" + Answers.neutral(name) + "\"."
                + meant.map(near -> " Did you mean \"" + near + "\"?").orElse("")
                + " tools/list names them all.");
    }

    private <I extends Record, R extends Record> ToolAnswer run(
            Tool<I, R> tool, Caller caller, ObjectNode arguments, CallContext context, CallRecord record)
            throws BadValue, QueryFailure {
        var input = InputReader.read(tool.spec().input(), arguments);
        var budget = new Budget(services.queryTime(), MOST_ROWS, MOST_CHARACTERS, context::onCancel);
        var question =
                new Cursors.Question(caller.access().clientId(), tool.spec().name(), arguments);
        var call = new ToolCall(services, caller, budget, question, record);
        return Answers.of(tool.run(input, call), InputReader.names(tool.spec().input()), call);
    }

    private static ToolProblem problem(String tool, QueryFailure failure) {
        return switch (failure.reason()) {
            case CANCELLED ->
                new ToolProblem(ToolProblem.Code.CANCELLED, "The call was cancelled.", "Call again when needed.");
            case TIMEOUT ->
                new ToolProblem(
                        ToolProblem.Code.TIMEOUT,
                        "The question took too long to answer.",
                        "Ask for a shorter range, fewer filters or a smaller limit.");
            case OUT_OF_MEMORY, TOO_LARGE ->
                new ToolProblem(
                        ToolProblem.Code.TOO_LARGE,
                        "The answer needs more memory than one call may take.",
                        "Ask for a shorter range, a smaller limit, or add filters.");
            case BUSY ->
                new ToolProblem(
                        ToolProblem.Code.BUSY,
                        "Too many questions are being answered at this moment.",
                        "Try again in a few seconds.");
            case UNAVAILABLE -> {
                LOG.warn("{} failed: {}", tool, failure.getMessage());
                yield new ToolProblem(
                        ToolProblem.Code.UNAVAILABLE,
                        "The event store had to stop and is being opened again.",
                        "Try again in a minute; when it goes on, the operator finds the reason at /healthz/ready.");
            }
            case BROKEN -> {
                LOG.error("{} failed: {}", tool, failure.getMessage(), failure);
                yield new ToolProblem(
                        ToolProblem.Code.INTERNAL,
                        "The event store could not answer.",
                        "Try again; when it happens twice, tell the operator to look at the server's log.");
            }
        };
    }
}
