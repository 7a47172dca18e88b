package org.openpanelmcp.analytics.funnel;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Field;
import org.openpanelmcp.text.Quoted;

/** Makes a funnel of the arguments of a call. */
final class FunnelReader {
    private static final Set<String> OF_PEOPLE = Set.of("profile", "group");

    private FunnelReader() {}

    static Funnel funnel(GetFunnel.Input input) throws BadValue {
        var names = input.steps().stream().map(Funnel.Step::name).toList();
        checkNames("steps", names);
        checkNames("exclude", input.exclude());
        for (int i = 0; i < input.exclude().size(); i++) {
            var name = input.exclude().get(i);
            if (names.contains(name)) {
                throw new BadValue(
                        "exclude[" + i + "]",
                        Quoted.of(name) + " is a step of the funnel and cannot end it as well. Take it out of exclude"
                                + " or out of steps.");
            }
        }
        return new Funnel(
                input.steps(),
                Duration.ofHours(input.windowHours()),
                input.groupBy(),
                input.order(),
                input.exclude(),
                input.filters());
    }

    private static void checkNames(String argument, List<String> names) throws BadValue {
        int at = names.indexOf("");
        if (at >= 0) {
            throw new BadValue(
                    argument + "[" + at + "]",
                    argument + "[" + at + "] names no event; list_event_names gives all names.");
        }
    }

    /** @throws BadValue for what an event does not have */
    static @Nullable Dimension breakdown(@Nullable String label) throws BadValue {
        if (label == null || label.isEmpty()) {
            return null;
        }
        int dot = label.indexOf('.');
        if (dot > 0 && OF_PEOPLE.contains(label.substring(0, dot))) {
            throw new BadValue(
                    "breakdown",
                    "A funnel is broken down by what its entry event says; properties of profiles and groups are not"
                            + " known to it. Take a column such as country or referrer_name, or properties.<key> for a"
                            + " property of the event.");
        }
        var dimension = Dimension.named("breakdown", label);
        if (dimension instanceof Dimension.Column(Field field)
                && field.onEvents().isEmpty()
                && !label.startsWith("utm_")) {
            throw new BadValue(
                    "breakdown",
                    Quoted.of(label) + " belongs to sessions, and a funnel is broken down by what its entry event says."
                            + " Take path or origin of the entry event; in filters " + label + " is allowed.");
        }
        return dimension;
    }
}
