package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How long pages are looked at and how often they are all of a visit. */
final class SamplePerformance {
    private static final long DAY = 86_400_000L;

    private final SampleProject project;
    private final List<SampleFilter> filters;

    SamplePerformance(SampleProject project, List<SampleFilter> filters) {
        this.project = project;
        this.filters = filters;
    }

    private record Page(
            SampleRanking.Key key,
            String title,
            int sessions,
            long visitors,
            int views,
            long bounces,
            List<Long> stays) {
        double measure(String name) {
            return switch (name) {
                case "sessions" -> sessions;
                case "visitors" -> visitors;
                case "pageviews" -> views;
                case "bounce_rate" -> sessions == 0 ? Double.NaN : (double) bounces / sessions;
                default -> stays.isEmpty() ? Double.NaN : (double) sum() / stays.size();
            };
        }

        long sum() {
            return stays.stream().mapToLong(Long::longValue).sum();
        }

        boolean has(String search) {
            var wanted = search.toLowerCase(Locale.ROOT);
            return List.of(key.first(), key.second(), title).stream()
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
        }
    }

    /** Pages without the measure come last. */
    ArrayNode pages(Span span, String search, int fewest, String sortBy, boolean ascending) {
        var pages = new ArrayList<Page>();
        views(span).forEach((key, views) -> pages.add(page(span, key, views)));
        pages.removeIf(page -> page.sessions() < fewest || !page.has(search));
        Comparator<Double> values = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
        pages.sort(Comparator.comparing((Page page) -> Double.isNaN(page.measure(sortBy)))
                .thenComparing(page -> page.measure(sortBy), values)
                .thenComparing(page -> page.key().first(), SampleRanking.BINARY)
                .thenComparing(page -> page.key().second(), SampleRanking.BINARY));
        var list = JsonNodeFactory.instance.arrayNode();
        pages.forEach(page -> write(page, list));
        return list;
    }

    private static void write(Page page, ArrayNode list) {
        var node = list.addObject();
        node.put("origin", page.key().first().isEmpty() ? null : page.key().first());
        node.put("path", page.key().second());
        node.put("title", page.title().isEmpty() ? null : page.title());
        node.put("sessions", page.sessions()).put("visitors", page.visitors()).put("pageviews", page.views());
        var minutes = page.stays().isEmpty()
                ? null
                : Numbers.ratio(1, page.sum(), page.stays().size() * 60_000L);
        var bounceRate = Numbers.ratio(100, page.bounces(), page.sessions());
        node.put("avg_duration", minutes).put("bounce_rate", bounceRate);
        node.putObject("seo_signals")
                .put("high_bounce", bounceRate.doubleValue() > 70)
                .put("low_engagement", minutes != null && minutes.doubleValue() < 1)
                .put(
                        "good_landing_page",
                        minutes != null && bounceRate.doubleValue() < 40 && minutes.doubleValue() > 2);
    }

    private static boolean isView(SampleEvent event) {
        return event.name().equals("screen_view") && !event.text("path").isEmpty();
    }

    private Map<SampleRanking.Key, List<SampleEvent>> views(Span span) {
        var views = new LinkedHashMap<SampleRanking.Key, List<SampleEvent>>();
        for (var event : project.events()) {
            if (isView(event) && span.holds(event.at()) && Matching.event(project, event, filters)) {
                var key = new SampleRanking.Key(event.text("origin"), event.text("path"));
                views.computeIfAbsent(key, found -> new ArrayList<>()).add(event);
            }
        }
        return views;
    }

    private Page page(Span span, SampleRanking.Key key, List<SampleEvent> views) {
        var sessions = new HashSet<>(views.stream().map(SampleEvent::sessionId).toList());
        sessions.remove("");
        long bounces = project.sessions().stream()
                .filter(session -> session.bounce() && sessions.contains(session.id()))
                .count();
        var stays = new ArrayList<Long>();
        views.forEach(view -> stay(span, view).ifPresent(stays::add));
        var people = views.stream().map(view -> view.text("profile_id")).toList();
        return new Page(key, title(views), sessions.size(), Figures.people(people), views.size(), bounces, stays);
    }

    private static String title(List<SampleEvent> views) {
        return views.stream()
                .filter(view -> !view.properties().getOrDefault("__title", "").isEmpty())
                .max(Comparator.comparingLong(SampleEvent::at))
                .map(view -> view.properties().getOrDefault("__title", ""))
                .orElse("");
    }

    /** Until the next view of the session, within a day after the span; else until the session's end. */
    private OptionalLong stay(Span span, SampleEvent view) {
        if (view.sessionId().isEmpty()) {
            return OptionalLong.empty();
        }
        var order = Comparator.comparingLong(SampleEvent::at)
                .thenComparing(event -> event.id().toString());
        Optional<SampleEvent> next = project.index().eventsOfSession(view.sessionId()).stream()
                .filter(SamplePerformance::isView)
                .filter(event -> event.at() <= span.end() + DAY && order.compare(event, view) > 0)
                .min(order);
        if (next.isPresent()) {
            return OptionalLong.of(next.get().at() - view.at());
        }
        return Stream.ofNullable(project.index().sessionsById().get(view.sessionId()))
                .mapToLong(session -> session.at() + session.duration() - view.at())
                .filter(rest -> rest > 0)
                .findFirst();
    }
}
