package org.openpanelmcp.query;

import java.util.ArrayList;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

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
        var meant = new ArrayList<>(Nearest.several(label, Field.labels(), 1).stream()
                .map(Quoted::of)
                .toList());
        meant.add(Quoted.of(PROPERTY_PREFIX + label));
        throw new BadValue(
                argument,
                "There is no dimension " + Quoted.of(label) + ". Did you mean " + String.join(" or ", meant)
                        + "? Allowed are " + String.join(", ", Field.labels()) + ", and " + PROPERTY_PREFIX
                        + "<key> for a property of the event.");
    }
}
