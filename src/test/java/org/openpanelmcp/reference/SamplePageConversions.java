package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which pages were seen before a conversion, pair by pair. */
final class SamplePageConversions {
    /**
     * What is asked.
     *
     * @param unit the column of the id
     * @param attribution any, first or last
     */
    record Asked(
            String event,
            long window,
            String unit,
            String attribution,
            List<SampleFilter> filters,
            int fewest,
            String sortBy) {}

    private static final Comparator<SampleRanking.Key> BY_PAGE = Comparator.comparing(
                    SampleRanking.Key::first, SampleRanking.BINARY)
            .thenComparing(SampleRanking.Key::second, SampleRanking.BINARY);

    private final SampleProject project;
    private final Asked asked;
    private final Map<String, List<SampleEvent>> viewsByUnit;

    SamplePageConversions(SampleProject project, Asked asked) {
        this.project = project;
        this.asked = asked;
        this.viewsByUnit = project.events().stream()
                .filter(this::counts)
                .collect(Collectors.groupingBy(event -> event.text(asked.unit())));
    }

    private boolean counts(SampleEvent event) {
        return event.name().equals("screen_view")
                && !event.text("path").isEmpty()
                && !event.text(asked.unit()).isEmpty()
                && Matching.event(project, event, asked.filters());
    }

    private record Page(SampleRanking.Key key, int converters, int visitors) {
        double measure(String name) {
            return switch (name) {
                case "unique_converters" -> converters;
                case "total_visitors" -> visitors;
                default -> (double) converters / visitors;
            };
        }
    }

    ArrayNode pages(Span span) {
        var converters = converters(span);
        var pages = new ArrayList<Page>();
        converters.forEach((key, units) -> {
            var visitors = visitors(span, key);
            visitors.addAll(units);
            pages.add(new Page(key, units.size(), visitors.size()));
        });
        pages.removeIf(page -> page.visitors() < asked.fewest());
        pages.sort(Comparator.comparingDouble((Page page) -> -page.measure(asked.sortBy()))
                .thenComparingInt(page -> -page.converters())
                .thenComparing(Page::key, BY_PAGE));
        var list = JsonNodeFactory.instance.arrayNode();
        for (var page : pages) {
            var origin = page.key().first();
            list.addObject()
                    .put("path", page.key().second())
                    .put("origin", origin.isEmpty() ? null : origin)
                    .put("unique_converters", page.converters())
                    .put("total_visitors", page.visitors())
                    .put("conversion_rate", Numbers.ratio(100, page.converters(), page.visitors()));
        }
        return list;
    }

    /** The units that a page's figures count. */
    Set<String> units(Span span, String origin, String path, boolean converted) {
        var page = new SampleRanking.Key(origin, path);
        var units = new HashSet<>(converters(span).getOrDefault(page, Set.of()));
        if (!converted) {
            units.addAll(visitors(span, page));
        }
        return units;
    }

    private Set<String> visitors(Span span, SampleRanking.Key page) {
        var visitors = new HashSet<String>();
        viewsByUnit.forEach((unit, views) -> {
            if (views.stream()
                    .anyMatch(view -> span.holds(view.at()) && key(view).equals(page))) {
                visitors.add(unit);
            }
        });
        return visitors;
    }

    private Map<SampleRanking.Key, Set<String>> converters(Span span) {
        var converters = new LinkedHashMap<SampleRanking.Key, Set<String>>();
        for (var goal : project.events()) {
            var unit = goal.text(asked.unit());
            if (goal.name().equals(asked.event()) && span.holds(goal.at()) && !unit.isEmpty()) {
                for (var view : credited(goal, unit)) {
                    converters
                            .computeIfAbsent(key(view), key -> new HashSet<>())
                            .add(unit);
                }
            }
        }
        return converters;
    }

    private List<SampleEvent> credited(SampleEvent goal, String unit) {
        var before = viewsByUnit.getOrDefault(unit, List.of()).stream()
                .filter(view -> view.at() < goal.at() && goal.at() - view.at() <= asked.window())
                .toList();
        Comparator<SampleEvent> pages = Comparator.comparing(SamplePageConversions::key, BY_PAGE);
        return switch (asked.attribution()) {
            case "first" ->
                before.stream().min(Comparator.comparingLong(SampleEvent::at).thenComparing(pages)).stream()
                        .toList();
            case "last" ->
                before.stream()
                        .min(Comparator.comparingLong((SampleEvent view) -> -view.at())
                                .thenComparing(pages))
                        .stream()
                        .toList();
            default -> before;
        };
    }

    private static SampleRanking.Key key(SampleEvent view) {
        return new SampleRanking.Key(view.text("origin"), view.text("path"));
    }
}
