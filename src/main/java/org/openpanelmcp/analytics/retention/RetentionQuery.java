package org.openpanelmcp.analytics.retention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EntryParts;
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

    /** The people who began with one value, or with any of the values that are not listed. */
    public record Part(String value, boolean others, List<Cohort> cohorts) {}

    /** The values with most people, the others last; {@code values} is how many there are in all. */
    public record Split(List<Part> parts, long values) {}

    /** Some of the people of one cohort, by the interval in which they came back. */
    private record Line(
            long part, String value, long valuesInAll, long cohort, long period, long people, long returned) {
        static Line read(Row row) {
            return new Line(
                    row.whole("part_key"),
                    row.text("part_text"),
                    row.whole("value_count"),
                    row.whole("cohort_key"),
                    row.whole("period_key"),
                    row.whole("people_total"),
                    row.whole("returned_total"));
        }
    }

    /** The cohorts with people, in the order of time. */
    public static List<Cohort> of(ToolCall call, ProjectScope scope, Question question) throws QueryFailure {
        var sql = new RetentionSql(call.dialect(), scope, question, call.now()).whole();
        return cohorts(call.query(scope, sql, Line::read), question);
    }

    /**
     * The people of one cohort, as {@code person_id}.
     *
     * @param cohort the place of its interval among those of the question
     * @param period only those who are counted as returned so many intervals later; null for all
     */
    static Sql people(ToolCall call, ProjectScope scope, Question question, int cohort, @Nullable Integer period) {
        var intervals = question.buckets().list();
        return new RetentionSql(call.dialect(), scope, question, call.now())
                .people(
                        intervals.get(cohort).key(),
                        period == null ? null : intervals.get(cohort + period).key());
    }

    /** The same people by a value at their start event. */
    public static Split split(ToolCall call, ProjectScope scope, Question question, EntryParts by) throws QueryFailure {
        var sql = new RetentionSql(call.dialect(), scope, question, call.now()).by(by);
        var byPart = new TreeMap<Long, List<Line>>();
        for (var line : call.query(scope, sql, Line::read)) {
            byPart.computeIfAbsent(line.part(), part -> new ArrayList<>()).add(line);
        }
        var parts = new ArrayList<Part>();
        byPart.forEach((place, lines) -> {
            boolean others = place > by.most();
            parts.add(new Part(others ? "" : lines.getFirst().value(), others, cohorts(lines, question)));
        });
        return new Split(
                parts,
                byPart.isEmpty() ? 0 : byPart.firstEntry().getValue().getFirst().valuesInAll());
    }

    private static List<Cohort> cohorts(List<Line> lines, Question question) {
        var places = new HashMap<Long, Integer>();
        for (var bucket : question.buckets().list()) {
            places.put(bucket.key(), places.size());
        }
        var byCohort = new TreeMap<Integer, List<Line>>();
        for (var line : lines) {
            byCohort.computeIfAbsent(place(places, line.cohort()), key -> new ArrayList<>())
                    .add(line);
        }
        return byCohort.entrySet().stream()
                .map(entry -> cohort(entry.getKey(), entry.getValue(), places, question.criterion()))
                .toList();
    }

    private static int place(Map<Long, Integer> places, long key) {
        return Objects.requireNonNull(places.get(key));
    }

    private static Cohort cohort(int place, List<Line> lines, Map<Long, Integer> places, Criterion criterion) {
        var returned = new long[places.size() - place];
        long size = 0;
        for (var line : lines) {
            if (criterion == Criterion.ON_OR_AFTER || line.period() == line.cohort()) {
                size += line.people();
            }
            if (line.period() != RetentionSql.NEVER && line.returned() > 0) {
                returned[place(places, line.period()) - place] += line.returned();
            }
        }
        if (criterion == Criterion.ON_OR_AFTER) {
            for (int i = returned.length - 2; i >= 0; i--) {
                returned[i] += returned[i + 1];
            }
        }
        return new Cohort(place, size, returned);
    }
}
