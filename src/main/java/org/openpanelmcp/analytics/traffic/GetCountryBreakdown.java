package org.openpanelmcp.analytics.traffic;

import org.openpanelmcp.analytics.PeopleBehind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.analytics.SessionBreakdownQuery;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** Sessions by country, region or city. */
public final class GetCountryBreakdown implements PeopleBehind<GetCountryBreakdown.Input, Breakdown.Result> {
    /** How fine the places are. */
    public enum Place {
        COUNTRY(Breakdown.by(Field.COUNTRY)),
        REGION(Breakdown.by(Field.REGION, Field.COUNTRY)),
        CITY(Breakdown.by(Field.CITY, Field.COUNTRY));

        private final SessionBreakdownQuery.By by;

        Place(SessionBreakdownQuery.By by) {
            this.by = by;
        }
    }

    /** The arguments. */
    public record Input(
            @Param(
                    value = "How fine the places are; regions and cities come with their country as prefix",
                    orElse = "country")
            Place breakdown,

            Breakdown.Common common) {}

    @Override
    public ToolSpec<Input, Breakdown.Result> spec() {
        return ToolSpec.of("get_country_breakdown", "Countries, regions, cities", Input.class, Breakdown.Result.class)
                .what("Sessions, visitors, page views, revenue and bounce rate by country (two-letter code), region or"
                        + " city.")
                .useWhen("asked where people are")
                .example(
                        "cities of Sweden by revenue",
                        "{\"breakdown\":\"city\",\"filters\":{\"country\":\"SE\"},\"sortBy\":\"revenue\"}");
    }

    @Override
    public Breakdown.Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        return Breakdown.answer(call, input.common(), input.breakdown().by, "A name of null is not known.");
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        return Breakdown.behind(call, input.common(), input.breakdown().by, choice, spec().name());
    }
}
