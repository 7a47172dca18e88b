package org.openpanelmcp.analytics.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** Counts the moves between the steps of sessions around an event. */
public final class FlowQuery {
    private FlowQuery() {}

    /** Which part of a session is looked at. */
    public enum Mode {
        /** From the first start event on. */
        AFTER,
        /** Up to the first start event. */
        BEFORE,
        /** From the first start event to the first end event after it. */
        BETWEEN
    }

    /** What a step is called. */
    public enum Label {
        /** By the event's name. */
        EVENT,
        /** Page views by their path, other events by their name. */
        PAGE
    }

    /**
     * What is asked.
     *
     * @param end only in mode between
     * @param only events with these names count; all when empty
     * @param without events with these names do not count
     * @param steps the most steps that a path has
     * @param top how many labels a step keeps; the others are one
     */
    public record Question(
            TimeRange range,
            Filters filters,
            Mode mode,
            Label label,
            String start,
            Optional<String> end,
            List<String> only,
            List<String> without,
            int steps,
            int top) {}

    /**
     * How many sessions went from a label at one step to a label at the next.
     *
     * @param step from 0
     * @param label absent: one of the labels that are not kept
     * @param begins whether it is the path's first step
     * @param ends whether it is the path's last step; then {@code next} says nothing
     * @param beyond whether the session has further steps there, which are too many for the path
     */
    public record Move(
            int step,
            Optional<String> label,
            boolean begins,
            boolean ends,
            boolean beyond,
            Optional<String> next,
            long sessions) {
        static Move read(Row row) {
            return new Move(
                    (int) row.whole("step_place"),
                    row.optionalText("step_label"),
                    row.truth("is_first"),
                    row.truth("is_last"),
                    row.truth("is_beyond"),
                    row.optionalText("next_label"),
                    row.whole("session_total"));
        }
    }

    /**
     * All moves. Sessions without an id are none; repeated events in a row are one step.
     *
     * <p>In the order of events sessions are told apart by a fingerprint: ordering by their ids takes a third longer.
     */
    public static List<Move> moves(ToolCall call, ProjectScope scope, Question question) throws QueryFailure {
        var dialect = call.dialect();
        var walk = Walk.of(question.mode(), question.steps(), dialect);
        var sql = Sql.template("""
                with happened as (
                  select {visit} as visit, created_at as happened_at, id as event_id, {label} as label_now,
                         {is_start} as is_start, {is_end} as is_end
                  from {events}
                  where {range} and session_id <> '' and {counted}
                    and session_id in (
                      select session_id from {events} where {range} and {is_start} and {of_sessions})
                ),
                turned as (
                  select visit, label_now, is_start, is_end,
                         row_number() over (partition by visit order by happened_at, event_id) as event_place,
                         lag(label_now) over (partition by visit order by happened_at, event_id) as label_before,
                         sum(case when is_start then 1 else 0 end) over (
                           partition by visit order by happened_at, event_id rows unbounded preceding) as starts
                  from happened
                ),
                begun as (
                  select visit, label_now, is_end, event_place, label_before, starts,
                         is_start and starts = 1 as begins
                  from turned
                ),
                walked as (
                  select label_now, event_place, {end_columns},
                         row_number() over (partition by visit order by event_place {direction}) - 1 as distance,
                         lead(label_now) over (partition by visit order by event_place {direction}) as farther_label,
                         lag(label_now) over (partition by visit order by event_place {direction}) as nearer_label
                  from begun
                  where {kept}
                ),
                moves as (
                  select label_now, {step} as step_now, {next} as next_now, {first} as is_first, {last} as is_last,
                         {beyond} as is_beyond, count(*) as move_total
                  from walked
                  where {part}
                  group by label_now, step_now, next_now, is_first, is_last, is_beyond
                ),
                kept as (
                  select kept_step, kept_label
                  from (
                    select step_now as kept_step, label_now as kept_label,
                           row_number() over (
                             partition by step_now order by sum(move_total) desc, label_now) as label_rank
                    from moves
                    group by step_now, label_now) as ranked
                  where label_rank <= {top}
                )
                select step_now as step_place, here.kept_label as step_label, is_first, is_last, is_beyond,
                       after.kept_label as next_label, {total} as session_total
                from moves
                     left join kept as here on here.kept_step = step_now and here.kept_label = label_now
                     left join kept as after on after.kept_step = step_now + 1 and after.kept_label = next_now
                group by step_place, step_label, is_first, is_last, is_beyond, next_label""")
                .put("visit", dialect.fingerprint(Sql.of("session_id"), Sql.of("''")))
                .put("label", label(question.label()))
                .put("is_start", isNamed(question.start(), question.label()))
                .put(
                        "is_end",
                        question.end()
                                .map(end -> isNamed(end, question.label()))
                                .orElse(Sql.of("false")))
                .put("events", dialect.events(scope))
                .put("range", question.range().holds(Sql.of("created_at")))
                .put("counted", counted(question))
                .put("of_sessions", ofSessions(call, scope, question))
                .put("end_columns", walk.endColumns())
                .put("direction", walk.direction())
                .put("kept", walk.kept())
                .put("step", walk.step())
                .put("next", walk.next())
                .put("first", walk.first())
                .put("last", walk.last())
                .put("beyond", walk.beyond())
                .put("part", walk.part())
                .put("total", dialect.sum(Sql.of("move_total")))
                .bind("top", question.top())
                .sql();
        return call.query(scope, sql, Move::read);
    }

    private static Sql label(Label label) {
        return label == Label.EVENT
                ? Sql.of("name")
                : Sql.of("case when name = 'screen_view' and path <> '' then path else name end");
    }

    /** An event of that name; where page views go by their path, also a view of that path. */
    private static Sql isNamed(String name, Label label) {
        var byName = Sql.template("name = {name}").bind("name", name).sql();
        return label == Label.EVENT
                ? byName
                : Sql.template("({by_name} or (name = 'screen_view' and path = {path}))")
                        .put("by_name", byName)
                        .bind("path", name)
                        .sql();
    }

    /** The start and end events count whatever else is left out. */
    private static Sql counted(Question question) {
        if (question.only().isEmpty() && question.without().isEmpty()) {
            return Sql.of("true");
        }
        var wanted = new ArrayList<Sql>();
        wanted.add(isNamed(question.start(), question.label()));
        question.end().ifPresent(end -> wanted.add(isNamed(end, question.label())));
        if (question.only().isEmpty()) {
            var excluded = question.without().stream()
                    .map(name -> isNamed(name, question.label()))
                    .toList();
            wanted.add(Sql.template("not {excluded}")
                    .put("excluded", Sql.or(excluded))
                    .sql());
        } else {
            question.only().forEach(name -> wanted.add(isNamed(name, question.label())));
        }
        return Sql.or(wanted);
    }

    private static Sql ofSessions(ToolCall call, ProjectScope scope, Question question) {
        if (question.filters().isEmpty()) {
            return Sql.of("true");
        }
        return Sql.template("session_id in (select id from {sessions} where {conditions})")
                .put("sessions", call.dialect().sessions(scope))
                .put("conditions", question.filters().onSessions(scope, question.range(), call.dialect()))
                .sql();
    }
}
