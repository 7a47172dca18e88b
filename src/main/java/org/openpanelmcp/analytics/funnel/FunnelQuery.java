package org.openpanelmcp.analytics.funnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EntryParts;
import org.openpanelmcp.query.ProjectScope;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.QueryFailure;
import org.openpanelmcp.store.Row;
import org.openpanelmcp.tool.ToolCall;

/** How many get from step to step, and how long they take. */
public final class FunnelQuery {
    private FunnelQuery() {}

    /**
     * What is asked beside the whole.
     *
     * @param parts what the funnel is broken down by: the value at the entry, each group's first event of the first step
     * @param bucketKey the bucket of {@code entry_at}, milliseconds since 1970
     */
    public record Detail(
            @Nullable EntryParts parts, @Nullable Sql bucketKey) {
        public static final Detail NONE = new Detail(null, null);

        boolean others(long place) {
            return parts != null && place > parts.most();
        }
    }

    /** How many reached a step. Times in milliseconds, absent on the first step and where nobody reached it. */
    public record Reached(long users, Times fromStart, Times fromPrevious) {
        static final Reached NOBODY = new Reached(0, Times.NONE, Times.NONE);
    }

    /** The middle and the ninth tenth. */
    public record Times(OptionalDouble median, OptionalDouble p90) {
        static final Times NONE = new Times(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * Those who entered with one value, or with any of the values that are not listed.
     *
     * @param value empty when not set, and for the others
     */
    public record Part(String value, boolean others, List<Reached> steps) {}

    /**
     * The answer.
     *
     * @param values how many values there are in all
     * @param buckets by key, those who entered in each; buckets without are absent
     */
    public record Course(List<Reached> whole, List<Part> parts, long values, Map<Long, List<Reached>> buckets) {}

    /** One line of the answer: a step of the whole, of a value or of a bucket. */
    private record Line(String kind, long key, String value, long valuesInAll, int step, Reached reached) {
        static Line read(Row row) {
            return new Line(
                    row.text("part_kind"),
                    row.whole("part_key"),
                    row.text("part_value"),
                    row.whole("value_total"),
                    Math.toIntExact(row.whole("step_no")),
                    new Reached(
                            row.whole("user_total"),
                            new Times(row.fraction("start_median"), row.fraction("start_p90")),
                            new Times(row.fraction("before_median"), row.fraction("before_p90"))));
        }
    }

    /** The course of a funnel whose events all lie in the range. */
    public static Course of(ToolCall call, ProjectScope scope, TimeRange range, Funnel funnel, Detail detail)
            throws QueryFailure {
        var sql = new FunnelSql(call.dialect(), scope, range, funnel).with(detail);
        var whole = nobody(funnel);
        var parts = new TreeMap<Long, Part>();
        var buckets = new TreeMap<Long, List<Reached>>();
        long values = 0;
        for (var line : call.query(scope, sql, Line::read)) {
            var steps = switch (line.kind()) {
                case FunnelSql.WHOLE -> whole;
                case FunnelSql.BUCKET -> buckets.computeIfAbsent(line.key(), key -> nobody(funnel));
                default ->
                    parts.computeIfAbsent(line.key(), key -> part(line, detail.others(key), funnel))
                            .steps();
            };
            steps.set(line.step() - 1, line.reached());
            values = Math.max(values, line.valuesInAll());
        }
        return new Course(whole, List.copyOf(parts.values()), values, buckets);
    }

    private static Part part(Line line, boolean others, Funnel funnel) {
        return new Part(others ? "" : line.value(), others, nobody(funnel));
    }

    private static List<Reached> nobody(Funnel funnel) {
        var steps = new ArrayList<Reached>();
        funnel.steps().forEach(step -> steps.add(Reached.NOBODY));
        return steps;
    }
}
