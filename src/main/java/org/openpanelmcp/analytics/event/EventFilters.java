package org.openpanelmcp.analytics.event;

import org.openpanelmcp.analytics.NamedFilters;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.query.Filters;

/** The conditions of query_events: its own arguments and its filters, together. */
final class EventFilters {
    private EventFilters() {}

    /** @throws BadValue when a dimension is named twice */
    static Filters of(QueryEvents.Input input) throws BadValue {
        var named = input.visitor()
                .addTo(new NamedFilters().oneOf(Field.NAME, input.eventNames()).exactly(Field.PATH, input.path()));
        input.properties().forEach(named::property);
        return named.and(input.filters());
    }

    /** Names have a warning of their own. */
    static Filters withoutNames(Filters filters) {
        var names = new Dimension.Column(Field.NAME);
        return new Filters(filters.list().stream()
                .filter(filter -> !filter.dimension().equals(names))
                .toList());
    }
}
