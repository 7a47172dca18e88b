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

/** Sessions by where they came from. */
public final class GetTopReferrers implements PeopleBehind<GetTopReferrers.Input, Breakdown.Result> {
    /** What of the origin. */
    public enum Source {
        REFERRER_NAME(Breakdown.by(Field.REFERRER_NAME), "A name of null is direct traffic, or not known."),
        REFERRER_TYPE(
                Breakdown.by(Field.REFERRER_TYPE),
                "A name of null is direct traffic, or a site of no known type; ai is an AI assistant."),
        REFERRER(Breakdown.by(Field.REFERRER), "A name of null is direct traffic, or not known."),
        UTM_SOURCE(Breakdown.by(Field.UTM_SOURCE), Source.NO_PARAMETER),
        UTM_MEDIUM(Breakdown.by(Field.UTM_MEDIUM), Source.NO_PARAMETER),
        UTM_CAMPAIGN(Breakdown.by(Field.UTM_CAMPAIGN), Source.NO_PARAMETER),
        UTM_TERM(Breakdown.by(Field.UTM_TERM), Source.NO_PARAMETER),
        UTM_CONTENT(Breakdown.by(Field.UTM_CONTENT), Source.NO_PARAMETER);

        private static final String NO_PARAMETER = "A name of null: the first page's address had no such parameter.";

        private final SessionBreakdownQuery.By by;
        private final String nothing;

        Source(SessionBreakdownQuery.By by, String nothing) {
            this.by = by;
            this.nothing = nothing;
        }
    }

    /** The arguments. */
    public record Input(
            @Param(
                    value =
                            "What of the origin: the site by name, its type (search, social, email, ai, …), its address, or"
                                    + " a campaign parameter",
                    orElse = "referrer_name")
            Source breakdown,

            Breakdown.Common common) {}

    @Override
    public ToolSpec<Input, Breakdown.Result> spec() {
        return ToolSpec.of("get_top_referrers", "Traffic sources", Input.class, Breakdown.Result.class)
                .what("Sessions, visitors, page views, revenue and bounce rate by referring site, type of site (AI"
                        + " assistants are a type of their own) or campaign parameter.")
                .useWhen("asked where visits come from, or what a campaign brought")
                .example(
                        "how much AI assistants bring, against the 30 days before",
                        "{\"filters\":{\"referrer_type\":\"ai\"},\"startDate\":\"30d\","
                                + "\"compare\":\"previous_period\"}")
                .example(
                        "revenue by campaign this month",
                        "{\"breakdown\":\"utm_campaign\",\"startDate\":\"this_month\",\"sortBy\":\"revenue\"}");
    }

    @Override
    public Breakdown.Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        return Breakdown.answer(call, input.common(), input.breakdown().by, input.breakdown().nothing);
    }

    @Override
    public Behind behind(Input input, PeopleChoice choice, ToolCall call) throws BadValue {
        return Breakdown.behind(call, input.common(), input.breakdown().by, choice, spec().name());
    }
}
