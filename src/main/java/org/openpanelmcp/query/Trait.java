package org.openpanelmcp.query;

import java.util.List;
import java.util.Optional;

/** What is known of a person or a group: a column of its table, or a property. */
public sealed interface Trait {
    Column GROUP_ID = new Column("id", Sql.of("id"));

    /** Those of profiles that have a name of their own. */
    List<Trait> OF_PROFILES = List.of(
            new Column("first_name", Sql.of("first_name")),
            new Column("last_name", Sql.of("last_name")),
            new Column("email", Sql.of("email")));

    /** Those of groups that have a name of their own. */
    List<Trait> OF_GROUPS = List.of(GROUP_ID, new Column("type", Sql.of("type")), new Column("name", Sql.of("name")));

    /** As the caller writes it behind {@code profile.} or {@code group.}. */
    String label();

    /** The value on a row of the table; null where nothing is known. */
    Sql value(Dialect dialect);

    /** A column of the table. */
    record Column(String label, Sql column) implements Trait {
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

    /** The trait of that label, among these and all properties. */
    static Optional<Trait> labelled(List<Trait> named, String label) {
        return label.startsWith(Dimension.PROPERTY_PREFIX) && label.length() > Dimension.PROPERTY_PREFIX.length()
                ? Optional.of(new Property(label.substring(Dimension.PROPERTY_PREFIX.length())))
                : named.stream().filter(trait -> trait.label().equals(label)).findFirst();
    }
}
