package org.openpanelmcp.analytics.retention;

import java.time.Instant;
import java.util.List;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** How many people had their last event on each day. */
public final class LastSeenQuery {
    private LastSeenQuery() {}

    /** The people last seen on one day, named by its key; 0 is any day before the first that is told apart. */
    public record Day(long key, long people) {
        static Day read(Row row) {
            return new Day(row.whole("day_key"), row.whole("people_total"));
        }
    }

    /**
     * The days on which anybody was last seen until now.
     *
     * @param dayKey the key of the day that {@code last_at} lies in
     * @param since the first moment of the days that are told apart
     */
    public static List<Day> of(
            ToolCall call, ProjectScope scope, Sql dayKey, Instant since, People people, Filters filters)
            throws QueryFailure {
        var sql = Sql.template("""
                select day_key, count(*) as people_total
                from ({people}) as last_days
                group by day_key""")
                .put("people", lastDays(call, scope, dayKey, since, people, filters))
                .sql();
        return call.query(scope, sql, Day::read);
    }

    /** Those last seen on a day whose key lies between the two, as {@code person_id}. */
    static Sql people(Sql lastDays, long firstKey, long lastKey) {
        return Sql.template(
                        "select person as person_id from ({people}) as last_days where day_key between {first} and {last}")
                .put("people", lastDays)
                .bind("first", firstKey)
                .bind("last", lastKey)
                .sql();
    }

    /** Each person with the day of the last event. */
    static Sql lastDays(ToolCall call, ProjectScope scope, Sql dayKey, Instant since, People people, Filters filters) {
        var dialect = call.dialect();
        return Sql.template("""
                select person, case when last_at < {since} then 0 else {day} end as day_key
                from (
                  select profile_id as person, max(created_at) as last_at
                  from {events}
                  where created_at <= {now} and {people} and {conditions}
                  group by person) as last_events""")
                .bind("since", since)
                .put("day", dayKey)
                .put("events", dialect.events(scope))
                .bind("now", call.now())
                .put("people", people.condition())
                .put("conditions", filters.onEvents(scope, dialect))
                .sql();
    }
}
