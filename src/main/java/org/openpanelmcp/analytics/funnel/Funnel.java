package org.openpanelmcp.analytics.funnel;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Sql;
import org.openpanelmcp.tool.OrText;
import org.openpanelmcp.tool.Param;

/**
 * A way through events that people or sessions take.
 *
 * @param steps from 2 to 10
 * @param window the most time between the entry and any later step, itself included
 * @param excluded names of events that end a way when one lies between its entry and a step
 * @param filters what the events of all steps must match
 */
public record Funnel(
        List<Step> steps, Duration window, Unit unit, Order order, List<String> excluded, Filters filters) {
    public static final int FEWEST_STEPS = 2;
    public static final int MOST_STEPS = 10;

    public Funnel {
        steps = List.copyOf(steps);
        excluded = List.copyOf(excluded);
    }

    /** The events that are a step: those of the name that match the filters. */
    public record Step(
            @Param("Event name") String name,
            @Param("Only events that match") Filters filters,

            @Param("Name of the step in the answer") @Nullable
            String label)
            implements OrText {}

    /** Who takes the way. Named like the column of events that holds the id. */
    public enum Unit {
        SESSION_ID(Sql.of("session_id"), "Sessions"),
        PROFILE_ID(Sql.of("profile_id"), "People (profile ids, device ids while anonymous)");

        private final Sql column;
        private final String plural;

        Unit(Sql column, String plural) {
            this.column = column;
            this.plural = plural;
        }

        Sql column() {
            return column;
        }

        String plural() {
            return plural;
        }
    }

    /** When one event comes after another. */
    public enum Order {
        /** At a later millisecond, or at the same one and an event of a later step: one event is one step only. */
        ORDERED,
        /** At a later millisecond. */
        STRICT_INCREASE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether an event can be more than one of the steps. */
    boolean repeats() {
        return steps.stream().map(Step::name).distinct().count() < steps.size();
    }

    List<Level> levels() {
        return Level.of(steps.size());
    }
}
