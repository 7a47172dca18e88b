package org.openpanelmcp.analytics.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.analytics.SessionBreakdown;
import org.openpanelmcp.analytics.SessionBreakdownQuery;
import org.openpanelmcp.analytics.SessionFigures;
import org.openpanelmcp.analytics.TrafficMeasure;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The pages on which sessions began, or ended. */
public final class GetEntryExitPages implements PeopleBehind<GetEntryExitPages.Input, GetEntryExitPages.Result> {
    private static final SessionBreakdown.RowFields FIELDS =
            new SessionBreakdown.RowFields("origin", "path", "{\"origin\":\"https://x.test\",\"path\":\"/\"}");

    /** Which end of the session. */
    public enum Mode {
        ENTRY(Field.ENTRY_PATH, Field.ENTRY_ORIGIN),
        EXIT(Field.EXIT_PATH, Field.EXIT_ORIGIN);

        private final SessionBreakdownQuery.By by;

        Mode(Field path, Field origin) {
            this.by = new SessionBreakdownQuery.By(path, Optional.of(origin));
        }
    }

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("entry: where sessions began; exit: where they ended")
            Mode mode,

            Dates dates,

            @Param(value = "What to rank by, greatest first", orElse = "sessions")
            TrafficMeasure sortBy,

            @Param("Only sessions that match, or that hold an event that matches")
            Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare,

            @Param(value = "Most pages", min = 1, max = 500, orElse = "50")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(List<PageRow> rows, Meta meta) {}

    /** One page. */
    public record PageRow(
            @Doc("null: not set") @Nullable String origin,

            @Doc("null: the session's first or last event had no path") @Nullable
            String path,

            @JsonUnwrapped SessionFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            SessionFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) SessionFigures.@Nullable Changes change) {
        static PageRow of(SessionBreakdown.Line line) {
            return new PageRow(line.key().prefix(), line.key().name(), line.figures(), line.previous(), line.change());
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_entry_exit_pages", "Entry and exit pages", Input.class, Result.class)
                .what("Sessions, visitors, page views, revenue and bounce rate by the page on which the session began"
                        + " (landing page), or ended.")
                .useWhen("asked how landing pages do, or where people leave")
                .hint("Page views and revenue are those of the whole sessions. For views of the pages themselves:"
                        + " get_top_pages.")
                .example(
                        "landing pages of visitors from Google",
                        "{\"mode\":\"entry\",\"filters\":{\"referrer_name\":\"Google\"}}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var answer = SessionBreakdown.of(call, scope, page, question(input));
        return new Result(answer.lines().stream().map(PageRow::of).toList(), answer.meta());
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        var scope = call.project(input.project());
        var range = call.range(scope, input.dates());
        return SessionBreakdown.behind(call, scope, range, question(input), choice, spec().name(), FIELDS);
    }

    private static SessionBreakdown.Question question(Input input) {
        return new SessionBreakdown.Question(
                input.mode().by,
                input.sortBy(),
                input.filters(),
                input.compare(),
                input.limit(),
                definition(input.mode()));
    }

    private static String definition(Mode mode) {
        var event = mode == Mode.ENTRY ? "first" : "last";
        return "Sessions that started in the range, by the page of their " + event + " event, with all their page views"
                + " and their revenue (smallest currency unit). Visitors are distinct profile ids (device ids while"
                + " anonymous); who appears in several rows counts in each.";
    }
}
