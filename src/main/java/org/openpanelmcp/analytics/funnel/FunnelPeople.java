package org.openpanelmcp.analytics.funnel;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.PeopleBehind.Behind;
import org.openpanelmcp.analytics.PeopleChoice;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.text.Quoted;
import org.openpanelmcp.tool.RowName;
import org.openpanelmcp.tool.ToolCall;

/** Who reached a step of a funnel, or dropped out after it. Used by one thread. */
final class FunnelPeople {
    private static final List<String> FIELDS = List.of("value", "other", "date");
    private static final String EXAMPLE = "{\"value\":\"mobile\"}";

    private final GetFunnel.Input input;
    private final ToolCall call;
    private final ProjectScope scope;
    private final Funnel funnel;
    private final TimeRange range;

    private FunnelPeople(GetFunnel.Input input, ToolCall call) throws BadValue {
        this.input = input;
        this.call = call;
        this.scope = call.project(input.project());
        this.funnel = FunnelReader.funnel(input);
        this.range = call.range(scope, input.dates());
    }

    static Behind behind(GetFunnel.Input input, PeopleChoice choice, ToolCall call, String tool)
            throws BadValue, QueryFailure {
        choice.takes(tool, List.of("step", "dropped", "row"));
        return new FunnelPeople(input, call).of(choice, tool);
    }

    private Behind of(PeopleChoice choice, String tool) throws BadValue, QueryFailure {
        int step = step(choice);
        var row = choice.row() == null ? null : choice.row(tool, FIELDS, EXAMPLE);
        boolean dated = row != null && row.fields().containsKey("date");
        var which = row == null
                ? new FunnelSql.Reaching(step, choice.dropped(), FunnelQuery.Detail.NONE, null, 0)
                : dated ? inBucket(step, choice.dropped(), row) : ofPart(step, choice.dropped(), row);
        var groups = new FunnelSql(call.dialect(), scope, range, funnel).reaching(which);
        var part = which.part();
        return new Behind(
                scope,
                funnel.unit() == Funnel.Unit.PROFILE_ID ? people(groups) : Behind.ofSessions(groups, scope, call),
                described(choice, step, row),
                range,
                row == null || part == null ? Behind.NONE : () -> mustExist(row, part));
    }

    private static Sql people(Sql groups) {
        return Sql.template("select group_id as person_id from ({groups}) as reaching")
                .put("groups", groups)
                .sql();
    }

    private int step(PeopleChoice choice) throws BadValue {
        int steps = funnel.steps().size();
        var step = choice.step();
        if (step == null || step > steps) {
            throw new BadValue(
                    "step",
                    (step == null ? "step is missing" : "The funnel has no step " + step) + ": take one from 1 to "
                            + steps + "; with dropped, to " + (steps - 1) + ".");
        }
        if (choice.dropped() && step == steps) {
            throw new BadValue(
                    "dropped",
                    "Step " + step + " is the last one: nobody drops out after it. Take a step from 1 to " + (steps - 1)
                            + ", or leave dropped out.");
        }
        return step;
    }

    private FunnelSql.Reaching ofPart(int step, boolean dropped, RowName row) throws BadValue {
        var parts = FunnelReader.parts(input);
        if (parts == null) {
            throw new BadValue("row", "This funnel has no breakdown: leave row out, or ask get_funnel with breakdown.");
        }
        var part = new FunnelSql.PartName(row.value("value"), row.value("other").equals("true"));
        return new FunnelSql.Reaching(step, dropped, new FunnelQuery.Detail(parts, null), part, 0);
    }

    private FunnelSql.Reaching inBucket(int step, boolean dropped, RowName row) throws BadValue {
        var interval = input.interval();
        if (interval == null) {
            throw new BadValue(
                    "row.date", "This funnel has no series: leave date out, or ask get_funnel with interval.");
        }
        if (row.fields().size() > 1) {
            throw new BadValue(
                    "row", "The series of a funnel is not broken down: give date, or value and other, not both.");
        }
        var buckets = Buckets.of(range, interval);
        var key = buckets.key(Sql.of("entry_at"), call.dialect());
        var bucket = bucket(buckets, row);
        return new FunnelSql.Reaching(step, dropped, new FunnelQuery.Detail(null, key), null, bucket.key());
    }

    private static Buckets.Bucket bucket(Buckets buckets, RowName row) throws BadValue {
        var wanted = moment(row.value("date"));
        for (var bucket : buckets.list()) {
            if (wanted != null && bucket.start().isEqual(wanted)) {
                return bucket;
            }
        }
        throw PeopleChoice.noSuchRow(
                row,
                buckets.list().stream()
                        .map(bucket -> RowName.of("date", bucket.start().toString()))
                        .toList());
    }

    private static @Nullable OffsetDateTime moment(String written) {
        try {
            return OffsetDateTime.parse(written);
        } catch (DateTimeException none) {
            return null;
        }
    }

    private String described(PeopleChoice choice, int step, @Nullable RowName row) {
        var people = funnel.unit() == Funnel.Unit.PROFILE_ID
                ? "People who"
                : "People on record for the sessions (one person may have several) that";
        return people + " reached step " + step + " ("
                + Quoted.shortened(funnel.steps().get(step - 1).name()) + ")"
                + (choice.dropped() ? " but not step " + (step + 1) : "") + " of get_funnel"
                + (row == null ? "" : ", row " + Quoted.shortened(row.toString()));
    }

    private void mustExist(RowName row, FunnelSql.PartName wanted) throws BadValue, QueryFailure {
        var parts = FunnelReader.parts(input);
        var course = FunnelQuery.of(call, scope, range, funnel, new FunnelQuery.Detail(parts, null));
        boolean known = course.parts().stream()
                .anyMatch(part -> part.others() == wanted.others()
                        && (part.others() || part.value().equals(wanted.value())));
        if (!known) {
            throw PeopleChoice.noSuchRow(
                    row,
                    course.parts().stream()
                            .map(part ->
                                    part.others() ? RowName.of("other", "true") : RowName.of("value", part.value()))
                            .toList());
        }
    }
}
