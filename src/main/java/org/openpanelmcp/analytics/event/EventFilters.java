package org.openpanelmcp.analytics.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.Filters;

/** The conditions of query_events: its own arguments and its filters, together. */
final class EventFilters {
    private EventFilters() {}

    /** @throws BadValue when a dimension is named twice */
    static Filters of(QueryEvents.Input input) throws BadValue {
        var all = new ArrayList<>(named(input));
        for (var filter : input.filters().list()) {
            for (var own : all) {
                if (own.dimension().equals(filter.dimension())) {
                    var label = filter.dimension().label();
                    throw new BadValue(
                            "filters." + label,
                            label + " is given twice, as an argument of its own and in filters. Keep one of them; in"
                                    + " filters it can take several values.");
                }
            }
        }
        all.addAll(input.filters().list());
        return new Filters(all);
    }

    /** Names have a warning of their own. */
    static Filters withoutNames(Filters filters) {
        var names = new Dimension.Column(Field.NAME);
        return new Filters(filters.list().stream()
                .filter(filter -> !filter.dimension().equals(names))
                .toList());
    }

    private static List<Filter> named(QueryEvents.Input input) {
        var filters = new ArrayList<Filter>();
        if (!input.eventNames().isEmpty()) {
            List<Filter.Match> names = input.eventNames().stream()
                    .map(name -> (Filter.Match) new Filter.Match.Exactly(name))
                    .toList();
            filters.add(new Filter(new Dimension.Column(Field.NAME), names, List.of()));
        }
        columns(input).forEach((field, value) -> {
            // An empty text means "any", as in OpenPanel.
            if (value != null && !value.isEmpty()) {
                filters.add(Filter.exactly(new Dimension.Column(field), value));
            }
        });
        input.properties().forEach((key, value) -> filters.add(Filter.exactly(new Dimension.Property(key), value)));
        return filters;
    }

    private static Map<Field, @Nullable String> columns(QueryEvents.Input input) {
        var columns = new LinkedHashMap<Field, @Nullable String>();
        columns.put(Field.PATH, input.path());
        columns.put(Field.COUNTRY, input.country());
        columns.put(Field.CITY, input.city());
        columns.put(Field.DEVICE, input.device());
        columns.put(Field.BROWSER, input.browser());
        columns.put(Field.OS, input.os());
        columns.put(Field.REFERRER, input.referrer());
        columns.put(Field.REFERRER_NAME, input.referrerName());
        columns.put(Field.REFERRER_TYPE, input.referrerType());
        columns.put(Field.PROFILE_ID, input.profileId());
        return columns;
    }
}
