package org.openpanelmcp.analytics.people;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolProblem;
import org.openpanelmcp.tool.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/** The people behind a number that another tool answered. */
public final class ListPeople implements Tool<ListPeople.Input, ListPeople.Result> {
    private static final String DEFINITION =
            ". A person is a profile id (the device's id while anonymous), and listed once."
                    + " Latest last_seen_at first; it and first_seen_at are those of all events under the id up to the answer that"
                    + " is looked into. null is not set.";

    private final Map<String, PeopleBehind<?, ?>> tools = new LinkedHashMap<>();

    /** @param all the tools of this server; those that can tell who is behind their numbers are asked */
    public ListPeople(List<Tool<?, ?>> all) {
        for (var tool : all) {
            if (tool instanceof PeopleBehind<?, ?> telling) {
                tools.put(telling.spec().name(), telling);
            }
        }
    }

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("meta.handle of the answer that the number stands in") @Nullable
            String handle,

            @Param("Without a handle: the tool that gives the number") @Nullable
            String tool,

            @Param("Without a handle: the arguments of that tool") @Nullable
            ObjectNode arguments,

            PeopleChoice choice,

            @Param(value = "Most people", min = 1, max = 100, orElse = "20")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(@Doc("Latest seen first") List<ListedPerson> rows, Meta meta) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_people", "People behind a number", Input.class, Result.class)
                .what(
                        "The profiles behind one number of another answer: who reached or dropped out of a funnel step, is in a"
                                + " cohort or came back, saw a page and converted, stands behind a row of a breakdown or list of"
                                + " pages, was last seen when.")
                .useWhen("a number is known and the question is who these people are; find_profiles looks for others")
                .hint(
                        "row, step, dropped, period and figure choose the number; a wrong choice is answered with what fits.")
                .example(
                        "who puts something into the cart and does not buy",
                        "{\"tool\":\"get_funnel\",\"arguments\":{\"steps\":[\"add_to_cart\",\"purchase\"],"
                                + "\"groupBy\":\"profile_id\"},\"step\":1,\"dropped\":true}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var asked = AskedAnswer.of(input, call);
        var tool = tool(asked, call);
        var behind = behind(tool, asked, input.choice());
        var people = new ListedPeople(asked.call(), behind);
        var page = people.page(asked.page(), input.limit());
        if (page.place().total() == 0) {
            behind.row().mustExist();
        }
        var meta = asked.call()
                .meta(behind.scope(), behind.described() + DEFINITION)
                .list(page.place());
        if (behind.range() != null) {
            meta.range(behind.range());
        }
        return new Result(people.rows(page.ids()), meta.build());
    }

    private PeopleBehind<?, ?> tool(AskedAnswer asked, ToolCall call) throws BadValue {
        var tool = tools.get(asked.tool());
        if (tool == null) {
            throw new BadValue(
                    asked.field(),
                    "list_people cannot tell who is behind the numbers of " + Quoted.of(asked.tool()) + "."
                            + Nearest.to(asked.tool(), tools.keySet())
                                    .map(near -> " Did you mean " + near + "?")
                                    .orElse("")
                            + " It can for " + String.join(", ", tools.keySet()) + ".");
        }
        if (!call.offers(asked.tool())) {
            throw new BadValue(
                    asked.field(),
                    "The address that this client was given does not offer " + asked.tool()
                            + ", so list_people does not look into it. Add it to tools= in the address.");
        }
        return tool;
    }

    private static <I extends Record> PeopleBehind.Behind behind(
            PeopleBehind<I, ?> tool, AskedAnswer asked, PeopleChoice choice) throws BadValue, QueryFailure {
        return tool.behind(read(tool, asked), choice, asked.call());
    }

    /** What is wrong with the arguments of the other tool is told under the name that they have here. */
    private static <I extends Record> I read(PeopleBehind<I, ?> tool, AskedAnswer asked) {
        try {
            return asked.call().read(tool.spec().input(), asked.arguments());
        } catch (ToolProblem problem) {
            throw ToolProblem.arguments(problem.problems().stream()
                    .map(field -> new ToolProblem.Field(asked.field() + "." + field.field(), field.message()))
                    .toList());
        }
    }
}
