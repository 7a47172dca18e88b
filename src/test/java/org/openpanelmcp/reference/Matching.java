package org.openpanelmcp.reference;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which rows of a project fulfil all filters. */
final class Matching {
    private static final Set<String> ONLY_EVENTS = Set.of("name", "path", "origin", "sdk_name", "sdk_version");
    private static final Set<String> ONLY_SESSIONS = Set.of("entry_path", "entry_origin", "exit_path", "exit_origin");

    private Matching() {}

    /** A session by its own columns, and by one event of it that fulfils all filters on events. */
    static boolean session(SampleProject project, SampleSession session, List<SampleFilter> filters) {
        var onEvents = filters.stream().filter(Matching::isOnEvents).toList();
        for (var filter : filters) {
            if (!isOnEvents(filter) && !filter.accepts(values(project, session, filter.dimension()))) {
                return false;
            }
        }
        return onEvents.isEmpty()
                || project.index().eventsOfSession(session.id()).stream()
                        .anyMatch(event -> event(project, event, onEvents));
    }

    /** An event by its own columns and properties, and by its session where only sessions have the column. */
    static boolean event(SampleProject project, SampleEvent event, List<SampleFilter> filters) {
        var bySession = filters.stream()
                .filter(filter -> ONLY_SESSIONS.contains(filter.dimension()))
                .toList();
        for (var filter : filters) {
            if (!ONLY_SESSIONS.contains(filter.dimension())
                    && !filter.accepts(values(project, event, filter.dimension()))) {
                return false;
            }
        }
        return bySession.isEmpty()
                || sessionOf(project, event)
                        .filter(session -> session(project, session, bySession))
                        .isPresent();
    }

    /** The one value, or those of the groups, each once. */
    static List<String> values(SampleProject project, SampleEvent event, String dimension) {
        var people = project.people();
        return people.holds(dimension)
                ? people.values(dimension, event.text("profile_id"), event.id().toString())
                : List.of(value(event, dimension));
    }

    /** The one value, or those of the groups, each once. */
    static List<String> values(SampleProject project, SampleSession session, String dimension) {
        var people = project.people();
        return people.holds(dimension)
                ? people.values(dimension, session.text("profile_id"), session.id())
                : List.of(session.text(dimension));
    }

    /** The same, with the columns that only its session has. */
    static List<String> ofEvent(SampleProject project, SampleEvent event, String dimension) {
        if (!ONLY_SESSIONS.contains(dimension)) {
            return values(project, event, dimension);
        }
        return List.of(sessionOf(project, event)
                .map(session -> session.text(dimension))
                .orElse(""));
    }

    /** Like {@link #event}, but with the UTM columns of the event's session. */
    static boolean eventOfItsSession(SampleProject project, SampleEvent event, List<SampleFilter> filters) {
        var own = filters.stream()
                .filter(filter -> !onlySessionsHave(filter.dimension()))
                .toList();
        var ofSession = filters.stream()
                .filter(filter -> onlySessionsHave(filter.dimension()))
                .toList();
        return event(project, event, own)
                && (ofSession.isEmpty()
                        || sessionOf(project, event)
                                .filter(session -> session(project, session, ofSession))
                                .isPresent());
    }

    /** Like {@link #values(SampleProject, SampleEvent, String)}, but with the UTM columns of the event's session. */
    static List<String> valuesOfItsSession(SampleProject project, SampleEvent event, String dimension) {
        return onlySessionsHave(dimension)
                ? List.of(sessionOf(project, event)
                        .map(session -> session.text(dimension))
                        .orElse(""))
                : values(project, event, dimension);
    }

    private static boolean onlySessionsHave(String dimension) {
        return ONLY_SESSIONS.contains(dimension) || dimension.startsWith("utm_");
    }

    private static Optional<SampleSession> sessionOf(SampleProject project, SampleEvent event) {
        return Optional.ofNullable(project.index().sessionsById().get(event.sessionId()));
    }

    /** Whether only events have it. */
    static boolean isOnEvents(String dimension) {
        return ONLY_EVENTS.contains(dimension) || dimension.startsWith("properties.");
    }

    static String value(SampleEvent event, String dimension) {
        if (dimension.startsWith("properties.")) {
            return event.properties().getOrDefault(dimension.substring("properties.".length()), "");
        }
        return dimension.startsWith("utm_")
                ? event.properties().getOrDefault("__query." + dimension, "")
                : event.text(dimension);
    }

    private static boolean isOnEvents(SampleFilter filter) {
        return isOnEvents(filter.dimension());
    }
}
