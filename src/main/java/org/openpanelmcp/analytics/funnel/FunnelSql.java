package org.openpanelmcp.analytics.funnel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;

/**
 * A funnel as SQL. Each step carries the start of the way that led to it: an event of a step belongs to the latest event
 * before it that reached the step before, because a later start leaves more of the window. So a step is found by one join
 * to the nearest earlier row, over ever fewer rows.
 */
final class FunnelSql {
    static final String WHOLE = "whole";
    static final String PART = "part";
    static final String BUCKET = "bucket";

    /** Rows of one millisecond are put in the order of the steps; there are ten at most. */
    private static final long PLACES_PER_MILLISECOND = 16;

    private final Dialect dialect;
    private final ProjectScope scope;
    private final TimeRange range;
    private final Funnel funnel;

    FunnelSql(Dialect dialect, ProjectScope scope, TimeRange range, Funnel funnel) {
        this.dialect = dialect;
        this.scope = scope;
        this.range = range;
        this.funnel = funnel;
    }

    Sql with(FunnelQuery.Detail detail) {
        var tables = tables(funnel.levels(), Sql.of("true"));
        var answers = new ArrayList<Sql>();
        answers.add(whole());
        var split = detail.parts();
        if (split != null) {
            tables.add(split.tables(scope, dialect, funnel.unit().column(), first()));
            answers.add(parts());
        }
        var bucketKey = detail.bucketKey();
        if (bucketKey != null) {
            answers.add(buckets(bucketKey));
        }
        return Sql.template("with {tables} {answers} order by part_kind, part_key, step_no")
                .put("tables", Sql.join(tables, ", "))
                .put("answers", Sql.join(answers, " union all "))
                .sql();
    }

    /** The groups that reach a step, as {@code group_id}, each once. */
    Sql reaching(Reaching which) {
        var tables = tables(Level.of(Math.min(which.step() + 1, funnel.steps().size())), ofInterest(which));
        var conditions = new ArrayList<Sql>();
        if (which.dropped()) {
            conditions.add(Sql.template("reached_key not in (select reached_key from reached where step_no = {next})")
                    .bind("next", which.step() + 1)
                    .sql());
        }
        var part = which.part();
        var split = which.detail().parts();
        if (part != null && split != null) {
            tables.add(split.tables(scope, dialect, funnel.unit().column(), first()));
            conditions.add(ofPart(part, split.most()));
        }
        var bucketKey = which.detail().bucketKey();
        if (bucketKey != null) {
            conditions.add(Sql.template("reached_key in (select entry_key from entries where {key} = {bucket})")
                    .put("key", bucketKey)
                    .bind("bucket", which.bucket())
                    .sql());
        }
        return Sql.template("""
                with {tables}
                select reached_key as group_id from reached where step_no = {step} and {conditions}""")
                .put("tables", Sql.join(tables, ", "))
                .bind("step", which.step())
                .put("conditions", Sql.and(conditions))
                .sql();
    }

    /**
     * Which groups.
     *
     * @param dropped only those that do not reach the next step
     * @param part those who entered with one value, as {@link FunnelQuery.Detail} parts them
     * @param bucket the key of their bucket, where the detail has buckets
     */
    record Reaching(
            int step,
            boolean dropped,
            FunnelQuery.Detail detail,
            @Nullable PartName part,
            long bucket) {}

    /** One of the values, or all those that have no part of their own. */
    record PartName(String value, boolean others) {}

    private static Sql ofPart(PartName part, int values) {
        var own = part.others()
                ? Sql.template("part_place > {values}").bind("values", values).sql()
                : Sql.template("part_place <= {values} and part_value = {value}")
                        .bind("values", values)
                        .bind("value", part.value())
                        .sql();
        return Sql.template("reached_key in (select shared_key from shared where {own})")
                .put("own", own)
                .sql();
    }

    /**
     * The condition on the events of groups that may reach the step: they have such an event. Looking for
     * the first step would be no less work, and parts are ranked by all who entered.
     */
    private Sql ofInterest(Reaching which) {
        if (which.step() == 1 || which.detail().parts() != null) {
            return Sql.of("true");
        }
        return Sql.template("{group} in (select {group} from {events} where {counted} and {step})")
                .put("group", funnel.unit().column())
                .put("events", dialect.events(scope))
                .put("counted", counted())
                .put("step", is(funnel.steps().get(which.step() - 1)))
                .sql();
    }

