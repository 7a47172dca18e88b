package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of query_metrics over counted rows; a session or an event that is there several times counts once. */
final class SampleMetricFigures {
    private final SampleProject project;
    private final SampleMetrics.Asked asked;

    SampleMetricFigures(SampleProject project, SampleMetrics.Asked asked) {
        this.project = project;
        this.asked = asked;
    }

    /**
     * A figure.
     *
     * @param shown null where there is none
     * @param exact what lists are ordered by
     */
    record Figure(@Nullable BigDecimal shown, double exact) {
        static final Figure NONE = new Figure(null, Double.NaN);

        static Figure count(long count) {
            return new Figure(BigDecimal.valueOf(count), count);
        }

        static Figure ratio(long factor, long part, long whole) {
            return new Figure(Numbers.ratio(factor, part, whole), whole == 0 ? 0 : (double) part / whole);
        }

        static Figure number(double value) {
            return new Figure(BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP), value);
        }
    }

    static boolean applies(SampleMetrics.Asked asked, String measure, SampleEvent event) {
        if (!SampleMetrics.Asked.ofEvents(measure)) {
            return false;
        }
        if (measure.equals("revenue")) {
            return event.name().equals("revenue") && event.revenue() > 0;
        }
        boolean ofProperty = !measure.startsWith("events") && !measure.startsWith("people");
        var named = ofProperty || argument(measure).isEmpty() ? asked.event() : argument(measure);
        boolean meant = named.isEmpty()
                ? !List.of("session_start", "session_end").contains(event.name())
                : event.name().equals(named);
        return meant && (!ofProperty || number(measure, event).isPresent());
    }

    static String argument(String measure) {
        int open = measure.indexOf('(');
        return open < 0 ? "" : measure.substring(open + 1, measure.length() - 1);
    }

    private static Optional<Double> number(String measure, SampleEvent event) {
        var key = argument(measure).substring("properties.".length());
        var text = event.properties().getOrDefault(key, "").strip();
        return text.matches("[+-]?[0-9.]+(e[0-9]+)?") ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    Figure of(String measure, List<SampleMetrics.Counted> counted) {
        if (SampleMetrics.Asked.ofEvents(measure)) {
            var events = new HashMap<Object, SampleEvent>();
            for (var one : counted) {
                var event = one.event();
                if (event != null && applies(asked, measure, event)) {
                    events.put(event.id(), event);
                }
            }
            return ofEvents(measure, events.values());
        }
        var sessions = new HashMap<String, SampleSession>();
        for (var one : counted) {
            var session = one.session();
            if (session != null) {
                sessions.put(session.id(), session);
            }
        }
        return ofSessions(measure, List.copyOf(sessions.values()));
    }

    private Figure ofSessions(String measure, List<SampleSession> sessions) {
        long count = sessions.size();
        long visitors = people(sessions);
        long views = sessions.stream().mapToLong(SampleSession::views).sum();
        long revenue = sessions.stream().mapToLong(SampleSession::revenue).sum();
        if (measure.startsWith("conversion_rate") || measure.startsWith("visitor_conversion_rate")) {
            var converted = sessions.stream()
                    .filter(session -> project.index().eventsOfSession(session.id()).stream()
                            .anyMatch(event -> event.name().equals(argument(measure))))
                    .toList();
            return measure.startsWith("visitor")
                    ? Figure.ratio(100, people(converted), visitors)
                    : Figure.ratio(100, converted.size(), count);
        }
        return switch (measure) {
            case "sessions" -> Figure.count(count);
            case "visitors" -> Figure.count(visitors);
            case "pageviews" -> Figure.count(views);
            case "bounce_rate" ->
                Figure.ratio(
                        100, sessions.stream().filter(SampleSession::bounce).count(), count);
            case "avg_session_duration" -> duration(sessions);
            case "pages_per_session" -> Figure.ratio(1, views, count);
            case "revenue_per_session" -> Figure.ratio(1, revenue, count);
            case "revenue_per_visitor" -> Figure.ratio(1, revenue, visitors);
            default -> throw new IllegalArgumentException(measure);
        };
    }

    private static Figure duration(List<SampleSession> sessions) {
        var lasting =
                sessions.stream().filter(session -> session.duration() > 0).toList();
        long millis = lasting.stream().mapToLong(SampleSession::duration).sum();
        double exact = lasting.isEmpty() ? 0 : (double) millis / lasting.size();
        return new Figure(Numbers.ratio(1, millis, lasting.size() * 1000L), exact);
    }

    private static long people(List<SampleSession> sessions) {
        return Figures.people(
                sessions.stream().map(session -> session.text("profile_id")).toList());
    }

    private static Figure ofEvents(String measure, Collection<SampleEvent> events) {
        if (measure.startsWith("events")) {
            return Figure.count(events.size());
        }
        if (measure.startsWith("people")) {
            return Figure.count(Figures.people(
                    events.stream().map(event -> event.text("profile_id")).toList()));
        }
        if (measure.equals("revenue")) {
            return Figure.count(events.stream().mapToLong(SampleEvent::revenue).sum());
        }
        var numbers = events.stream()
                .map(event -> number(measure, event).orElseThrow())
                .sorted()
                .toList();
        double sum = numbers.stream().mapToDouble(Double::doubleValue).sum();
        var statistic = measure.substring(0, measure.indexOf('('));
        if (statistic.equals("sum")) {
            return Figure.number(sum);
        }
        if (numbers.isEmpty()) {
            return Figure.NONE;
        }
        return Figure.number(
                switch (statistic) {
                    case "avg" -> sum / numbers.size();
                    case "min" -> numbers.getFirst();
                    case "max" -> numbers.getLast();
                    case "median" -> quantile(numbers, 5);
                    default -> quantile(numbers, 9);
                });
    }

    private static double quantile(List<Double> sorted, int tenths) {
        int scaled = tenths * (sorted.size() - 1);
        double below = sorted.get(scaled / 10);
        double above = sorted.get(Math.min(scaled / 10 + 1, sorted.size() - 1));
        return below + (above - below) * (scaled % 10) / 10;
    }

    /** All figures of these rows by measure. */
    Map<String, Figure> all(List<SampleMetrics.Counted> counted) {
        var figures = new LinkedHashMap<String, Figure>();
        asked.measures().forEach(measure -> figures.put(measure, of(measure, counted)));
        return figures;
    }
}
