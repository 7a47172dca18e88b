package org.openpanelmcp.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of a person or a group: a column of its table, or a property. */
public sealed interface Trait {
    /** As the caller writes it behind {@code profile.} or {@code group.}. */
    String label();

    /** The value on a row of the table; null where nothing is known. */
    Sql value(Dialect dialect);

    /** A column of profiles. */
    enum OfProfile implements Trait {
        FIRST_NAME(Sql.of("first_name")),
        LAST_NAME(Sql.of("last_name")),
        EMAIL(Sql.of("email"));

        private final Sql column;

        OfProfile(Sql column) {
            this.column = column;
        }

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Sql value(Dialect dialect) {
            return column;
        }
    }

    /** A column of groups. */
    enum OfGroup implements Trait {
        ID(Sql.of("id")),
        TYPE(Sql.of("type")),
        NAME(Sql.of("name"));

        private final Sql column;

        OfGroup(Sql column) {
            this.column = column;
        }

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Sql value(Dialect dialect) {
            return column;
        }
    }

    /** A property of a profile or a group. */
    record Property(String key) implements Trait {
        @Override
        public String label() {
            return Dimension.PROPERTY_PREFIX + key;
        }

        @Override
        public Sql value(Dialect dialect) {
            return dialect.property(Sql.of("properties"), Sql.value(key));
        }
    }

    /** The trait of that label, among these columns and all properties. */
    static Optional<Trait> labelled(List<? extends Trait> columns, String label) {
        return label.startsWith(Dimension.PROPERTY_PREFIX) && label.length() > Dimension.PROPERTY_PREFIX.length()
                ? Optional.of(new Property(label.substring(Dimension.PROPERTY_PREFIX.length())))
                : columns.stream()
                        .filter(trait -> trait.label().equals(label))
                        .<Trait>map(trait -> trait)
                        .findFirst();
    }

    static List<Trait> ofProfiles() {
        return Arrays.asList(OfProfile.values());
    }

    static List<Trait> ofGroups() {
        return Arrays.asList(OfGroup.values());
    }
}
