package org.openpanelmcp.analytics.retention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.People;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/**
 * People by the interval of their first start event, and how many of them had a return event in each interval after it,
 * at or after the start itself.
 */
public final class RetentionQuery {
    /** The key of those who never came back. */
    private static final long NEVER = -1;

    private RetentionQuery() {}

    /** When somebody counts as kept. */
    public enum Criterion {
        /** Came back in that interval. */
        ON,
        /** Came back in that interval or any later one. */
        ON_OR_AFTER
    }

    /** Which start event puts people into a cohort. */
    public enum FirstSeen {
        /** Their first one ever: who had one before the range is in no cohort. */
        EVER,
        /** Their first one in the range. */
        IN_RANGE
    }

    /** Events of that name, or of any, that match. */
    public record Event(Optional<String> name, Filters filters) {
        Sql condition(ProjectScope scope, Dialect dialect) {
            var matching = filters.onEvents(scope, dialect);
            return name.map(wanted -> Sql.template("(name = {name} and {matching})")
                            .bind("name", wanted)
                            .put("matching", matching)
                            .sql())
                    .orElse(matching);
        }
    }

    /**
     * What is asked.
     *
     * @param cohorts the whole intervals in which people began
     * @param cells the same intervals and as many after them as are looked at; {@code buckets} are its
     */
    public record Question(
            TimeRange cohorts,
            TimeRange cells,
            Buckets buckets,
            Event start,
            Event back,
            Criterion criterion,
            FirstSeen firstSeen,
            People people) {}

    /**
     * The people who began in one interval.
     *
     * @param interval its place among the intervals of the question
     * @param returned by number of intervals since then; zeros after the last one with anybody
     */
    public record Cohort(int interval, long size, long[] returned) {}

    /** A part of the people of one cohort, by the interval in which they came back. */
    private record Part(long cohort, long period, long people, long returned) {
        static Part read(Row row) {
            return new Part(
                    row.whole("cohort_key"),
                    row.whole("period_key"),
                    row.whole("people_total"),
                    row.whole("returned_total"));
        }
    }

    /** The cohorts with people, in the order of time. */
    public static List<Cohort> of(ToolCall call, ProjectScope scope, Question question) throws QueryFailure {
        var places = new HashMap<Long, Integer>();
        for (var bucket : question.buckets().list()) {
            places.put(bucket.key(), places.size());
        }
        var byCohort = new HashMap<Integer, List<Part>>();
        for (var part : call.query(scope, sql(call, scope, question), Part::read)) {
            byCohort.computeIfAbsent(place(places, part.cohort()), key -> new ArrayList<>())
                    .add(part);
        }
        return byCohort.keySet().stream()
                .sorted()
                .map(place -> cohort(place, byCohort.getOrDefault(place, List.of()), places, question.criterion()))
                .toList();
    }

    private static int place(Map<Long, Integer> places, long key) {
        return Objects.requireNonNull(places.get(key));
    }

    private static Cohort cohort(int place, List<Part> parts, Map<Long, Integer> places, Criterion criterion) {
        var returned = new long[places.size() - place];
        long size = 0;
        for (var part : parts) {
            if (criterion == Criterion.ON_OR_AFTER || part.period() == part.cohort()) {
                size += part.people();
            }
            if (part.period() != NEVER && part.returned() > 0) {
                returned[place(places, part.period()) - place] += part.returned();
            }
        }
        if (criterion == Criterion.ON_OR_AFTER) {
            for (int i = returned.length - 2; i >= 0; i--) {
                returned[i] += returned[i + 1];
            }
        }
        return new Cohort(place, size, returned);
    }

    private static Sql sql(ToolCall call, ProjectScope scope, Question question) {
        return question.criterion() == Criterion.ON
                ? inEachInterval(call, scope, question)
                : inLastInterval(call, scope, question);
    }

    /**
     * The people of one cohort, as {@code person_id}.
     *
     * @param cohort the place of its interval among those of the question
     * @param period only those who are counted as returned so many intervals later; null for all
     */
    static Sql people(ToolCall call, ProjectScope scope, Question question, int cohort, @Nullable Integer period) {
        var intervals = question.buckets().list();
        long cohortKey = intervals.get(cohort).key();
        var periodKey = period == null ? null : intervals.get(cohort + period).key();
        return question.criterion() == Criterion.ON
                ? activeIn(call, scope, question, cohortKey, periodKey)
                : activeFrom(call, scope, question, cohortKey, periodKey);
    }

    private static Sql activeIn(
            ToolCall call, ProjectScope scope, Question question, long cohort, @Nullable Long period) {
        return Sql.template("""
                with {tables}
                select person as person_id
                from active join joined on member = person
                where {cohortKey} = {cohort} and {returned}""")
                .put("tables", activeAndJoined(call, scope, question))
                .put("cohortKey", key(Sql.of("joined_at"), question, call.dialect()))
                .bind("cohort", cohort)
                .put(
                        "returned",
                        period == null
                                ? Sql.of("true")
                                : Sql.template("returned_at >= joined_at and period_key = {period}")
                                        .bind("period", period)
                                        .sql())
                .sql();
    }

