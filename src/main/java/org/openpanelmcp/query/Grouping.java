package org.openpanelmcp.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/** By what figures are broken down: a dimension, or a part of time. */
public sealed interface Grouping {
    /** As the caller writes it. */
    String label();

    /** The values of a dimension. */
    record Values(Dimension dimension) implements Grouping {
        @Override
        public String label() {
            return dimension.label();
        }
    }

    /** The buckets of a series. */
    record Course(Interval interval) implements Grouping {
        @Override
        public String label() {
            return interval.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What comes round again and again: the time at which it happened, whichever day that was. */
    enum Rhythm implements Grouping {
        /** 0 to 23 by the project's clock; the repeated hour of autumn is one with the first. */
        HOUR_OF_DAY,
        /** 0 to 6, Monday first. */
        WEEKDAY;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The number of a row of the range. */
        public Sql of(TimeRange range, Sql millis, Dialect dialect) {
            return switch (this) {
                case HOUR_OF_DAY ->
                    Sql.template("({hours} % 24)")
                            .put(
                                    "hours",
                                    dialect.divideWhole(
                                            Buckets.local(range, Interval.HOUR, millis), Sql.value(3_600_000L)))
                            .sql();
                // 1970-01-01 was a Thursday.
                case WEEKDAY ->
                    Sql.template("(({days} + 3) % 7)")
                            .put("days", Buckets.day(range, millis, dialect))
                            .sql();
            };
        }
    }

    /** Those who fulfil some conditions, and all others. */
    record Segment() implements Grouping {
        @Override
        public String label() {
            return "segment";
        }
    }

    /** Whether it has a natural order, and values that are there even when nothing happened. */
    default boolean isTime() {
        return this instanceof Course || this instanceof Rhythm;
    }

    /** @throws BadValue naming the nearest one when there is none of that name */
    static Grouping named(String argument, String label) throws BadValue {
        var time = times().stream().filter(one -> one.label().equals(label)).findFirst();
        if (time.isPresent()) {
            return time.get();
        }
        Optional<String> near =
                Nearest.to(label, times().stream().map(Grouping::label).toList());
        if (near.isPresent() && Nearest.to(label, Dimension.labels()).isEmpty()) {
            throw new BadValue(
                    argument,
                    "There is no dimension " + Quoted.of(label) + ". Did you mean " + Quoted.of(near.get()) + "?");
        }
        return new Values(Dimension.named(argument, label));
    }

    /** All parts of time. */
    static List<Grouping> times() {
        var times = new ArrayList<Grouping>();
        Arrays.stream(Interval.values()).map(Course::new).forEach(times::add);
        times.addAll(List.of(Rhythm.values()));
        return times;
    }
}
