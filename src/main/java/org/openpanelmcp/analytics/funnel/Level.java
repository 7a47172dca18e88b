package org.openpanelmcp.analytics.funnel;

import java.util.List;
import org.openpanelmcp.query.Sql;

/**
 * The names that a step has in SQL, whose text is made of constants.
 *
 * @param index from 0
 * @param number from 1
 * @param mark the column that says whether an event is the step
 * @param reach the table of the events with which it was reached
 */
record Level(int index, Sql number, Sql mark, Sql reach) {
    private static final List<Level> ALL = List.of(
            new Level(0, Sql.of("1"), Sql.of("is_1"), Sql.of("reach_1")),
            new Level(1, Sql.of("2"), Sql.of("is_2"), Sql.of("reach_2")),
            new Level(2, Sql.of("3"), Sql.of("is_3"), Sql.of("reach_3")),
            new Level(3, Sql.of("4"), Sql.of("is_4"), Sql.of("reach_4")),
            new Level(4, Sql.of("5"), Sql.of("is_5"), Sql.of("reach_5")),
            new Level(5, Sql.of("6"), Sql.of("is_6"), Sql.of("reach_6")),
            new Level(6, Sql.of("7"), Sql.of("is_7"), Sql.of("reach_7")),
            new Level(7, Sql.of("8"), Sql.of("is_8"), Sql.of("reach_8")),
            new Level(8, Sql.of("9"), Sql.of("is_9"), Sql.of("reach_9")),
            new Level(9, Sql.of("10"), Sql.of("is_10"), Sql.of("reach_10")));

    static final Level FIRST = ALL.getFirst();
    static final Level SECOND = ALL.get(1);

    static List<Level> of(int steps) {
        return ALL.subList(0, steps);
    }

    Level before() {
        return ALL.get(index - 1);
    }
}
