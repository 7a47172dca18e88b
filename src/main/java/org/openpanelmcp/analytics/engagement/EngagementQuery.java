package org.openpanelmcp.analytics.engagement;

import java.util.HashMap;
import java.util.Map;
import org.openpanelmcp.analytics.engagement.EngagementFigures.SessionSums;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** How engaged people are in a range as a whole and by bucket. Sessions belong wholly to the bucket they start in. */
public final class EngagementQuery {
    private EngagementQuery() {}

    /** Gives the key of the bucket that a timestamp of the range lies in. */
    @FunctionalInterface
    public interface BucketKey {
        Sql of(Sql timestamp);
    }

    /**
     * The answer.
     *
     * @param buckets by bucket key; those without sessions are absent
     */
    public record Course(EngagementFigures whole, Map<Long, EngagementFigures> buckets) {
        public EngagementFigures bucket(long key) {
            return buckets.getOrDefault(key, EngagementFigures.NONE);
        }
    }

    public static Course of(ToolCall call, ProjectScope scope, TimeRange range, BucketKey key, Filters filters)
            throws QueryFailure {
        long newInRange = 0;
        var newInBucket = new HashMap<Long, Long>();
        for (var begun : call.query(scope, newPeople(call, scope, range, key, filters), New::read)) {
            newInRange += begun.inRange();
            newInBucket.put(begun.key(), begun.inBucket());
        }
        var whole = EngagementFigures.NONE;
        var buckets = new HashMap<Long, EngagementFigures>();
        for (var sums : call.query(scope, sessions(call, scope, range, key, filters), Sums::read)) {
            if (sums.whole()) {
                whole = EngagementFigures.of(sums.sums(), newInRange);
            } else {
                long begun = newInBucket.getOrDefault(sums.key(), 0L);
                buckets.put(sums.key(), EngagementFigures.of(sums.sums(), begun));
            }
        }
        return new Course(whole, buckets);
    }

    private record Sums(boolean whole, long key, SessionSums sums) {
        static Sums read(Row row) {
            return new Sums(
                    row.whole("is_whole") == 1,
                    row.whole("bucket_key"),
                    new SessionSums(
                            row.whole("session_total"),
                            row.whole("people_total"),
                            row.whole("engaged_total"),
                            row.whole("view_total"),
                            row.whole("event_total"),
                            row.fraction("mean_duration"),
                            row.fraction("median_duration")));
        }
    }

    private static Sql sessions(ToolCall call, ProjectScope scope, TimeRange range, BucketKey key, Filters filters) {
        var dialect = call.dialect();
        return Sql.template("""
                select bucket_key, grouping(bucket_key) as is_whole, count(*) as session_total,
                       count(distinct nullif(profile_id, '')) as people_total,
                       count(engaged_duration) as engaged_total, {views} as view_total, {events} as event_total,
                       {mean} as mean_duration, {median} as median_duration
                from (
                  select {key} as bucket_key, profile_id, screen_view_count, event_count,
                         case when screen_view_count > 1 or event_count > 0 or duration > 10000
                              then duration end as engaged_duration
                  from {sessions}
                  where {range} and {conditions}) as sessions_of_range
                group by grouping sets ((bucket_key), ())""")
                .put("views", dialect.sum(Sql.of("screen_view_count")))
                .put("events", dialect.sum(Sql.of("event_count")))
                .put("mean", dialect.averageIf(Sql.of("engaged_duration"), Sql.of("engaged_duration is not null")))
                .put("median", dialect.median(Sql.of("engaged_duration")))
                .put("key", key.of(Sql.of("created_at")))
                .put("sessions", dialect.sessions(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onSessions(scope, range, dialect))
                .sql();
    }

    /** The people whose first session ever lies in one bucket, and who have a matching session in it, or in the range. */
    private record New(long key, long inBucket, long inRange) {
        static New read(Row row) {
            return new New(row.whole("bucket_key"), row.whole("new_in_bucket"), row.whole("new_in_range"));
        }
    }

    private static Sql newPeople(ToolCall call, ProjectScope scope, TimeRange range, BucketKey key, Filters filters) {
        var dialect = call.dialect();
        return Sql.template("""
                select bucket_key, {bucketTotal} as new_in_bucket, {rangeTotal} as new_in_range
                from (
                  select bucket_key, {inBucket} as is_in_bucket, {inRange} as is_in_range
                  from (
                    select person, {key} as bucket_key
                    from (
                      select profile_id as person, min(created_at) as first_at
                      from {sessions}
                      where profile_id <> ''
                      group by person) as firsts
                    where {range}) as begun) as matched
                group by bucket_key""")
                .put("bucketTotal", dialect.countIf(Sql.of("is_in_bucket")))
                .put("rangeTotal", dialect.countIf(Sql.of("is_in_range")))
                .put("inBucket", matching(call, scope, range, key, filters, true))
                .put("inRange", matching(call, scope, range, key, filters, false))
                .put("key", key.of(Sql.of("first_at")))
                .put("sessions", dialect.sessions(scope))
                .put("range", range.holds(Sql.of("first_at")))
                .sql();
    }

    /** Without filters the first session is itself the one that matches. */
    private static Sql matching(
            ToolCall call, ProjectScope scope, TimeRange range, BucketKey key, Filters filters, boolean inBucket) {
        if (filters.isEmpty()) {
            return Sql.of("true");
        }
        var dialect = call.dialect();
        var same = inBucket
                ? Sql.template("(person, bucket_key) in (select profile_id, {key}")
                        .put("key", key.of(Sql.of("created_at")))
                        .sql()
                : Sql.of("person in (select profile_id");
        return Sql.template("{same} from {sessions} where {range} and {conditions})")
                .put("same", same)
                .put("sessions", dialect.sessions(scope))
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", filters.onSessions(scope, range, dialect))
                .sql();
    }
}
