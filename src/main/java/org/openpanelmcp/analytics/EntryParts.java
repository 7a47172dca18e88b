package org.openpanelmcp.analytics;

import java.util.List;
import java.util.Map;
import org.openpanelmcp.query.Beside;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;

/**
 * People or sessions by a value at the event with which they entered: the values with most of them have a part each, all
 * others share one. Of several such events at one millisecond the least value counts. Whoever entered with several groups is
 * in the part of each.
 *
 * @param most so many values have a part of their own
 */
public record EntryParts(Dimension by, int most) {
    /** When nobody entered with any value of the dimension; nothing otherwise. */
    public List<String> warnings(List<String> values) {
        return values.equals(List.of(""))
                ? List.of("Nobody entered with a value of " + by.label()
                        + ": it is not set on any of these events. list_event_properties gives the properties of"
                        + " events, find_profiles and find_groups show those of people and groups.")
                : List.of();
    }

    /** For definitions. */
    public String described() {
        var text = " breakdown goes by " + by.label() + " of that first event";
        return by instanceof Dimension.OfGroup ? text + ", once for each of its groups." : text + ".";
    }

    /**
     * Tables for a {@code with}, behind a table {@code entries} of {@code entry_key} and {@code entry_at} (milliseconds). The
     * last one is {@code shared}: {@code shared_key}, {@code part_place} (from 1; the others come last), {@code part_value}
     * and {@code value_total}, the number of all values.
     *
     * @param key the column of events that holds the id
     * @param first what the events fulfil with which one enters
     */
    public Sql tables(ProjectScope scope, Dialect dialect, Sql key, Sql first) {
        boolean several = by instanceof Dimension.OfGroup;
        return Sql.template("""
                entered as (
                  select entry_key as entered_key, {value} as entered_with
                  from {rows} as rows_with_values join entries on entry_key = {key} and entry_at = {millis}
                  where {first}
                  group by {grouping}),
                ranked as (
                  select entered_with as ranked_value, count(*) over () as ranked_total,
                         row_number() over (order by count(*) desc, entered_with) as value_place
                  from entered
                  group by entered_with),
                shared as (
                  select entered_key as shared_key, least(value_place, {others}) as part_place,
                         min(entered_with) as part_value, max(ranked_total) as value_total
                  from entered join ranked on ranked_value = entered_with
                  group by shared_key, part_place)""")
                .put("value", several ? Beside.column(0) : least(Beside.column(0)))
                .put("rows", Beside.rows(scope, dialect, Beside.Rows.EVENTS, Map.of(0, by), List.of(), first))
                .put("key", key)
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("first", first)
                .put("grouping", several ? Sql.of("entered_key, entered_with") : Sql.of("entered_key"))
                .bind("others", most + 1)
                .sql();
    }

    private static Sql least(Sql value) {
        return Sql.template("min({value})").put("value", value).sql();
    }
}
