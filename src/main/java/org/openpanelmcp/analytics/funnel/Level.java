package org.openpanelmcp.analytics.funnel;

import java.util.List;
import java.util.stream.IntStream;
import org.openpanelmcp.query.Sql;

/**
 * The names that a step has in SQL.
 *
 * @param index from 0
 * @param number from 1
 * @param mark the column that says whether an event is the step
 * @param reach the table of the events with which it was reached
 */
record Level(int index, Sql number, Sql mark, Sql reach) {
    private static final List<Level> ALL =
            IntStream.range(0, Funnel.MOST_STEPS).mapToObj(Level::at).toList();

    static final Level FIRST = ALL.getFirst();
    static final Level SECOND = ALL.get(1);

    private static Level at(int index) {
        int number = index + 1;
        return new Level(index, Sql.numbered("", number), Sql.numbered("is_", number), Sql.numbered("reach_", number));
    }

    static List<Level> of(int steps) {
        return ALL.subList(0, steps);
    }

    Level before() {
        return ALL.get(index - 1);
    }
}
