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

/** Sessions by the device and the software that they used. */
public final class GetDeviceBreakdown implements PeopleBehind<GetDeviceBreakdown.Input, Breakdown.Result> {
    /** What of the device. */
    public enum Part {
        DEVICE(Breakdown.by(Field.DEVICE)),
        BROWSER(Breakdown.by(Field.BROWSER)),
        OS(Breakdown.by(Field.OS)),
        BROWSER_VERSION(Breakdown.by(Field.BROWSER_VERSION, Field.BROWSER)),
        OS_VERSION(Breakdown.by(Field.OS_VERSION, Field.OS)),
        BRAND(Breakdown.by(Field.BRAND)),
        MODEL(Breakdown.by(Field.MODEL, Field.BRAND));

        private final SessionBreakdownQuery.By by;

        Part(SessionBreakdownQuery.By by) {
            this.by = by;
        }
    }

    /** The arguments. */
    public record Input(
            @Param(
                    value =
                            "What of the device; versions come with their browser or system as prefix, models with their"
                                    + " brand",
                    orElse = "device")
            Part breakdown,

            Breakdown.Common common) {}

    @Override
    public ToolSpec<Input, Breakdown.Result> spec() {
        return ToolSpec.of("get_device_breakdown", "Devices, browsers, systems", Input.class, Breakdown.Result.class)
                .what("Sessions, visitors, page views, revenue and bounce rate by kind of device, browser, operating"
                        + " system, their versions, brand or model.")
                .useWhen("asked what people use")
                .example(
                        "which browser versions phones in Germany use",
                        "{\"breakdown\":\"browser_version\",\"filters\":{\"country\":\"DE\",\"device\":\"mobile\"}}");
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
