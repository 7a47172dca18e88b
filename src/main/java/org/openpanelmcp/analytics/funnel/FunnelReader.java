package org.openpanelmcp.analytics.funnel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.analytics.EntryParts;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.text.Quoted;

/** Makes a funnel of the arguments of a call. */
final class FunnelReader {
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

    /** The breakdown, if there is one. */
    static @Nullable EntryParts parts(GetFunnel.Input input) throws BadValue {
        var label = input.breakdown();
        return label == null || label.isEmpty()
                ? null
                : new EntryParts(Dimension.named("breakdown", label), input.limit());
    }
}
