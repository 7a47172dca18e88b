package org.openpanelmcp.query;

import java.util.List;
import org.openpanelmcp.text.Nearest;

/** What a filter or a breakdown names: a column, or a property of the event. */
public sealed interface Dimension {
    String PROPERTY_PREFIX = "properties.";

    /** As the caller writes it. */
    String label();

    /** A column of events or sessions. */
    record Column(Field field) implements Dimension {
        @Override
        public String label() {
            return field.label();
        }
    }

    /** A property that was sent with the event. */
    record Property(String key) implements Dimension {
        @Override
        public String label() {
            return PROPERTY_PREFIX + key;
        }
    }

    /** @throws BadValue naming the nearest dimension when there is none of that name */
    static Dimension named(String argument, String label) throws BadValue {
        if (label.startsWith(PROPERTY_PREFIX) && label.length() > PROPERTY_PREFIX.length()) {
            return new Property(label.substring(PROPERTY_PREFIX.length()));
        }
        var field = Field.labelled(label);
        if (field.isPresent()) {
            return new Column(field.get());
        }
        var near = Nearest.several(label, Field.labels(), 2);
        var meant = near.isEmpty() && !label.contains(".") ? List.of(PROPERTY_PREFIX + label) : near;
        throw new BadValue(
                argument,
                "There is no dimension \"" + label + "\"."
                        + (meant.isEmpty() ? "" : " Did you mean " + quoted(meant) + "?")
                        + " Allowed are " + String.join(", ", Field.labels())
                        + ", and " + PROPERTY_PREFIX + "<key> for a property of the event.");
    }

    private static String quoted(List<String> labels) {
        return "\"" + String.join("\" or \"", labels) + "\"";
    }
}
