package org.openpanelmcp.analytics.engagement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
 * How many people were active on days and in the weeks and months that end with them, added up over the days.
 *
 * <p>The days on which a person was active are the bits of a number, the latest day the lowest. A number shifted down by
 * one and added says who was active on a day or the day before, and so on up to a month. That reads the events once and
 * groups them by person only: by person and day there are several times more groups, which is what takes the time.
 */
final class StickinessQuery {
    static final int WEEK = 7;
    static final int MONTH = 30;

    /** How much wider each step makes the window: 2, 4, 7 days, 14, 28, 30. */
    private static final List<Integer> STEPS = List.of(1, 2, 3, 7, 14, 2);

    /** So many days and a month before them have a bit each. */
    private static final int DAYS_PER_NUMBER = 33;

    private static final int MOST_NUMBERS = 1_000;

    private final ProjectScope scope;
    private final Dialect dialect;
    private final List<Stretch> stretches;
    private final List<TimeRange> reads;

    private StickinessQuery(ProjectScope scope, Dialect dialect, List<Stretch> stretches, List<TimeRange> reads) {
        this.scope = scope;
        this.dialect = dialect;
        this.stretches = stretches;
        this.reads = reads;
    }

    /** People active on each day, in the week and in the month that ends with it, added up over some days. */
    record Sums(double daily, double weekly, double monthly) {
        static Sums read(Row row, int place) {
            return new Sums(
                    row.whole("day_total_" + place),
                    row.whole("week_total_" + place),
                    row.whole("month_total_" + place));
        }
    }

    /** Days that follow each other closely enough to be the bits of one number; {@code asked} are the bits of those asked for. */
    private record Stretch(LocalDate first, LocalDate last, long asked) {}

    /** @param days lists of days, each in their order and not empty */
    static List<Sums> of(ToolCall call, ProjectScope scope, List<List<LocalDate>> days, Filters filters)
            throws QueryFailure {
        var stretches = new ArrayList<Stretch>();
        var ends = new ArrayList<Integer>();
        for (var list : days) {
            stretches.addAll(stretches(list));
            ends.add(stretches.size());
        }
        var reads = days.stream()
                .map(list -> TimeRange.ofDays(monthBefore(list.getFirst()), list.getLast(), scope.zone()))
                .toList();
        var query = new StickinessQuery(scope, call.dialect(), stretches, reads);
        var totals = new ArrayList<Sql>();
        for (int place = 0; place < days.size(); place++) {
            totals.add(query.totals(place, place == 0 ? 0 : ends.get(place - 1), ends.get(place)));
        }
        var sql = Sql.template("select {totals} from {people} as active_people")
                .put("totals", Sql.join(totals, ", "))
                .put("people", query.widened(filters))
                .sql();
        return call.one(
                scope,
                sql,
                row -> IntStream.range(0, days.size())
                        .mapToObj(place -> Sums.read(row, place))
                        .toList());
    }

    private static List<Stretch> stretches(List<LocalDate> days) {
        var stretches = new ArrayList<Stretch>();
        for (int from = 0; from < days.size(); ) {
            var first = days.get(from);
            int until = from;
            while (until < days.size() && days.get(until).isBefore(first.plusDays(DAYS_PER_NUMBER))) {
                until++;
            }
            var last = days.get(until - 1);
            long asked = 0;
            for (var day : days.subList(from, until)) {
                asked |= 1L << (last.toEpochDay() - day.toEpochDay());
            }
            stretches.add(new Stretch(first, last, asked));
            from = until;
        }
        return stretches;
    }

    /** The days within a window of so many days, of one stretch. */
    private static Sql within(int window, int stretch) {
        return Sql.numbered("within_", window * MOST_NUMBERS + stretch);
    }

    private Sql totals(int place, int from, int until) {
        return Sql.template("{daily} as {day_name}, {weekly} as {week_name}, {monthly} as {month_name}")
                .put("daily", total(1, from, until))
                .put("weekly", total(WEEK, from, until))
                .put("monthly", total(MONTH, from, until))
                .put("day_name", Sql.numbered("day_total_", place))
                .put("week_name", Sql.numbered("week_total_", place))
                .put("month_name", Sql.numbered("month_total_", place))
                .sql();
    }

    private Sql total(int window, int from, int until) {
        var counts = new ArrayList<Sql>();
        for (int stretch = from; stretch < until; stretch++) {
            var asked = Sql.value(stretches.get(stretch).asked());
            counts.add(dialect.countBits(dialect.bitsOfBoth(within(window, stretch), asked)));
        }
        return dialect.sum(Sql.join(counts, " + "));
    }

    /** A row for each person, with the days of each stretch and of each window. */
    private Sql widened(Filters filters) {
        var people = people(filters);
        int window = 1;
        for (int step : STEPS) {
            int narrow = window;
            int wide = window + step;
            people = Sql.template("(select *, {wider} from {people} as {name})")
                    .put("wider", each(stretch -> wider(narrow, wide, stretch)))
                    .put("people", people)
                    .put("name", Sql.numbered("people_within_", narrow))
                    .sql();
            window = wide;
        }
        return people;
    }

    private Sql wider(int narrow, int wide, int stretch) {
        var days = within(narrow, stretch);
        return Sql.template("{days} as {name}")
                .put("days", dialect.bitsOfEither(days, dialect.divideWhole(days, Sql.value(1L << (wide - narrow)))))
                .put("name", within(wide, stretch))
                .sql();
    }

    private Sql people(Filters filters) {
        var start = reads.stream().map(TimeRange::start).reduce((one, other) -> one.isBefore(other) ? one : other);
        var end = reads.stream().map(TimeRange::end).reduce((one, other) -> one.isAfter(other) ? one : other);
        var all = new TimeRange(start.orElseThrow(), end.orElseThrow(), scope.zone());
        return Sql.template("""
                (select person, {days}
                 from (
                   select profile_id as person, {day} as active_day
                   from {events}
                   where {all} and ({ranges}) and {people} and {conditions}) as activity
                 group by person)""")
                .put("days", each(this::days))
                .put("day", Buckets.day(all, dialect.epochMillis(Sql.of("created_at")), dialect))
                .put("events", dialect.events(scope))
                .put("all", all.holds(Sql.of("created_at")))
                .put(
                        "ranges",
                        Sql.or(reads.stream()
                                .map(read -> read.holds(Sql.of("created_at")))
                                .toList()))
                .put("people", People.ALL.condition())
                .put("conditions", filters.onEvents(scope, dialect))
                .sql();
    }

    private static LocalDate monthBefore(LocalDate first) {
        return first.minusDays(MONTH - 1L);
    }

    private Sql days(int place) {
        var stretch = stretches.get(place);
        var bit = dialect.bit(Sql.template("({last} - active_day)")
                .bind("last", stretch.last().toEpochDay())
                .sql());
        return Sql.template("{bits} as {name}")
                .put(
                        "bits",
                        dialect.bitsOfAny(Sql.template(
                                        "case when active_day >= {first} and active_day <= {last} then {bit} else 0 end")
                                .bind("first", monthBefore(stretch.first()).toEpochDay())
                                .bind("last", stretch.last().toEpochDay())
                                .put("bit", bit)
                                .sql()))
                .put("name", within(1, place))
                .sql();
    }

    private Sql each(IntFunction<Sql> column) {
        var columns = new ArrayList<Sql>();
        for (int stretch = 0; stretch < stretches.size(); stretch++) {
            columns.add(column.apply(stretch));
        }
        return Sql.join(columns, ", ");
    }
}
