package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openpanelmcp.query.Beside;
import org.openpanelmcp.query.Buckets;
import org.openpanelmcp.query.Dialect;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Interval;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.query.TimeRange;
import org.openpanelmcp.store.Row;

/**
 * What rows are grouped by, as columns: texts of dimensions, numbers of parts of time.
 *
 * @param buckets those of the question, by their width
 */
record Keys(
        List<Grouping> groupBy,
        TimeRange range,
        Function<Interval, Buckets> buckets,
        Earlier earlier,
        Dialect dialect) {
    private static final String NAME = "group_";

    /** How a bucket of an earlier range finds its counterpart. */
    @FunctionalInterface
    interface Earlier {
        Sql key(Buckets buckets, Sql millis);
    }

    /** The same without any grouping. */
    Keys none() {
        return new Keys(List.of(), range, buckets, earlier, dialect);
    }

    private static Sql column(int place) {
        return Sql.numbered(NAME, place);
    }

    private List<Sql> list() {
        return IntStream.range(0, groupBy.size()).mapToObj(Keys::column).toList();
    }

    /** For a select list or {@code group by}: all of them. */
    Sql columns() {
        return Sql.join(list(), ", ");
    }

    /** For a select list over rows with {@code created_at} and the values of dimensions beside them. */
    List<Sql> values(Sql segment) {
        var values = new ArrayList<Sql>();
        for (int place = 0; place < groupBy.size(); place++) {
            values.add(Sql.template("{value} as {name}")
                    .put("value", value(place, segment))
                    .put("name", column(place))
                    .sql());
        }
        return values;
    }

    private Sql value(int place, Sql segment) {
        var millis = dialect.epochMillis(Sql.of("created_at"));
        return switch (groupBy.get(place)) {
            case Grouping.Values _ -> Beside.column(place);
            case Grouping.Course(Interval interval) -> earlier.key(buckets.apply(interval), millis);
            case Grouping.Rhythm rhythm -> rhythm.of(range, millis, dialect);
            case Grouping.Segment _ ->
                Sql.template("case when {segment} then 'matching' else 'others' end")
                        .put("segment", segment)
                        .sql();
        };
    }

    /** The key of a row of the answer: texts and whole numbers. */
    List<Object> read(Row row) {
        var key = new ArrayList<Object>();
        for (int place = 0; place < groupBy.size(); place++) {
            var name = NAME + place;
            key.add(groupBy.get(place).isTime() ? (Object) row.whole(name) : row.text(name));
        }
        return key;
    }

    /** One of these keys, on rows that have the columns. */
    Sql oneOf(List<List<Object>> keys) {
        return Sql.template("{print} in ({keys})")
                .put("print", print(list().stream().map(Keys::text).toList()))
                .put(
                        "keys",
                        Sql.join(
                                keys.stream()
                                        .map(key -> print(key.stream()
                                                .map(part -> Sql.value(part.toString()))
                                                .toList()))
                                        .toList(),
                                ", "))
                .sql();
    }

    /** Engines look one number up much faster than several texts. */
    private Sql print(List<Sql> parts) {
        var print = dialect.fingerprint(parts.getFirst(), Sql.of("''"));
        for (var part : parts.subList(1, parts.size())) {
            print = dialect.fingerprint(part, text(print));
        }
        return print;
    }

    private static Sql text(Sql value) {
        return Sql.template("cast({value} as varchar)").put("value", value).sql();
    }
}
