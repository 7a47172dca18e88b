package org.openpanelmcp.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Pages and places with their traffic, the greatest first, equal ones by name. */
final class SampleRanking {
    /** The order of texts: by their bytes. */
    static final Comparator<String> BINARY = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private final SampleProject project;
    private final List<SampleFilter> filters;

    SampleRanking(SampleProject project, List<SampleFilter> filters) {
        this.project = project;
        this.filters = filters;
    }

    /** A page (origin, path) or a place (country or nothing, name). */
    record Key(String first, String second) {}

    ArrayNode pages(Span span, @Nullable Span earlier, String sortBy) {
        return list(
                pages(span),
                earlier == null ? null : pages(earlier),
                Figures.traffic(0, 0, 0, 0),
                sortBy,
                "origin",
                "path");
    }

    /** The columns that sessions are grouped by, and what the answer calls them; no prefix is the empty text. */
    record By(String prefix, String column, String prefixLabel, String label) {}

    ArrayNode sessions(Span span, @Nullable Span earlier, By by, String sortBy) {
        return list(
                sessions(span, by),
                earlier == null ? null : sessions(earlier, by),
                Figures.sessions(List.of()),
                sortBy,
                by.prefixLabel(),
                by.label());
    }

    private Map<Key, Figures> pages(Span span) {
        var views = new LinkedHashMap<Key, List<SampleEvent>>();
        for (var event : project.events()) {
            boolean view =
                    event.name().equals("screen_view") && !event.text("path").isEmpty();
            if (view && span.holds(event.at()) && Matching.event(project, event, filters)) {
                views.computeIfAbsent(new Key(event.text("origin"), event.text("path")), key -> new ArrayList<>())
                        .add(event);
            }
        }
        var figures = new HashMap<Key, Figures>();
        views.forEach((key, events) -> figures.put(key, ofPage(events)));
        return figures;
    }

    private Figures ofPage(List<SampleEvent> views) {
        var sessionIds =
                new HashSet<>(views.stream().map(SampleEvent::sessionId).toList());
        sessionIds.remove("");
        long revenue = project.sessions().stream()
                .filter(session -> sessionIds.contains(session.id()))
                .mapToLong(SampleSession::revenue)
                .sum();
        long visitors = Figures.people(
                views.stream().map(view -> view.text("profile_id")).toList());
        return Figures.traffic(sessionIds.size(), visitors, views.size(), revenue);
    }

    private Map<Key, Figures> sessions(Span span, By by) {
        var groups = new LinkedHashMap<Key, List<SampleSession>>();
        for (var session : project.sessions()) {
            if (span.holds(session.at()) && Matching.session(project, session, filters)) {
                var prefix = by.prefix().isEmpty() ? "" : session.text(by.prefix());
                groups.computeIfAbsent(new Key(prefix, session.text(by.column())), key -> new ArrayList<>())
                        .add(session);
            }
        }
        var figures = new HashMap<Key, Figures>();
        groups.forEach((key, sessions) -> figures.put(key, Figures.sessions(sessions)));
        return figures;
    }

    private static ArrayNode list(
            Map<Key, Figures> now,
            @Nullable Map<Key, Figures> before,
            Figures nothing,
            String sortBy,
            String first,
            String second) {
        var keys = new ArrayList<>(now.keySet());
        keys.sort(
                Comparator.comparing((Key key) -> now.getOrDefault(key, nothing).get(sortBy))
                        .reversed()
                        .thenComparing(Key::first, BINARY)
                        .thenComparing(Key::second, BINARY));
        var list = JsonNodeFactory.instance.arrayNode();
        for (var key : keys) {
            var node = list.addObject();
            node.put(first, key.first().isEmpty() ? null : key.first());
            node.put(second, key.second().isEmpty() ? null : key.second());
            now.getOrDefault(key, nothing).writeTo(node, before == null ? null : before.getOrDefault(key, nothing));
        }
        return list;
    }
}
