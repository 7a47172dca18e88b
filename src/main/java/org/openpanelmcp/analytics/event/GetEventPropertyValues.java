package org.openpanelmcp.analytics.event;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EventNames;
import org.openpanelmcp.analytics.FilterAdvice;
import org.openpanelmcp.analytics.NamedFilters;
import org.openpanelmcp.analytics.Paging;
import org.openpanelmcp.analytics.WholeHistory;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.tool.Dates;
import org.openpanelmcp.tool.Doc;
import org.openpanelmcp.tool.Meta;
import org.openpanelmcp.tool.Param;
import org.openpanelmcp.tool.ProjectArgument;
import org.openpanelmcp.tool.Tool;
import org.openpanelmcp.tool.ToolCall;
import org.openpanelmcp.tool.ToolSpec;

/** The values of one property. */
public final class GetEventPropertyValues implements Tool<GetEventPropertyValues.Input, GetEventPropertyValues.Result> {
    private static final int KEYS_LOOKED_AT = 1_000;

    /** The arguments. */
    public record Input(
            ProjectArgument project,

            @Param("Only values on events of this name; on all events when left out") @Nullable
            String eventName,

            @Param("Key of the property, such as plan; or a column of events, such as country")
            String propertyKey,

            Dates dates,

            @Param("Only values on events that match") Filters filters,

            @Param(value = "count: the most frequent first; last_seen: the newest first", orElse = "count")
            PropertyValues.Order sortBy,

            @Param(value = "Most values", min = 1, max = 500, orElse = "100")
            int limit,

            @Param("nextCursor of the page before") @Nullable
            String cursor) {}

    /** The answer. */
    public record Result(
            @Nullable String event,
            String property,
            @Doc("The values alone, same order as rows") List<String> values,
            List<Value> rows,
            Meta meta) {}

    /** One value. */
    public record Value(
            String value, @Doc("Number of events") long count, OffsetDateTime first_seen, OffsetDateTime last_seen) {
        static Value of(PropertyValues.Counted counted, ZoneId zone) {
            return new Value(
                    counted.value(),
                    counted.count(),
                    counted.first().atZone(zone).toOffsetDateTime(),
                    counted.last().atZone(zone).toOffsetDateTime());
        }
    }

    @Override
    public ToolSpec<Input, Result> spec() {
        return ToolSpec.of("get_event_property_values", "Values of an event property", Input.class, Result.class)
                .what("The distinct values of a property (or column) of events, with the number of events and the first"
                        + " and last time of each. Without dates: the whole history.")
                .useWhen("the exact value is needed for a filter, or the question is how often each value occurs")
                .example(
                        "plans that sign-ups chose this month",
                        "{\"eventName\":\"sign_up\",\"propertyKey\":\"plan\",\"startDate\":\"this_month\"}");
    }

    @Override
    public Result run(Input input, ToolCall call) throws BadValue, QueryFailure {
        var scope = call.project(input.project());
        var page = WholeHistory.page(call, scope, input.dates(), input.cursor());
        var filters = filters(input);
        var dimension = dimension(input, call, scope, page, filters);
        var question = new PropertyValues.Question(
                page.range(), filters, Filters.eventValue(dimension, call.dialect()), input.sortBy());
        var counted = PropertyValues.in(call, scope, question, input.limit(), page.offset());
        var meta = call.meta(scope, definition(dimension));
        if (!WholeHistory.isMeant(input.dates())) {
            meta.range(page.range());
        }
        long total = counted.isEmpty() ? 0 : counted.getFirst().valuesInAll();
        Paging.describe(meta, page, counted.size(), total);
        if (counted.isEmpty()) {
            meta.warn(warnings(input, call, scope, page));
        }
        return new Result(
                input.eventName(),
                input.propertyKey(),
                counted.stream().map(PropertyValues.Counted::value).toList(),
                counted.stream().map(one -> Value.of(one, scope.zone())).toList(),
                meta.build());
    }

    private static Filters filters(Input input) throws BadValue {
        var named = new NamedFilters();
        return named.exactly(Field.NAME, input.eventName()).and(input.filters());
    }

    /** The property of that key; the column of that name when no event has such a property. */
    private static Dimension dimension(
            Input input, ToolCall call, ProjectScope scope, ToolCall.Page page, Filters filters) throws QueryFailure {
        var asked = input.propertyKey();
        var property = new Dimension.Property(
                asked.startsWith(Dimension.PROPERTY_PREFIX)
                        ? asked.substring(Dimension.PROPERTY_PREFIX.length())
                        : asked);
        var column = Field.labelled(asked).filter(field -> field.onEvents().isPresent());
        if (column.isEmpty() || hasValues(call, scope, page, filters, property)) {
            return property;
        }
        return new Dimension.Column(column.get());
    }

    private static boolean hasValues(
            ToolCall call, ProjectScope scope, ToolCall.Page page, Filters filters, Dimension.Property property)
            throws QueryFailure {
        var question = new PropertyValues.Question(
                page.range(), filters, Filters.eventValue(property, call.dialect()), PropertyValues.Order.COUNT);
        return !PropertyValues.in(call, scope, question, 1, 0).isEmpty();
    }

    private static String definition(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Column(Field field) ->
                "No event has such a property: these are the values of the column " + field.label()
                        + ". count is the number of events with that value; empty values are left out.";
            case Dimension.Property _, Dimension.OfProfile _, Dimension.OfGroup _ ->
                "count is the number of events with that value of the property; empty values are left out.";
        };
    }

    private static List<String> warnings(Input input, ToolCall call, ProjectScope scope, ToolCall.Page page)
            throws QueryFailure {
        var warnings = new ArrayList<String>();
        var event = input.eventName();
        if (event != null && !event.isEmpty()) {
            warnings.addAll(EventNames.warnings(call, scope, page.range(), List.of(event)));
        }
        warnings.addAll(FilterAdvice.ofEmptyAnswer(call, scope, page.range(), input.filters()));
        if (warnings.isEmpty()) {
            var keys = EventProperties.in(call, scope, page.range(), event, true, KEYS_LOOKED_AT, 0).stream()
                    .map(EventProperties.Counted::key)
                    .distinct()
                    .toList();
            if (!keys.contains(input.propertyKey())) {
                warnings.add("None of these events has the property \"" + input.propertyKey() + "\"."
                        + Nearest.to(input.propertyKey(), keys)
                                .map(near -> " Did you mean \"" + near + "\"?")
                                .orElse("")
                        + " list_event_properties gives all keys.");
            }
        }
        return warnings;
    }
}
