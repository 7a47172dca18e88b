package org.openpanelmcp.reference;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of a project by what they belong to, so that large sets can be gone through person by person. */
record SampleIndex(
        Map<String, SampleSession> sessionsById,
        Map<String, List<SampleEvent>> eventsBySession,
        Map<String, List<SampleEvent>> eventsByProfile,
        Map<String, List<SampleSession>> sessionsByProfile) {
    static SampleIndex of(List<SampleEvent> events, List<SampleSession> sessions) {
        return new SampleIndex(
                sessions.stream().collect(Collectors.toMap(SampleSession::id, Function.identity())),
                events.stream().collect(Collectors.groupingBy(SampleEvent::sessionId)),
                events.stream().collect(Collectors.groupingBy(event -> event.text("profile_id"))),
                sessions.stream().collect(Collectors.groupingBy(session -> session.text("profile_id"))));
    }

    /** In the order of the project. */
    List<SampleEvent> eventsOfSession(String id) {
        return eventsBySession.getOrDefault(id, List.of());
    }

    List<SampleEvent> eventsOfProfile(String id) {
        return eventsByProfile.getOrDefault(id, List.of());
    }

    List<SampleSession> sessionsOfProfile(String id) {
        return sessionsByProfile.getOrDefault(id, List.of());
    }
}