    /**
     * Up to who reached each of the levels.
     *
     * @param only a condition on events; it holds for all events of a group or for none
     */
    private List<Sql> tables(List<Level> levels, Sql only) {
        var tables = new ArrayList<Sql>();
        tables.add(moments(only));
        tables.add(placed());
        if (!funnel.excluded().isEmpty()) {
            tables.add(guarded());
        }
        tables.add(entries());
        tables.add(firstReach());
        levels.stream().skip(1).map(this::reach).forEach(tables::add);
        tables.add(reached(levels));
        return tables;
    }

    /** The events that are a step; an id that is empty is nobody's. */
    private Sql moments(Sql only) {
        return Sql.template("""
                moments as (
                  select {group} as group_key, {millis} as at_ms, {marks}
                  from {events}
                  where name in ({names}) and {counted} and {only})""")
                .put("group", funnel.unit().column())
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("marks", marks())
                .put("events", dialect.events(scope))
                .put(
                        "names",
                        texts(funnel.steps().stream().map(Funnel.Step::name).toList()))
                .put("counted", counted())
                .put("only", only)
                .sql();
    }

    private Sql counted() {
        return Sql.template("({group} <> '' and {range} and {conditions})")
                .put("group", funnel.unit().column())
                .put("range", range.holds(Sql.of("created_at")))
                .put("conditions", funnel.filters().onEvents(scope, dialect))
                .sql();
    }

    private Sql marks() {
        var marks = new ArrayList<Sql>();
        for (var level : funnel.levels()) {
            marks.add(Sql.template("{step} as {mark}")
                    .put("step", is(funnel.steps().get(level.index())))
                    .put("mark", level.mark())
                    .sql());
        }
        return Sql.join(marks, ", ");
    }

    private Sql is(Funnel.Step step) {
        return Sql.template("(name = {name} and {conditions})")
                .bind("name", step.name())
                .put("conditions", step.filters().onEvents(scope, dialect))
                .sql();
    }

    /** What the events of the first step fulfil. */
    private Sql first() {
        return Sql.and(List.of(counted(), is(funnel.steps().getFirst())));
    }

    private static Sql texts(List<String> texts) {
        return Sql.join(texts.stream().distinct().map(Sql::value).toList(), ", ");
    }

    /** An event comes after another when its place is greater. */
    private Sql placed() {
        return Sql.template("placed as (select *, {place} as at_place from moments)")
                .put("place", place())
                .sql();
    }

    private Sql place() {
        if (funnel.order() == Funnel.Order.STRICT_INCREASE) {
            return Sql.of("at_ms");
        }
        var cases = funnel.levels().stream()
                .map(level -> Sql.template("when {mark} then {number}")
                        .put("mark", level.mark())
                        .put("number", level.number())
                        .sql())
                .toList();
        var firstStep = Sql.template("case {cases} else 0 end")
                .put("cases", Sql.join(cases, " "))
                .sql();
        if (!funnel.repeats()) {
            return Sql.template("at_ms * {places} + {step}")
                    .bind("places", PLACES_PER_MILLISECOND)
                    .put("step", firstStep)
                    .sql();
        }
        // An event that can be two steps must not be both, so that events of one millisecond need places of their own.
        return Sql.template("row_number() over (partition by group_key order by at_ms, {step}, {marks})")
                .put("step", firstStep)
                .put("marks", Sql.join(funnel.levels().stream().map(Level::mark).toList(), ", "))
                .sql();
    }

    /** With the latest excluded event before each. */
    private Sql guarded() {
        return Sql.template("""
                barred as (
                  select {group} as barred_key, {millis} as barred_at
                  from {events}
                  where {group} <> '' and name in ({names}) and {range}),
                guarded as (
                  select placed.*, barred_at
                  from placed asof left join barred on barred_key = group_key and at_ms > barred_at)""")
                .put("group", funnel.unit().column())
                .put("millis", dialect.epochMillis(Sql.of("created_at")))
                .put("events", dialect.events(scope))
                .put("names", texts(funnel.excluded()))
                .put("range", range.holds(Sql.of("created_at")))
                .sql();
    }

