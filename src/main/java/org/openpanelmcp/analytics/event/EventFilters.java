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
        var named = new NamedFilters()
                .oneOf(Field.NAME, input.eventNames())
                .exactly(Field.PATH, input.path())
                .exactly(Field.COUNTRY, input.country())
                .exactly(Field.CITY, input.city())
                .exactly(Field.DEVICE, input.device())
                .exactly(Field.BROWSER, input.browser())
                .exactly(Field.OS, input.os())
                .exactly(Field.REFERRER, input.referrer())
                .exactly(Field.REFERRER_NAME, input.referrerName())
                .exactly(Field.REFERRER_TYPE, input.referrerType())
                .exactly(Field.PROFILE_ID, input.profileId());
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
