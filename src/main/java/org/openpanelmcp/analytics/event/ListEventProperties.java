package org.openpanelmcp.analytics.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventColumn;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The columns that every event has and the properties that were sent with them. */
public final class ListEventProperties implements Tool<ListEventProperties.Input, ListEventProperties.Result> {
    private static final String DEFINITION =
            "count is the number of events of that name which carry the property, even" + " with an empty value.";

    /** OpenPanel's list of columns that events can be asked by. */
    private static final List<EventColumn> COLUMNS = List.of(
            EventColumn.PATH,
            EventColumn.ORIGIN,
            EventColumn.REFERRER,
            EventColumn.REFERRER_NAME,
            EventColumn.REFERRER_TYPE,
            EventColumn.DURATION,
            EventColumn.COUNTRY,
            EventColumn.CITY,
            EventColumn.REGION,
            EventColumn.OS,
            EventColumn.OS_VERSION,
            EventColumn.BROWSER,
            EventColumn.BROWSER_VERSION,
            EventColumn.DEVICE,
            EventColumn.BRAND,
            EventColumn.MODEL,
            EventColumn.SDK_NAME,
            EventColumn.SDK_VERSION,
            EventColumn.PROFILE_ID,
            EventColumn.SESSION_ID,
            EventColumn.DEVICE_ID,
            EventColumn.REVENUE);

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Only the properties of this event; of all events when left out") @Nullable
            String eventName,

            Dates dates,

            @Param(
                    value =
                            "Also keys that begin with two underscores, which the tracker itself sets: the page's title,"
                                    + " parameters of its address (__query.utm_source)",
                    orElse = "false")
            boolean internal,

            @Param(value = "Most pairs of property and event to return", min = 1, max = 1000, orElse = "200")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Doc("What every event has, beside its properties")
            List<String> columns,

            List<Property> properties,
            Meta meta) {}

    /** A property of an event. */
    public record Property(
            String property_key,
            String event_name,
            @Doc("Number of events") long count) {}

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("list_event_properties", "List event properties", Input.class, Result.class)
                .what("Which properties the events of a project carry, per event with the number of events, and the"
                        + " columns that every event has. Without dates: the whole history.")
                .useWhen("the exact key of a property is needed, for filters or a breakdown")
                .hint("In filters a property is written properties.<key>; get_event_property_values gives its values.");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, input.dates(), input.cursor());
        var counted = EventProperties.in(
                call, scope, page.range(), input.eventName(), input.internal(), input.limit(), page.offset());
        var meta = call.meta(scope, DEFINITION);
        if (!WholeHistory.isMeant(input.dates())) {
            meta.range(page.range());
        }
        long total = counted.isEmpty() ? 0 : counted.getFirst().pairsInAll();
        Paging.describe(meta, page, counted.size(), total);
        var event = input.eventName();
        if (counted.isEmpty() && event != null && !event.isEmpty()) {
            meta.warn(EventNames.warnings(call, scope, page.range(), List.of(event)));
        }
        return new Result(
                COLUMNS.stream().map(EventColumn::label).toList(),
                counted.stream()
                        .map(one -> new Property(one.key(), one.event(), one.count()))
                        .toList(),
                meta.build());
    }
}
