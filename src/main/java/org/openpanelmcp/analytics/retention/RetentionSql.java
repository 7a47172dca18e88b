package org.openpanelmcp.analytics.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EntryParts;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;

/** Cohorts as SQL: a row for each cohort and the interval in which some of its people came back. */
final class RetentionSql {
    /** The key of those who never came back. */
    static final long NEVER = -1;

    private static final Sql PERSON = Sql.of("profile_id");
    private static final Sql ACTIVE = Sql.of("join active on person = member");

    private final Dialect dialect;
    private final ProjectScope scope;
    private final RetentionQuery.Question question;
    private final Instant now;

    RetentionSql(Dialect dialect, ProjectScope scope, RetentionQuery.Question question, Instant now) {
        this.dialect = dialect;
        this.scope = scope;
        this.question = question;
        this.now = now;
    }

    /** All people. */
    Sql whole() {
        return rows(null);
    }

    /** The people of each part. */
    Sql by(EntryParts parts) {
        return rows(parts);
    }

    /**
     * The people of one cohort, as {@code person_id}, each once.
     *
     * @param cohort the key of its interval
     * @param period the key of the interval in which they count as returned; null for all
     */
    Sql people(long cohort, @Nullable Long period) {
        return Sql.template("""
                with {joined}
                select member as person_id
                from joined {active}
                where {cohortKey} = {cohort} and {returned}""")
                .put("joined", on() ? byInterval() : byLastReturn())
                .put("active", on() && period != null ? ACTIVE : Sql.of(""))
                .put("cohortKey", key(Sql.of("joined_at")))
                .bind("cohort", cohort)
                .put("returned", period == null ? Sql.of("true") : returned(period))
                .sql();
    }

    private Sql returned(long period) {
        var condition = on()
                ? Sql.template("active.returned_at >= joined_at and active_key = {period}")
                : Sql.template("returned_at >= joined_at and {key} >= {period}").put("key", key(Sql.of("returned_at")));
        return condition.bind("period", period).sql();
    }

    private boolean on() {
        return question.criterion() == RetentionQuery.Criterion.ON;
    }

    private Sql rows(@Nullable EntryParts parts) {
        boolean on = on();
        return Sql.template("""
                with {joined} {split}
                select {part}, {cohort} as cohort_key, {period} as period_key, count(*) as people_total,
                       {returned} as returned_total
                from joined {active} {shared}
                group by {grouping}cohort_key, period_key""")
                .put("joined", on ? byInterval() : byLastReturn())
                .put("split", parts == null ? Sql.of("") : split(parts))
                .put(
                        "part",
                        parts == null
                                ? Sql.of("0 as part_key, '' as part_text, 0 as value_count")
                                : Sql.of("part_place as part_key, min(part_value) as part_text,"
                                        + " max(value_total) as value_count"))
                .put("cohort", key(Sql.of("joined_at")))
                .put("period", on ? Sql.of("active_key") : lastInterval())
                .put("returned", on ? dialect.countIf(Sql.of("active.returned_at >= joined_at")) : Sql.of("count(*)"))
                .put("active", on ? ACTIVE : Sql.of(""))
                .put("shared", parts == null ? Sql.of("") : Sql.of("join shared on shared_key = member"))
                .put("grouping", parts == null ? Sql.of("") : Sql.of("part_key, "))
                .sql();
    }

    private Sql split(EntryParts parts) {
        var first = Sql.and(List.of(read(), question.people().condition(), start()));
        return Sql.template(", entries as (select member as entry_key, {millis} as entry_at from joined), {tables}")
                .put("millis", dialect.epochMillis(Sql.of("joined_at")))
                .put("tables", parts.tables(scope, dialect, PERSON, first))
                .sql();
    }

    /** Who was active at all in which interval, that of the start included, and the members of the cohorts among them. */
    private Sql byInterval() {
        return Sql.template("""
                active as (
                  select profile_id as person, {period} as active_key,
                         min(case when {start} then created_at end) as started_at,
                         max(case when {back} then created_at end) as returned_at
                  from {events}
                  where {read} and {people}
                  group by person, active_key),
                joined as (
                  select person as member, min(started_at) as joined_at
                  from active
                  group by member
                  having {cohorts})""")
                .put("period", key(Sql.of("created_at")))
                .put("start", start())
                .put("back", question.back().condition(scope, dialect))
                .put("events", dialect.events(scope))
                .put("read", read())
                .put("people", question.people().condition())
                .put("cohorts", question.cohorts().holds(Sql.of("min(started_at)")))
                .sql();
    }

    /** The members of the cohorts, and when they came back for the last time. */
    private Sql byLastReturn() {
        return Sql.template("""
                spans as (
                  select profile_id as member, min(case when {start} then created_at end) as joined_at,
                         max(case when {back} then created_at end) as returned_at
                  from {events}
                  where {read} and {people}
                  group by member),
                joined as (select * from spans where {cohorts})""")
                .put("start", start())
                .put("back", question.back().condition(scope, dialect))
                .put("events", dialect.events(scope))
                .put("read", read())
                .put("people", question.people().condition())
                .put("cohorts", question.cohorts().holds(Sql.of("joined_at")))
                .sql();
    }

    private Sql lastInterval() {
        return Sql.template("case when returned_at >= joined_at then {period} else {never} end")
                .put("period", key(Sql.of("returned_at")))
                .bind("never", NEVER)
                .sql();
    }

    private Sql start() {
        return question.start().condition(scope, dialect);
    }

    /** The interval's key; a moment outside of all intervals counts to the first or last of them. */
    private Sql key(Sql timestamp) {
        var inside = Sql.template("least(greatest({millis}, {first}), {last})")
                .put("millis", dialect.epochMillis(timestamp))
                .bind("first", question.cells().start().toEpochMilli())
                .bind("last", question.cells().end().toEpochMilli())
                .sql();
        return question.buckets().key(inside, dialect);
    }

    /** Whether somebody began before the range shows in all events; what is still to come never counts. */
    private Sql read() {
        boolean ever = question.firstSeen() == RetentionQuery.FirstSeen.EVER;
        var lastCell = question.cells().end();
        boolean laterCounts = question.criterion() == RetentionQuery.Criterion.ON_OR_AFTER || lastCell.isAfter(now);
        return Sql.template("created_at <= {latest} and {earliest} and {wanted}")
                .bind("latest", laterCounts ? now : lastCell)
                .put("earliest", ever ? Sql.of("true") : from())
                .put("wanted", wantedNames())
                .sql();
    }

    private Sql from() {
        return Sql.template("created_at >= {start}")
                .bind("start", question.cohorts().start())
                .sql();
    }

    private Sql wantedNames() {
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
