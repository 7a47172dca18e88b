package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The paths of sessions around an event, one after the other. */
final class SampleFlow {
    private final SampleProject project;
    private final Question question;

    SampleFlow(SampleProject project, Question question) {
        this.project = project;
        this.question = question;
    }

    record Question(
            Span span,
            List<SampleFilter> filters,
            String mode,
            boolean byPage,
            String start,
            String end,
            List<String> include,
            List<String> exclude,
            int steps,
            int top) {}

    /** A step of one session; {@code label} is null for one of the less frequent. */
    private record Step(int place, String label, boolean beyond) {}

    /** What a node and a link say, written as text, so that they compare easily. */
    record Expected(long sessions, List<String> nodes, List<String> links) {}

    Expected expected() {
        var paths = paths();
        var kept = kept(paths);
        var values = new TreeMap<String, long[]>();
        var links = new TreeMap<String, Long>();
        for (var path : paths) {
            for (int i = 0; i < path.size(); i++) {
                var node = values.computeIfAbsent(id(path.get(i), kept), id -> new long[4]);
                node[0]++;
                boolean before = question.mode().equals("before");
                boolean beyond = path.get(i).beyond();
                node[1] += i == 0 && !(before && beyond) ? 1 : 0;
                node[2] += i == path.size() - 1 && (before || !beyond) ? 1 : 0;
                node[3] += beyond ? 1 : 0;
                if (i > 0) {
                    links.merge(id(path.get(i - 1), kept) + " > " + id(path.get(i), kept), 1L, Long::sum);
                }
            }
        }
        var nodes = new ArrayList<String>();
        values.forEach(
                (id, counts) -> nodes.add(id + " " + counts[0] + " " + counts[1] + " " + counts[2] + " " + counts[3]));
        var ways = new ArrayList<String>();
        links.forEach((way, count) -> ways.add(way + " " + count));
        return new Expected(paths.size(), nodes, ways);
    }

    private static String id(Step step, Map<Integer, List<String>> kept) {
        boolean shown = kept.getOrDefault(step.place(), List.of()).contains(step.label());
        return (shown ? step.label() : "(other)") + "::step" + (step.place() + 1);
    }

    /** The most frequent labels of each step, equal ones in binary order. */
    private Map<Integer, List<String>> kept(List<List<Step>> paths) {
        var counts = new LinkedHashMap<Integer, Map<String, Integer>>();
        paths.forEach(path ->
                path.forEach(step -> counts.computeIfAbsent(step.place(), place -> new TreeMap<>(SampleRanking.BINARY))
                        .merge(step.label(), 1, Integer::sum)));
        var kept = new LinkedHashMap<Integer, List<String>>();
        counts.forEach((place, labels) -> {
            var ranked = new ArrayList<>(labels.keySet());
            ranked.sort(Comparator.comparingInt(label -> -labels.getOrDefault(label, 0)));
            kept.put(place, ranked.subList(0, Math.min(question.top(), ranked.size())));
        });
        return kept;
    }

    private List<List<Step>> paths() {
        var bySession = new LinkedHashMap<String, List<SampleEvent>>();
        for (var event : project.events()) {
            if (question.span().holds(event.at()) && !event.sessionId().isEmpty()) {
                bySession
                        .computeIfAbsent(event.sessionId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        var paths = new ArrayList<List<Step>>();
        bySession.forEach((id, events) -> {
            if (matches(id)) {
                var path = path(events);
                if (!path.isEmpty()) {
                    paths.add(path);
                }
            }
        });
        return paths;
    }

    private boolean matches(String sessionId) {
        var session = project.index().sessionsById().get(sessionId);
        return question.filters().isEmpty()
                || (session != null && Matching.session(project, session, question.filters()));
    }

    private List<Step> path(List<SampleEvent> events) {
        var ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparingLong(SampleEvent::at)
                .thenComparing(event -> event.id().toString()));
        ordered.removeIf(event -> !counts(event));
        var turns = new ArrayList<SampleEvent>();
        for (var event : ordered) {
            if (turns.isEmpty() || !label(turns.getLast()).equals(label(event))) {
                turns.add(event);
            }
        }
        int start = first(turns, 0, question.start());
        if (start < 0) {
            return List.of();
        }
        return switch (question.mode()) {
            case "after" -> steps(turns, start, Math.min(turns.size(), start + question.steps()), 0);
            case "before" -> {
                int from = Math.max(0, start - question.steps() + 1);
                yield steps(turns, from, start + 1, question.steps() - 1 - (start - from));
            }
            default -> between(turns, start);
        };
    }

    private List<Step> between(List<SampleEvent> turns, int start) {
        int end = first(turns, start + 1, question.end());
        if (end < 0) {
            return List.of();
        }
        if (end - start < question.steps()) {
            return steps(turns, start, end + 1, 0);
        }
        var path = new ArrayList<>(steps(turns, start, start + question.steps() - 1, 0));
        path.add(new Step(question.steps() - 1, label(turns.get(end)), false));
        return path;
    }

    private List<Step> steps(List<SampleEvent> turns, int from, int until, int firstPlace) {
        var path = new ArrayList<Step>();
        for (int i = from; i < until; i++) {
            boolean cutAfter = question.mode().equals("after") && i == until - 1 && until < turns.size();
            boolean cutBefore = question.mode().equals("before") && i == from && from > 0;
            path.add(new Step(firstPlace + i - from, label(turns.get(i)), cutAfter || cutBefore));
        }
        return path;
    }

    private int first(List<SampleEvent> turns, int from, String name) {
        for (int i = from; i < turns.size(); i++) {
            if (isNamed(turns.get(i), name)) {
                return i;
            }
        }
        return -1;
    }

    private String label(SampleEvent event) {
        boolean page = question.byPage() && isView(event) && !event.text("path").isEmpty();
        return page ? event.text("path") : event.name();
    }

    private static boolean isView(SampleEvent event) {
        return event.name().equals("screen_view");
    }

    private boolean isNamed(SampleEvent event, String name) {
        return event.name().equals(name)
                || (question.byPage() && isView(event) && event.text("path").equals(name));
    }

    private boolean counts(SampleEvent event) {
        if (isNamed(event, question.start()) || (!question.end().isEmpty() && isNamed(event, question.end()))) {
            return true;
        }
        return question.include().isEmpty()
                ? question.exclude().stream().noneMatch(name -> isNamed(event, name))
                : question.include().stream().anyMatch(name -> isNamed(event, name));
    }
}
