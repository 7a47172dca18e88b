package org.openpanelmcp.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/** What a filter or a breakdown names: a column, a property of the event, or what is known of the person or the groups. */
public sealed interface Dimension {
    String PROPERTY_PREFIX = "properties.";
    String PROFILE_PREFIX = "profile.";
    String GROUP_PREFIX = "group.";

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

    /** A trait of the person, as it is known now; nothing is known of who has no profile. */
    record OfProfile(Trait trait) implements Dimension {
        @Override
        public String label() {
            return PROFILE_PREFIX + trait.label();
        }
    }

    /** A trait of each group that the event or session belongs to, as it is known now. */
    record OfGroup(Trait trait) implements Dimension {
        @Override
        public String label() {
            return GROUP_PREFIX + trait.label();
        }
    }

    /** @throws BadValue naming the nearest dimension when there is none of that name */
    static Dimension named(String argument, String label) throws BadValue {
        var dimension = known(label);
        if (dimension.isPresent()) {
            return dimension.get();
        }
        var meant = new ArrayList<>(
                Nearest.several(label, labels(), 1).stream().map(Quoted::of).toList());
        meant.add(Quoted.of(PROPERTY_PREFIX + label));
        throw new BadValue(
                argument,
                "There is no dimension " + Quoted.of(label) + ". Did you mean " + String.join(" or ", meant)
                        + "? Allowed are " + String.join(", ", labels()) + ", and " + PROPERTY_PREFIX
                        + "<key> for a property of the event, " + PROFILE_PREFIX + PROPERTY_PREFIX
                        + "<key> of the person, "
                        + GROUP_PREFIX + PROPERTY_PREFIX + "<key> of its groups.");
    }

    private static Optional<Dimension> known(String label) {
        if (label.startsWith(PROPERTY_PREFIX) && label.length() > PROPERTY_PREFIX.length()) {
            return Optional.of(new Property(label.substring(PROPERTY_PREFIX.length())));
        }
        if (label.startsWith(PROFILE_PREFIX)) {
            return Trait.labelled(Trait.OF_PROFILES, label.substring(PROFILE_PREFIX.length()))
                    .map(OfProfile::new);
        }
        if (label.startsWith(GROUP_PREFIX)) {
            return Trait.labelled(Trait.OF_GROUPS, label.substring(GROUP_PREFIX.length()))
                    .map(OfGroup::new);
        }
        return Field.labelled(label).map(Column::new);
    }

    /** All that have a fixed name. */
    static List<String> labels() {
        return Stream.of(
                        Field.labels().stream(),
                        Trait.OF_PROFILES.stream().map(trait -> PROFILE_PREFIX + trait.label()),
                        Trait.OF_GROUPS.stream().map(trait -> GROUP_PREFIX + trait.label()))
                .flatMap(labels -> labels)
                .toList();
    }
}
