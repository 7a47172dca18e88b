package org.openpanelmcp.analytics;

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

/** Collects the conditions that a tool takes as arguments of their own. Used by one thread. */
public final class NamedFilters {
    private final List<Filter> own = new ArrayList<>();

    /** The exact value of a column; nothing and the empty text mean "any", as in OpenPanel. */
    public NamedFilters exactly(Field column, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            own.add(Filter.exactly(new Dimension.Column(column), value));
        }
        return this;
    }

    /** The exact value of a property of the event, the empty text included. */
    public NamedFilters property(String key, String value) {
        own.add(Filter.exactly(new Dimension.Property(key), value));
        return this;
    }

    /** One of these values; no values mean "any". */
    public NamedFilters oneOf(Field column, List<String> values) {
        if (!values.isEmpty()) {
            var wanted = values.stream()
                    .map(value -> (Filter.Match) new Filter.Match.Exactly(value))
                    .toList();
            own.add(new Filter(new Dimension.Column(column), wanted, List.of()));
        }
        return this;
    }

    /**
     * All conditions together.
     *
     * @throws BadValue when a dimension is named both here and there
     */
    public Filters and(Filters others) throws BadValue {
        Map<Dimension, Filter> mine = new LinkedHashMap<>();
        own.forEach(filter -> mine.put(filter.dimension(), filter));
        for (var filter : others.list()) {
            if (mine.containsKey(filter.dimension())) {
                var label = filter.dimension().label();
                throw new BadValue(
                        "filters." + label,
                        label
                                + " is given twice, as an argument of its own and in filters. Keep one of them; in filters"
                                + " it can take several values.");
            }
        }
        var all = new ArrayList<>(own);
        all.addAll(others.list());
        return new Filters(all);
    }
}
