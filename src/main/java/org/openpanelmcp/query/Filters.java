package org.openpanelmcp.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Conditions that must all hold.
 *
 * <p>On events: the event itself fulfils them; a column that only sessions have is looked up in the event's session. On
 * sessions: the session fulfils those on session columns, and holds at least one event that fulfils all of those on
 * event columns and properties.
 */
public record Filters(List<Filter> list) {
    /** At most this many dimensions in one question. */
    public static final int MOST = 20;

    /** Events of a session that starts in a range are looked for from this long before it: clocks of devices differ. */
    public static final Duration BEFORE_START = Duration.ofDays(1);

    private static final Filters NONE = new Filters(List.of());

    public Filters {
        list = List.copyOf(list);
    }

    public static Filters none() {
        return NONE;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** Those on what sessions themselves have. */
    public Filters ofSessionsOnly() {
        return new Filters(list.stream()
                .filter(filter -> onSessionColumn(filter.dimension()))
                .toList());
    }

    /** Those on what sessions have only through their events. */
    public Filters ofEventsOnly() {
        return new Filters(list.stream()
                .filter(filter -> !onSessionColumn(filter.dimension()))
                .toList());
    }

    /** The condition on a row of the project's events. */
    public Sql onEvents(ProjectScope scope, Dialect dialect) {
        return onEvents(scope, dialect, Filters::onlySessions);
    }

    /** The same, with the UTM columns of the event's session instead of the parameters in the event's own address. */
    public Sql onEventsOfSessions(ProjectScope scope, Dialect dialect) {
        return onEvents(scope, dialect, field -> field.onEvents().isEmpty());
    }

    private Sql onEvents(ProjectScope scope, Dialect dialect, Predicate<Field> bySession) {
        var conditions = new ArrayList<Sql>();
        var ofSession = new ArrayList<Filter>();
        for (var filter : list) {
            if (filter.dimension() instanceof Dimension.Column(Field field) && bySession.test(field)) {
                ofSession.add(filter);
            } else {
                conditions.add(onRow(filter, scope, dialect, false));
            }
        }
        if (!ofSession.isEmpty()) {
            conditions.add(Sql.template("session_id in (select id from {sessions} where {conditions})")
                    .put("sessions", dialect.sessions(scope))
                    .put("conditions", onSessionRows(ofSession, scope, dialect))
                    .sql());
        }
        return Sql.and(conditions);
    }

    private static Sql onRow(Filter filter, ProjectScope scope, Dialect dialect, boolean session) {
        return switch (filter.dimension()) {
            case Dimension.OfProfile(Trait trait) -> onProfile(filter, trait, scope, dialect);
            case Dimension.OfGroup _ -> new GroupLists(scope, dialect, session).fulfil(filter);
            case Dimension.Column _, Dimension.Property _ -> {
                var value = session ? sessionValue(filter.dimension()) : eventValue(filter.dimension(), dialect);
                yield filter.on(value, dialect);
            }
        };
    }

    /** Who has no profile has no traits: a condition that nothing fulfils is told from one that it does not. */
    private static Sql onProfile(Filter filter, Trait trait, ProjectScope scope, Dialect dialect) {
        var holds = filter.on(trait.value(dialect), dialect);
        var people = Sql.template("(select id from {profiles} where {condition})")
                .put("profiles", dialect.profiles(scope))
                .put("condition", filter.acceptsNothing() ? Sql.of("not ").then(Sql.and(List.of(holds))) : holds)
                .sql();
        return Sql.template(filter.acceptsNothing() ? "profile_id not in {people}" : "profile_id in {people}")
                .put("people", people)
                .sql();
    }

    /** The condition on a row of the project's sessions that started in the range. */
    public Sql onSessions(ProjectScope scope, TimeRange range, Dialect dialect) {
        var ofEvents = ofEventsOnly();
        var conditions = new ArrayList<Sql>();
        conditions.add(onSessionRows(ofSessionsOnly().list, scope, dialect));
        if (!ofEvents.isEmpty()) {
            conditions.add(Sql.template("""
                            id in (
                              select session_id from {events}
                              where session_id <> '' and created_at >= {earliest} and {conditions})""")
                    .put("events", dialect.events(scope))
                    .bind("earliest", range.start().minus(BEFORE_START))
                    .put("conditions", ofEvents.onEvents(scope, dialect))
                    .sql());
        }
        return Sql.and(conditions);
    }

    /** Whether a session has the value itself, not only through its events. */
    public static boolean onSessionColumn(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Column(Field field) -> field.onSessions().isPresent();
            case Dimension.Property _ -> false;
            case Dimension.OfProfile _, Dimension.OfGroup _ -> true;
        };
    }

    static boolean onlySessions(Field field) {
        return field.onEvents().isEmpty() && !utm(field);
    }

    private static Sql onSessionRows(List<Filter> filters, ProjectScope scope, Dialect dialect) {
        return Sql.and(filters.stream()
                .map(filter -> onRow(filter, scope, dialect, true))
                .toList());
    }

    /** The value of a column on a row of sessions. */
    public static Sql sessionValue(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Column(Field field) -> field.onSessions().orElseThrow();
            case Dimension.Property _, Dimension.OfProfile _, Dimension.OfGroup _ ->
                throw new IllegalArgumentException("no column of sessions: " + dimension.label());
        };
    }

    /** The dimension's value on a row of events; UTM parameters are properties there. */
    public static Sql eventValue(Dimension dimension, Dialect dialect) {
        return switch (dimension) {
            case Dimension.Column(Field field) when utm(field) -> property("__query." + field.label(), dialect);
            case Dimension.Column(Field field) -> field.onEvents().orElseThrow();
            case Dimension.Property(String key) -> property(key, dialect);
            case Dimension.OfProfile _, Dimension.OfGroup _ ->
                throw new IllegalArgumentException("no column of events: " + dimension.label());
        };
    }

    private static Sql property(String key, Dialect dialect) {
        return dialect.property(Sql.of("properties"), Sql.value(key));
    }

    private static boolean utm(Field field) {
        return field.label().startsWith("utm_");
    }
}
