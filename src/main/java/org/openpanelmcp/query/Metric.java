package org.openpanelmcp.query;

import java.util.Optional;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/**
 * A measure with its argument, as somebody asks for it: {@code sessions}, {@code conversion_rate(sign_up)},
 * {@code sum(properties.price)}.
 *
 * @param argument the event's name or the property's key; empty: none
 */
public record Metric(Measure measure, String argument) {
    /** As the caller writes it. */
    public String label() {
        if (argument.isEmpty()) {
            return measure.label();
        }
        var inner = measure.argument() == Measure.Argument.PROPERTY ? Dimension.PROPERTY_PREFIX + argument : argument;
        return measure.label() + "(" + inner + ")";
    }

    /** The event that it is about by itself. */
    public Optional<String> event() {
        return measure.argument() == Measure.Argument.PROPERTY || argument.isEmpty()
                ? Optional.empty()
                : Optional.of(argument);
    }

    /** @throws BadValue naming the nearest measure when there is none of that name, or what its argument must be */
    public static Metric named(String argument, String written) throws BadValue {
        int open = written.indexOf('(');
        boolean hasArgument = open > 0 && written.endsWith(")");
        var name = hasArgument ? written.substring(0, open) : written;
        var measure = Measure.labelled(name);
        if (measure.isEmpty()) {
            throw new BadValue(argument, unknown(written, name));
        }
        var inner = hasArgument ? written.substring(open + 1, written.length() - 1) : "";
        return of(argument, measure.get(), inner, hasArgument);
    }

    private static Metric of(String argument, Measure measure, String inner, boolean hasArgument) throws BadValue {
        switch (measure.argument()) {
            case NONE -> {
                if (hasArgument) {
                    throw new BadValue(
                            argument, measure.label() + " takes nothing in parentheses; narrow it down with filters.");
                }
            }
            case EVENT -> {
                if (inner.isEmpty()) {
                    throw new BadValue(
                            argument,
                            measure.label() + " needs an event: " + measure.label()
                                    + "(sign_up), for example. list_event_names gives all names.");
                }
            }
            case OPTIONAL_EVENT -> {
                if (hasArgument && inner.isEmpty()) {
                    throw new BadValue(
                            argument,
                            "The parentheses of " + measure.label() + "() are empty: name an event, or leave them out"
                                    + " for all events.");
                }
            }
            case PROPERTY -> {
                return new Metric(measure, key(argument, measure, inner));
            }
        }
        return new Metric(measure, inner);
    }

    private static String key(String argument, Measure measure, String inner) throws BadValue {
        if (inner.startsWith(Dimension.PROPERTY_PREFIX) && inner.length() > Dimension.PROPERTY_PREFIX.length()) {
            return inner.substring(Dimension.PROPERTY_PREFIX.length());
        }
        var meant = inner.isEmpty() ? "price" : Quoted.shortened(inner);
        throw new BadValue(
                argument,
                measure.label() + " needs a property of events: " + measure.label() + "(" + Dimension.PROPERTY_PREFIX
                        + meant + "), for example. list_event_properties gives all keys.");
    }

    private static String unknown(String written, String name) {
        var near = Nearest.to(name, Measure.labels()).map(label -> " Did you mean " + Quoted.of(label) + "?");
        return "There is no measure " + Quoted.of(written) + "." + near.orElse("") + " Allowed are "
                + String.join(", ", Measure.forms()) + ".";
    }
}
