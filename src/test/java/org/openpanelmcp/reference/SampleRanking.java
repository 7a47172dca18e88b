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
        return list(pages(span), earlier == null ? null : pages(earlier), sortBy, "origin", "path");
    }

    ArrayNode places(Span span, @Nullable Span earlier, String column, String sortBy) {
        return list(places(span, column), earlier == null ? null : places(earlier, column), sortBy, "prefix", "name");
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

    private Map<Key, Figures> places(Span span, String column) {
        var places = new LinkedHashMap<Key, List<SampleSession>>();
        for (var session : project.sessions()) {
            if (span.holds(session.at()) && Matching.session(project, session, filters)) {
                var prefix = column.equals("country") ? "" : session.text("country");
                places.computeIfAbsent(new Key(prefix, session.text(column)), key -> new ArrayList<>())
                        .add(session);
            }
        }
        var figures = new HashMap<Key, Figures>();
        places.forEach((key, sessions) -> figures.put(
                key,
                Figures.traffic(
                        sessions.size(),
                        Figures.people(sessions.stream()
                                .map(session -> session.text("profile_id"))
                                .toList()),
                        sessions.stream().mapToLong(SampleSession::views).sum(),
                        sessions.stream().mapToLong(SampleSession::revenue).sum())));
        return figures;
    }

    private static ArrayNode list(
            Map<Key, Figures> now, @Nullable Map<Key, Figures> before, String sortBy, String first, String second) {
        var keys = new ArrayList<>(now.keySet());
        keys.sort(Comparator.comparing((Key key) -> figures(now, key).get(sortBy))
                .reversed()
                .thenComparing(Key::first, BINARY)
                .thenComparing(Key::second, BINARY));
        var list = JsonNodeFactory.instance.arrayNode();
        for (var key : keys) {
            var node = list.addObject();
            node.put(first, key.first().isEmpty() ? null : key.first());
            node.put(second, key.second().isEmpty() ? null : key.second());
            figures(now, key).writeTo(node, before == null ? null : figures(before, key));
        }
        return list;
    }

    private static Figures figures(Map<Key, Figures> all, Key key) {
        return all.getOrDefault(key, Figures.traffic(0, 0, 0, 0));
    }
}