    private Sql entries() {
        return Sql.template("""
                entries as (
                  select group_key as entry_key, min(at_ms) as entry_at
                  from placed
                  where {mark}
                  group by entry_key)""").put("mark", Level.FIRST.mark()).sql();
    }

    /** Those who never come to the second step need not be followed. */
    private static Sql firstReach() {
        return Sql.template("""
                {reach} as (
                  select group_key, at_ms, at_place, at_ms as start_ms, at_ms as before_ms
                  from placed
                  where {mark} and group_key in (select group_key from placed where {second}))""")
                .put("reach", Level.FIRST.reach())
                .put("mark", Level.FIRST.mark())
                .put("second", Level.SECOND.mark())
                .sql();
    }

    private Sql reach(Level level) {
        boolean excludes = !funnel.excluded().isEmpty();
        return Sql.template("""
                {reach} as (
                  select latter.group_key, latter.at_ms, latter.at_place, former.start_ms, former.at_ms as before_ms
                  from (select * from {rows} where {mark}) as latter
                  asof join {before} as former
                    on former.group_key = latter.group_key and latter.at_place > former.at_place
                  where former.start_ms >= latter.at_ms - {window} and {unbarred})""")
                .put("reach", level.reach())
                .put("rows", excludes ? Sql.of("guarded") : Sql.of("placed"))
                .put("mark", level.mark())
                .put("before", level.before().reach())
                .bind("window", funnel.window().toMillis())
                .put(
                        "unbarred",
                        excludes ? Sql.of("coalesce(former.start_ms >= latter.barred_at, true)") : Sql.of("true"))
                .sql();
    }

    /** Each group once for each step that it reaches, with the times of the first time that it does. */
    private Sql reached(List<Level> levels) {
        var steps = new ArrayList<Sql>();
        steps.add(Sql.of("select entry_key as reached_key, 1 as step_no, cast(null as bigint) as start_lag,"
                + " cast(null as bigint) as before_lag from entries"));
        for (var level : levels.subList(1, levels.size())) {
            steps.add(Sql.template("select group_key, {number}, {start}, {before} from {reach} group by group_key")
                    .put("number", level.number())
                    .put("start", dialect.ofEarliest(Sql.of("at_ms - start_ms"), Sql.of("at_place")))
                    .put("before", dialect.ofEarliest(Sql.of("at_ms - before_ms"), Sql.of("at_place")))
                    .put("reach", level.reach())
                    .sql());
        }
        return Sql.template("reached as ({steps})")
                .put("steps", Sql.join(steps, " union all "))
                .sql();
    }

    private Sql figures() {
        return Sql.template("""
                count(*) as user_total, {startMedian} as start_median, {start90} as start_p90,
                {beforeMedian} as before_median, {before90} as before_p90""")
                .put("startMedian", dialect.median(Sql.of("start_lag")))
                .put("start90", dialect.percentile90(Sql.of("start_lag")))
                .put("beforeMedian", dialect.median(Sql.of("before_lag")))
                .put("before90", dialect.percentile90(Sql.of("before_lag")))
                .sql();
    }

    private Sql whole() {
        return Sql.template("""
                select {kind} as part_kind, 0 as part_key, '' as part_value, 0 as value_total, step_no, {figures}
                from reached
                group by step_no""").bind("kind", WHOLE).put("figures", figures()).sql();
    }

    private Sql parts() {
        return Sql.template("""
                select {kind}, part_place, min(part_value), max(value_total), step_no, {figures}
                from reached join shared on shared_key = reached_key
                group by part_place, step_no""").bind("kind", PART).put("figures", figures()).sql();
    }

    private static Sql buckets(Sql key) {
        return Sql.template("""
                select {kind}, bucket_key, '', 0, step_no, count(*), null, null, null, null
                from reached join (select entry_key, {key} as bucket_key from entries) as dated
                  on entry_key = reached_key
                group by bucket_key, step_no""").bind("kind", BUCKET).put("key", key).sql();
    }
}
