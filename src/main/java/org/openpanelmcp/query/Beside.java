package org.openpanelmcp.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows of events or sessions with the values of dimensions beside them, as {@code dim_0}, {@code dim_1} … (texts; empty
 * is not set), whichever table they come from. A row that belongs to several groups is there once for each distinct value
 * of theirs.
 */
public final class Beside {
    private final ProjectScope scope;
    private final Dialect dialect;
    private final Rows rows;
    private final Sql only;
    private final List<Sql> values = new ArrayList<>();
    private final List<Sql> joins = new ArrayList<>();

    /** Which rows. */
    public enum Rows {
        /** UTM columns are parameters of the event's own address. */
        EVENTS,
        /** UTM columns are those of the event's session. */
        EVENTS_OF_SESSIONS,
        SESSIONS
    }

    private Beside(ProjectScope scope, Dialect dialect, Rows rows, Sql only) {
        this.scope = scope;
        this.dialect = dialect;
        this.rows = rows;
        this.only = only;
    }

    /** The name of the n-th value, from 0. */
    public static Sql column(int place) {
        return Sql.numbered("dim_", place);
    }

    /**
     * The rows as a table to select from.
     *
     * @param dimensions by the place of their values
     * @param groups only values of groups that fulfil these conditions count; others are not set
     * @param only a condition on the table's own columns: what is beside other rows is not looked for
     */
    public static Sql rows(
            ProjectScope scope,
            Dialect dialect,
            Rows rows,
            Map<Integer, Dimension> dimensions,
            List<Filter> groups,
            Sql only) {
        var beside = new Beside(scope, dialect, rows, only);
        dimensions.forEach((place, dimension) -> beside.add(place, dimension, groups));
        return beside.sql();
    }

    private Sql sql() {
        var table = rows == Rows.SESSIONS ? dialect.sessions(scope) : dialect.events(scope);
        if (values.isEmpty()) {
            return table;
        }
        return Sql.template("(select rows_of.*, {values} from {table} as rows_of {joins})")
                .put("values", Sql.join(values, ", "))
                .put("table", table)
                .put("joins", Sql.join(joins, " "))
                .sql();
    }

    private void add(int place, Dimension dimension, List<Filter> groups) {
        switch (dimension) {
            case Dimension.OfProfile(Trait trait) -> join(place, profiles(place, trait), Sql.of("rows_of.profile_id"));
            case Dimension.OfGroup(Trait trait) -> join(place, groups(place, trait, groups), Sql.of("rows_of.groups"));
            case Dimension.Column(Field field)
            when ofSession(field) -> join(place, sessions(place, field), Sql.of("rows_of.session_id"));
            case Dimension.Column _, Dimension.Property _ -> {
                var value = rows == Rows.SESSIONS
                        ? Filters.sessionValue(dimension)
                        : Filters.eventValue(dimension, dialect);
                value(place, value);
            }
        }
    }

    private boolean ofSession(Field field) {
        return switch (rows) {
            case SESSIONS -> false;
            case EVENTS -> Filters.onlySessions(field);
            case EVENTS_OF_SESSIONS -> field.onEvents().isEmpty();
        };
    }

    private void value(int place, Sql value) {
        values.add(Sql.template("{value} as {name}")
                .put("value", value)
                .put("name", column(place))
                .sql());
    }

    private void join(int place, Sql table, Sql key) {
        value(
                place,
                Sql.template("coalesce({found}, '')")
                        .put("found", Sql.numbered("found_", place))
                        .sql());
        joins.add(Sql.template("left join {table} on {lookup} = {key}")
                .put("table", table)
                .put("lookup", Sql.numbered("key_", place))
                .put("key", key)
                .sql());
    }

    private Sql profiles(int place, Trait trait) {
        return lookup(place, Sql.of("id"), trait.value(dialect), dialect.profiles(scope));
    }

    private Sql sessions(int place, Field field) {
        return lookup(place, Sql.of("id"), field.onSessions().orElseThrow(), dialect.sessions(scope));
    }

    private Sql groups(int place, Trait trait, List<Filter> conditions) {
        return lookup(
                place,
                Sql.of("group_list"),
                Sql.of("trait"),
                new GroupLists(scope, dialect, rows == Rows.SESSIONS, only).traits(trait, conditions));
    }

    private static Sql lookup(int place, Sql key, Sql value, Sql table) {
        return Sql.template("(select {key} as {lookup}, {value} as {found} from {table})")
                .put("key", key)
                .put("lookup", Sql.numbered("key_", place))
                .put("value", value)
                .put("found", Sql.numbered("found_", place))
                .put("table", table)
                .sql();
    }
}