    private static Sql activeFrom(
            ToolCall call, ProjectScope scope, Question question, long cohort, @Nullable Long period) {
        return Sql.template("""
                select person as person_id
                from ({spans}) as spans
                where {cohorts} and {cohortKey} = {cohort} and {returned}""")
                .put("spans", spans(call, scope, question))
                .put("cohorts", question.cohorts().holds(Sql.of("joined_at")))
                .put("cohortKey", key(Sql.of("joined_at"), question, call.dialect()))
                .bind("cohort", cohort)
                .put(
                        "returned",
                        period == null
                                ? Sql.of("true")
                                : Sql.template("returned_at >= joined_at and {periodKey} >= {period}")
                                        .put("periodKey", key(Sql.of("returned_at"), question, call.dialect()))
                                        .bind("period", period)
                                        .sql())
                .sql();
    }

    /** One row for each interval in which the people of a cohort were active at all, that of the start included. */
    private static Sql inEachInterval(ToolCall call, ProjectScope scope, Question question) {
        var dialect = call.dialect();
        return Sql.template("""
                with {tables}
                select {cohort} as cohort_key, period_key, count(*) as people_total, {returned} as returned_total
                from active join joined on member = person
                group by cohort_key, period_key""")
                .put("tables", activeAndJoined(call, scope, question))
                .put("cohort", key(Sql.of("joined_at"), question, dialect))
                .put("returned", dialect.countIf(Sql.of("returned_at >= joined_at")))
                .sql();
    }

    /** Each person in each interval, and when those in a cohort began. */
    private static Sql activeAndJoined(ToolCall call, ProjectScope scope, Question question) {
        var dialect = call.dialect();
        return Sql.template("""
                active as (
                  select profile_id as person, {period} as period_key,
                         min(case when {start} then created_at end) as started_at,
                         max(case when {back} then created_at end) as returned_at
                  from {events}
                  where {read} and {people}
                  group by person, period_key
                ),
                joined as (
                  select person as member, min(started_at) as joined_at
                  from active
                  group by member
                  having {cohorts}
                )""")
                .put("period", key(Sql.of("created_at"), question, dialect))
                .put("start", question.start().condition(scope, dialect))
                .put("back", question.back().condition(scope, dialect))
                .put("events", dialect.events(scope))
                .put("read", read(call, question))
                .put("people", question.people().condition())
                .put("cohorts", question.cohorts().holds(Sql.of("min(started_at)")))
                .sql();
    }

    /** One row for each interval in which people of a cohort came back for the last time. */
    private static Sql inLastInterval(ToolCall call, ProjectScope scope, Question question) {
        var dialect = call.dialect();
        return Sql.template("""
                select cohort_key, period_key, count(*) as people_total, count(*) as returned_total
                from (
                  select {cohort} as cohort_key,
                         case when returned_at >= joined_at then {period} else {never} end as period_key
                  from ({spans}) as spans
                  where {cohorts}) as members
                group by cohort_key, period_key""")
                .put("cohort", key(Sql.of("joined_at"), question, dialect))
                .put("period", key(Sql.of("returned_at"), question, dialect))
                .bind("never", NEVER)
                .put("spans", spans(call, scope, question))
                .put("cohorts", question.cohorts().holds(Sql.of("joined_at")))
                .sql();
    }

    /** Each person with the first start and the last return. */
    private static Sql spans(ToolCall call, ProjectScope scope, Question question) {
        var dialect = call.dialect();
        return Sql.template("""
                select profile_id as person, min(case when {start} then created_at end) as joined_at,
                       max(case when {back} then created_at end) as returned_at
                from {events}
                where {read} and {people}
                group by person""")
                .put("start", question.start().condition(scope, dialect))
                .put("back", question.back().condition(scope, dialect))
                .put("events", dialect.events(scope))
                .put("read", read(call, question))
                .put("people", question.people().condition())
                .sql();
    }

    /** The interval's key; a moment outside of all intervals counts to the first or last of them. */
    private static Sql key(Sql timestamp, Question question, Dialect dialect) {
        var inside = Sql.template("least(greatest({millis}, {first}), {last})")
                .put("millis", dialect.epochMillis(timestamp))
                .bind("first", question.cells().start().toEpochMilli())
                .bind("last", question.cells().end().toEpochMilli())
                .sql();
        return question.buckets().key(inside, dialect);
    }

    /** Whether somebody began before the range shows in all events; what is still to come never counts. */
    private static Sql read(ToolCall call, Question question) {
        var earliest = question.firstSeen() == FirstSeen.EVER ? Sql.of("true") : from(question);
        var lastCell = question.cells().end();
        boolean laterCounts = question.criterion() == Criterion.ON_OR_AFTER || lastCell.isAfter(call.now());
        return Sql.template("created_at <= {latest} and {earliest} and {wanted}")
                .bind("latest", laterCounts ? call.now() : lastCell)
                .put("earliest", earliest)
                .put("wanted", wantedNames(question))
                .sql();
    }

    private static Sql from(Question question) {
        return Sql.template("created_at >= {start}")
                .bind("start", question.cohorts().start())
                .sql();
    }

    private static Sql wantedNames(Question question) {
        var start = question.start().name();
        var back = question.back().name();
        return start.isEmpty() || back.isEmpty()
                ? Sql.of("true")
                : Sql.template("(name = {start} or name = {back})")
                        .bind("start", start.get())
                        .bind("back", back.get())
                        .sql();
    }
}
