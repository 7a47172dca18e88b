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

    /** All moves. Sessions without an id are none; repeated events in a row are one step. */
    public static List<Move> moves(ToolCall call, ProjectScope scope, Question question) throws QueryFailure {
        var dialect = call.dialect();
        var sql = Sql.template("""
                with happened as (
                  select session_id as visit, created_at as happened_at, id as event_id, {label} as label_now,
                         {is_start} as is_start, {is_end} as is_end
                  from {events}
                  where {range} and session_id <> '' and {counted}
                    and session_id in (
                      select session_id from {events} where {range} and {is_start} and {of_sessions})
                ),
                turned as (
                  select visit, happened_at, event_id, label_now, is_start, is_end,
                         lag(label_now) over (partition by visit order by happened_at, event_id) as label_before
                  from happened
                ),
                placed as (
                  select visit, label_now, is_start, is_end,
                         row_number() over (partition by visit order by happened_at, event_id) as place
                  from turned
                  where label_before is null or label_before <> label_now
                ),
                started as (
                  select visit, label_now, is_end, place, max(place) over (partition by visit) as last_place,
                         min(case when is_start then place end) over (partition by visit) as start_place
                  from placed
                ),
                anchored as (
                  select visit, label_now, place, start_place, last_place,
                         min(case when is_end and place > start_place then place end)
                           over (partition by visit) as end_place
                  from started
                ),
                paths as (
                  select visit, label_now, {step} as step_now, {beyond} as goes_beyond
                  from anchored
                  where {part}
                ),
                kept as (
                  select kept_step, kept_label
                  from (
                    select step_now as kept_step, label_now as kept_label,
                           row_number() over (partition by step_now order by count(*) desc, label_now) as label_rank
                    from paths
                    group by step_now, label_now) as ranked
                  where label_rank <= {top}
                ),
                named as (
                  select visit, step_now, kept_label, goes_beyond,
                         lead(kept_label) over (partition by visit order by step_now) as next_kept,
                         lead(step_now) over (partition by visit order by step_now) as next_step,
                         lag(step_now) over (partition by visit order by step_now) as step_before
                  from paths left join kept on step_now = kept_step and label_now = kept_label
                )
                select step_now as step_place, kept_label as step_label, step_before is null as is_first,
                       next_step is null as is_last, goes_beyond as is_beyond, next_kept as next_label,
                       count(*) as session_total
                from named
                group by step_place, step_label, is_first, is_last, is_beyond, next_label""")
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
                .put("step", step(question))
                .put("beyond", beyond(question))
                .put("part", part(question))
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

    /** From 0; a path between two events that is too long keeps its first steps and its end. */
    private static Sql step(Question question) {
        return switch (question.mode()) {
            case AFTER -> Sql.of("place - start_place");
            case BEFORE ->
                Sql.template("place - start_place + {last}")
                        .bind("last", question.steps() - 1)
                        .sql();
            case BETWEEN ->
                Sql.template("least(place - start_place, {last})")
                        .bind("last", question.steps() - 1)
                        .sql();
        };
    }

    /** Whether the session goes on where the path is cut: after the last step, or before the first. */
    private static Sql beyond(Question question) {
        var last = question.steps() - 1;
        return switch (question.mode()) {
            case AFTER ->
                Sql.template("(place = start_place + {last} and place < last_place)")
                        .bind("last", last)
                        .sql();
            case BEFORE ->
                Sql.template("(place = start_place - {last} and place > 1)")
                        .bind("last", last)
                        .sql();
            case BETWEEN -> Sql.of("false");
        };
    }

    private static Sql part(Question question) {
        var last = question.steps() - 1;
        return switch (question.mode()) {
            case AFTER ->
                Sql.template("place between start_place and start_place + {last}")
                        .bind("last", last)
                        .sql();
            case BEFORE ->
                Sql.template("place between start_place - {last} and start_place")
                        .bind("last", last)
                        .sql();
            case BETWEEN ->
                Sql.template("place >= start_place and (place = end_place"
                                + " or (place < end_place and place - start_place < {last}))")
                        .bind("last", last)
                        .sql();
        };
    }
}
