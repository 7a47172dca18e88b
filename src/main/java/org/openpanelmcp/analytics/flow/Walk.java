package org.openpanelmcp.analytics.flow;

import com.google.errorprone.annotations.CompileTimeConstant;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Sql;

/**
 * How a session is walked, away from its first start event.
 *
 * @param direction of time
 * @param kept which of the session's events lie on the way; the same one several times in a row is one
 * @param endColumns where the way ends early: {@code end_place}, and {@code end_label}, what is there
 * @param part what of the way is a path, by {@code distance} from the start
 * @param step from 0
 * @param next what follows in time
 * @param first whether it is the path's first step in time
 * @param last whether it is the path's last step in time
 * @param beyond whether the session goes on where the path is cut
 */
record Walk(Sql direction, Sql kept, Sql endColumns, Sql part, Sql step, Sql next, Sql first, Sql last, Sql beyond) {
    private static final Sql CHANGED_FROM_START =
            Sql.of("starts >= 1 and (begins or label_before is null or label_before <> label_now)");
    private static final Sql NO_END = Sql.of("null as end_place, null as end_label");

    static Walk of(FlowQuery.Mode mode, int steps, Dialect dialect) {
        var last = Sql.value((long) steps - 1);
        return switch (mode) {
            case AFTER -> after(last);
            case BEFORE -> before(last);
            case BETWEEN -> between(last, dialect);
        };
    }

    private static Walk after(Sql last) {
        return new Walk(
                Sql.of("asc"),
                CHANGED_FROM_START,
                NO_END,
                with("distance <= {last}", last),
                Sql.of("distance"),
                with("case when distance < {last} then farther_label end", last),
                Sql.of("distance = 0"),
                with("(distance = {last} or farther_label is null)", last),
                with("(distance = {last} and farther_label is not null)", last));
    }

    private static Walk before(Sql last) {
        return new Walk(
                Sql.of("desc"),
                Sql.of("(starts = 0 or begins) and (label_before is null or label_before <> label_now)"),
                NO_END,
                with("distance <= {last}", last),
                with("{last} - distance", last),
                Sql.of("nearer_label"),
                with("(distance = {last} or farther_label is null)", last),
                Sql.of("distance = 0"),
                with("(distance = {last} and farther_label is not null)", last));
    }

    /** A path between two events that is too long keeps its first steps and its end. */
    private static Walk between(Sql last, Dialect dialect) {
        var end = Sql.of("case when is_end and not begins then event_place end");
        return new Walk(
                Sql.of("asc"),
                CHANGED_FROM_START,
                Sql.template("min({end}) over (partition by visit) as end_place,"
                                + " {label} over (partition by visit) as end_label")
                        .put("end", end)
                        .put("label", dialect.ofEarliest(Sql.of("label_now"), end))
                        .sql(),
                with("(event_place = end_place or (event_place < end_place and distance < {last}))", last),
                with("least(distance, {last})", last),
                with(
                        "case when event_place = end_place then null when distance = {last} - 1 then end_label"
                                + " else farther_label end",
                        last),
                Sql.of("distance = 0"),
                Sql.of("event_place = end_place"),
                Sql.of("false"));
    }

    private static Sql with(@CompileTimeConstant String text, Sql last) {
        return Sql.template(text).put("last", last).sql();
    }
}
