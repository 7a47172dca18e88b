package org.openpanelmcp.analytics.traffic;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.TrafficMeasure;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Comparison;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Sessions by country, region or city. */
public final class GetCountryBreakdown implements Tool<GetCountryBreakdown.Input, Breakdown.Result> {
    /** How fine the places are. */
    public enum Place {
        COUNTRY(Field.COUNTRY),
        REGION(Field.REGION),
        CITY(Field.CITY);

        private final Field column;

        Place(Field column) {
            this.column = column;
        }

        BreakdownQuery.By by() {
            return new BreakdownQuery.By(column, this == COUNTRY ? Optional.empty() : Optional.of(Field.COUNTRY));
        }
    }

    /** The arguments. */
    public record Input(
            ProjectArgument project,
            Dates dates,

            @Param(
                    value = "How fine the places are; regions and cities come with their country as prefix",
                    orElse = "country")
            Place breakdown,

            @Param(value = "What to rank by, greatest first", orElse = "sessions")
            TrafficMeasure sortBy,

            @Param("Only sessions that match; an event column or property keeps sessions with a matching event")
            Filters filters,

            @Param("Also give the figures of the period before, or of the same days a year earlier") @Nullable
            Comparison compare,

            @Param(value = "Most places to return", min = 1, max = 1000, orElse = "100")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    @Override
    public ToolSpec<Input, Breakdown.Result> spec() {
        return ToolSpec.of("get_country_breakdown", "Countries, regions, cities", Input.class, Breakdown.Result.class)
                .what("Sessions, visitors, page views and revenue by country (two-letter code), region or city.")
                .useWhen("the question is where people are")
                .example(
                        "cities of Sweden by revenue",
                        "{\"breakdown\":\"city\",\"filters\":{\"country\":\"SE\"},\"sortBy\":\"revenue\"}");
    }

    @Override
    public Breakdown.Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = call.page(scope, input.dates(), input.cursor());
        var question = new Breakdown.Question(
                input.breakdown().by(), input.sortBy(), input.filters(), input.compare(), input.limit());
        return Breakdown.answer(call, scope, page, question);
    }
}
