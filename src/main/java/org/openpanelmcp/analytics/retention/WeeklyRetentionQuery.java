package org.openpanelmcp.analytics.retention;

import java.util.Map;
import java.util.stream.Collectors;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Who was active in a week, and who of these in the week after it, too. */
public final class WeeklyRetentionQuery {
    private WeeklyRetentionQuery() {}

    /** The people of one week. */
    public record Week(long key, long active, long retained) {
        static final Week NONE = new Week(0, 0, 0);

        static Week read(Row row) {
            return new Week(row.whole("week_key"), row.whole("active_total"), row.whole("retained_total"));
        }
    }

    /**
     * The weeks by their key; those without activity are absent.
     *
     * @param weekKey the key of the week that {@code created_at} lies in, one more for each week
     */
    public static Map<Long, Week> of(
            ToolCall call, ProjectScope scope, TimeRange read, Sql weekKey, People people, Filters filters)
            throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                with active as (
                  select person, week_key
                  from (
                    select profile_id as person, {week} as week_key
                    from {events}
                    where {range} and {people} and {conditions}) as activity
                  group by person, week_key
                ),
                followed as (
                  select week_key, lead(week_key) over (partition by person order by week_key) as next_key
                  from active
                )
                select week_key, count(*) as active_total, {retained} as retained_total
                from followed
                group by week_key""")
                .put("week", weekKey)
                .put("events", dialect.events(scope))
                .put("range", read.holds(Sql.of("created_at")))
                .put("people", people.condition())
                .put("conditions", filters.onEvents(scope, dialect))
                .put("retained", dialect.countIf(Sql.of("next_key = week_key + 1")))
                .sql();
        return call.query(scope, sql, Week::read).stream().collect(Collectors.toMap(Week::key, week -> week));
    }
}
