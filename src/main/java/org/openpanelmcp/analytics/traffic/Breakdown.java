package org.openpanelmcp.analytics.traffic;

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
import org.openpanelmcp.tool.ArgumentGroup;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.ToolCall;

/** What the tools share that break sessions down by where they came from or what they used. */
public final class Breakdown {
    private static final String DEFINITION = "Sessions that started in the range, with all their page views and their"
            + " revenue (smallest currency unit). Visitors are distinct profile ids (device ids while anonymous); who"
            + " appears in several rows counts in each.";

    private static final SessionBreakdown.RowFields FIELDS =
            new SessionBreakdown.RowFields("prefix", "name", "{\"name\":\"SE\"}");

    private Breakdown() {}

    /** The arguments that all of them take. */
    public record Common(
            ProjectArgument project,
            Dates dates,

            @Param(value = "What to rank by, greatest first", orElse = "sessions")
            TrafficMeasure sortBy,

            @Param("Only sessions that match, or that hold an event that matches")
            Filters filters,

            @Param("Adds previous and change to the figures") @Nullable
            Comparison compare,

            @Param(value = "Most rows", min = 1, max = 1000, orElse = "100")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor)
            implements ArgumentGroup {}

    /** The answer. */
    public record Result(List<Group> rows, Meta meta) {}

    /** One value of the column. */
    public record Group(
            @Doc(
                    "What the name belongs to: the country of a city, the brand of a model, the browser or system of a version")
            @Nullable
            String prefix,

            @Doc("null: not set") @Nullable String name,
            @JsonUnwrapped SessionFigures figures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            SessionFigures previous,

            @JsonInclude(JsonInclude.Include.NON_NULL) SessionFigures.@Nullable Changes change) {
        static Group of(SessionBreakdown.Line line) {
            return new Group(line.key().prefix(), line.key().name(), line.figures(), line.previous(), line.change());
        }
    }

    static SessionBreakdownQuery.By by(Field column) {
        return new SessionBreakdownQuery.By(column, Optional.empty());
    }

    static SessionBreakdownQuery.By by(Field column, Field prefix) {
        return new SessionBreakdownQuery.By(column, Optional.of(prefix));
    }

    /** @param nothing what a name of null means here */
    static Result answer(ToolCall call, Common asked, SessionBreakdownQuery.By by, String nothing)
            throws BadValue, QueryFailure {
        var scope = call.project(asked.project());
        var page = call.page(scope, asked.dates(), asked.cursor());
        var answer = SessionBreakdown.of(call, scope, page, question(asked, by, DEFINITION + " " + nothing));
        return new Result(answer.lines().stream().map(Group::of).toList(), answer.meta());
    }

    private static SessionBreakdown.Question question(Common asked, SessionBreakdownQuery.By by, String definition) {
        return new SessionBreakdown.Question(
                by, asked.sortBy(), asked.filters(), asked.compare(), asked.limit(), definition);
    }

    static PeopleBehind.Behind behind(
            ToolCall call, Common asked, SessionBreakdownQuery.By by, PeopleChoice choice, String tool)
            throws BadValue {
        var scope = call.project(asked.project());
        return SessionBreakdown.behind(
                call, scope, call.range(scope, asked.dates()), question(asked, by, DEFINITION), choice, tool, FIELDS);
    }
}
