package org.openpanelmcp.reference;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** People as they are listed, and who they are for sessions and pages. */
final class SampleBehind {
    private final SampleProject project;
    private final CivilTime time;

    SampleBehind(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    /** An unfinished range ends at the time of the question, or with the newest event when that lies in the future. */
    Span cut(Span span) {
        long newest = project.events().stream().mapToLong(SampleEvent::at).max().orElse(Long.MIN_VALUE);
        long end = Math.max(newest, project.now().toEpochMilli());
        return span.end() > end && span.start() <= end ? new Span(span.start(), end) : span;
    }

    Set<String> ofSessions(Collection<String> ids) {
        var people = new HashSet<String>();
        for (var session : project.sessions()) {
            if (ids.contains(session.id())) {
                people.add(session.text("profile_id"));
            }
        }
        return named(people);
    }

    Set<String> ofRow(Span span, List<SampleFilter> filters, SampleRanking.By by, SampleRanking.Key key) {
        var people = new HashSet<String>();
        for (var session : project.sessions()) {
            var prefix = by.prefix().isEmpty() ? "" : session.text(by.prefix());
            if (span.holds(session.at())
                    && Matching.session(project, session, filters)
                    && key.equals(new SampleRanking.Key(prefix, session.text(by.column())))) {
                people.add(session.text("profile_id"));
            }
        }
        return named(people);
    }

    Set<String> ofPage(Span span, List<SampleFilter> filters, SampleRanking.Key key) {
        var people = new HashSet<String>();
        for (var event : project.events()) {
            if (event.name().equals("screen_view")
                    && span.holds(event.at())
                    && key.equals(new SampleRanking.Key(event.text("origin"), event.text("path")))
                    && Matching.event(project, event, filters)) {
                people.add(event.text("profile_id"));
            }
        }
        return named(people);
    }

    private static Set<String> named(Set<String> people) {
        people.remove("");
        return people;
    }

    ArrayNode rows(Set<String> people) {
        var rows = JsonNodeFactory.instance.arrayNode();
        people.stream()
                .sorted(Comparator.comparingLong((String id) -> -seen(id).max().orElse(0))
                        .thenComparing(SampleRanking.BINARY))
                .forEach(id -> rows.add(row(id)));
        return rows;
    }

    private LongStream seen(String id) {
        return events(id).mapToLong(SampleEvent::at);
    }

    private Stream<SampleEvent> events(String id) {
        long now = project.now().toEpochMilli();
        return project.index().eventsOfProfile(id).stream().filter(event -> event.at() <= now);
    }

    private ObjectNode row(String id) {
        var row = JsonNodeFactory.instance.objectNode().put("id", id);
        var profile = project.people().profiles().stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
        boolean identified = profile.map(SampleProfile::identified).orElse(false)
                || events(id).anyMatch(event -> !id.equals(event.text("device_id")));
        row.put("is_external", identified);
        for (var column : List.of("first_name", "last_name", "email")) {
            var text = profile.map(one -> one.text(column)).orElse("");
            row.put(column, text.isEmpty() ? null : text);
        }
        put(row, "first_seen_at", seen(id).min());
        put(row, "last_seen_at", seen(id).max());
        return row;
    }

    private void put(ObjectNode row, String field, OptionalLong at) {
        row.put(field, at.isPresent() ? time.shown(at.getAsLong()) : null);
    }
}
