package org.openpanelmcp.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /** Whether sessions must be asked for their events to decide. */
    public boolean reachesEvents() {
        return list.stream().anyMatch(filter -> !onSessionColumn(filter));
    }

    /** The condition on a row of the project's events. */
    public Sql onEvents(ProjectScope scope, Dialect dialect) {
        var conditions = new ArrayList<Sql>();
        var ofSession = new ArrayList<Filter>();
        for (var filter : list) {
            if (filter.dimension() instanceof Dimension.Column(Field field) && onlySessions(field)) {
                ofSession.add(filter);
            } else {
                conditions.add(filter.on(eventValue(filter.dimension(), dialect), dialect));
            }
        }
        if (!ofSession.isEmpty()) {
            conditions.add(Sql.template("session_id in (select id from {sessions} where {conditions})")
                    .put("sessions", dialect.sessions(scope))
                    .put("conditions", onSessionColumns(ofSession, dialect))
                    .sql());
        }
        return Sql.and(conditions);
    }

    /** The condition on a row of the project's sessions that started in the range. */
    public Sql onSessions(ProjectScope scope, TimeRange range, Dialect dialect) {
        var ofSession = list.stream().filter(Filters::onSessionColumn).toList();
        var ofEvents = list.stream().filter(filter -> !onSessionColumn(filter)).toList();
        var conditions = new ArrayList<Sql>();
        conditions.add(onSessionColumns(ofSession, dialect));
        if (!ofEvents.isEmpty()) {
            conditions.add(Sql.template("""
                            id in (
                              select session_id from {events}
                              where session_id <> '' and created_at >= {earliest} and {conditions})""")
                    .put("events", dialect.events(scope))
                    .bind("earliest", range.start().minus(Duration.ofDays(1)))
                    .put("conditions", new Filters(ofEvents).onEvents(scope, dialect))
                    .sql());
        }
        return Sql.and(conditions);
    }

    private static boolean onSessionColumn(Filter filter) {
        return filter.dimension() instanceof Dimension.Column(Field field)
                && field.onSessions().isPresent();
    }

    private static boolean onlySessions(Field field) {
        return field.onEvents().isEmpty() && !utm(field);
    }

    private static Sql onSessionColumns(List<Filter> filters, Dialect dialect) {
        return Sql.and(filters.stream()
                .map(filter -> filter.on(sessionValue(filter.dimension()), dialect))
                .toList());
    }

    /** The value of a column on a row of sessions. */
    public static Sql sessionValue(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Column(Field field) -> field.onSessions().orElseThrow();
            case Dimension.Property property ->
                throw new IllegalArgumentException("sessions have no property " + property.key());
        };
    }

    /** The dimension's value on a row of events; UTM parameters are properties there. */
    public static Sql eventValue(Dimension dimension, Dialect dialect) {
        return switch (dimension) {
            case Dimension.Column(Field field) when utm(field) -> property("__query." + field.label(), dialect);
            case Dimension.Column(Field field) -> field.onEvents().orElseThrow();
            case Dimension.Property(String key) -> property(key, dialect);
        };
    }

    private static Sql property(String key, Dialect dialect) {
        return dialect.property(Sql.of("properties"), Sql.value(key));
    }

    private static boolean utm(Field field) {
        return field.label().startsWith("utm_");
    }
}
