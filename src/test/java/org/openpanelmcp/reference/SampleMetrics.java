package org.openpanelmcp.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of query_metrics, one by one: which sessions and events count, and in which groups. */
final class SampleMetrics {
    static final List<String> WIDTHS = List.of("hour", "day", "week", "month");

    private final SampleProject project;
    private final CivilTime time;
    private final Asked asked;

    SampleMetrics(SampleProject project, Asked asked) {
        this.project = project;
        this.time = new CivilTime(project.zone());
        this.asked = asked;
    }

    /** What is asked; an empty text and an empty list leave nothing out. */
    record Asked(
            List<String> measures,
            List<String> groupBy,
            String event,
            List<SampleFilter> filters,
            List<SampleFilter> segment,
            List<String> sessionsWith,
            List<String> laterInSession,
            List<String> peopleWhoEver) {
        boolean ofSessions(String measure) {
            return !ofEvents(measure);
        }

        static boolean ofEvents(String measure) {
            return measure.matches("(?s)(events|people|revenue|sum|avg|min|max|median|p90)(\\(.*)?");
        }

        boolean byEvents() {
            return groupBy.stream().anyMatch(Matching::isOnEvents);
        }
    }

    /** In which bucket a moment is shown; {@link Long#MIN_VALUE}: in none. */
    @FunctionalInterface
    interface Bucket {
        long of(Width width, long at);
    }

    /** A session or an event in one of its groups. */
    record Counted(
            List<Object> key,
            @Nullable SampleSession session,
            @Nullable SampleEvent event) {}

    /** Everything that counts in a span. */
    List<Counted> counted(Span span, Bucket bucket) {
        var counted = new ArrayList<Counted>();
        if (asked.measures().stream().anyMatch(asked::ofSessions)) {
            for (var session : project.sessions()) {
                if (span.holds(session.at())) {
                    keys(session, span, bucket).forEach(key -> counted.add(new Counted(key, session, null)));
                }
            }
        }
        for (var event : project.events()) {
            if (span.holds(event.at()) && counts(event)) {
                keys(event, bucket).forEach(key -> counted.add(new Counted(key, null, event)));
            }
        }
        return counted;
    }

    static Map<List<Object>, List<Counted>> byKey(Collection<Counted> counted) {
        var groups = new LinkedHashMap<List<Object>, List<Counted>>();
        counted.forEach(
                one -> groups.computeIfAbsent(one.key(), _ -> new ArrayList<>()).add(one));
        return groups;
    }

    private boolean counts(SampleEvent event) {
        boolean applies =
                asked.measures().stream().anyMatch(measure -> SampleMetricFigures.applies(asked, measure, event));
        return applies
                && Matching.eventOfItsSession(project, event, asked.filters())
                && happened(event.sessionId(), event.text("profile_id"))
                && later(event);
    }

    private boolean happened(String sessionId, String profileId) {
        return asked.sessionsWith().stream().allMatch(name -> holds(name, sessionId, ""))
                && asked.peopleWhoEver().stream().allMatch(name -> holds(name, "", profileId));
    }

    /** Whether an event of that name has the id that is not empty; {@code !} before the name: none has. */
    private boolean holds(String written, String sessionId, String profileId) {
        boolean wanted = !written.startsWith("!");
        var name = wanted ? written : written.substring(1);
        boolean ofSession = !sessionId.isEmpty()
                && project.index().eventsOfSession(sessionId).stream()
                        .anyMatch(event -> event.name().equals(name));
        boolean ofProfile = !profileId.isEmpty()
                && project.index().eventsOfProfile(profileId).stream()
                        .anyMatch(event -> event.name().equals(name));
        return (ofSession || ofProfile) == wanted;
    }

    private boolean later(SampleEvent event) {
        return asked.laterInSession().stream().allMatch(written -> {
            boolean wanted = !written.startsWith("!");
            var name = wanted ? written : written.substring(1);
            boolean found = !event.sessionId().isEmpty()
                    && project.index().eventsOfSession(event.sessionId()).stream()
                            .anyMatch(other -> other.name().equals(name) && other.at() > event.at());
            return found == wanted;
        });
    }

    private Collection<List<Object>> keys(SampleEvent event, Bucket bucket) {
        List<List<Object>> keys = List.of(List.of());
        for (var grouping : asked.groupBy()) {
            keys = crossed(
                    keys,
                    grouping.equals("segment")
                            ? List.of(
                                    Matching.eventOfItsSession(project, event, asked.segment()) ? "matching" : "others")
                            : values(grouping, event.at(), bucket, ofRow(grouping, event)));
        }
        return keys;
    }

    private Collection<List<Object>> keys(SampleSession session, Span span, Bucket bucket) {
        var ofSession = asked.filters().stream()
                .filter(filter -> !asked.byEvents() || !Matching.isOnEvents(filter.dimension()))
                .toList();
        if (!Matching.session(project, session, ofSession) || !happened(session.id(), session.text("profile_id"))) {
            return List.of();
        }
        if (!asked.byEvents()) {
            return keysOfPair(session, null, bucket);
        }
        var keys = new LinkedHashSet<List<Object>>();
        for (var event : project.index().eventsOfSession(session.id())) {
            if (fits(event, span)) {
                keys.addAll(keysOfPair(session, event, bucket));
            }
        }
        return keys;
    }

    /** Whether an event gives its values to its session. */
    private boolean fits(SampleEvent event, Span span) {
        var ofEvents = asked.filters().stream()
                .filter(filter -> Matching.isOnEvents(filter.dimension()))
                .toList();
        return event.at() >= span.start() - 86_400_000
                && (asked.event().isEmpty() || event.name().equals(asked.event()))
                && Matching.event(project, event, ofEvents)
                && later(event);
    }

    private List<List<Object>> keysOfPair(SampleSession session, @Nullable SampleEvent event, Bucket bucket) {
        List<List<Object>> keys = List.of(List.of());
        for (var grouping : asked.groupBy()) {
            if (grouping.equals("segment")) {
                keys = crossed(
                        keys, List.of(Matching.session(project, session, asked.segment()) ? "matching" : "others"));
            } else if (event != null && Matching.isOnEvents(grouping)) {
                keys = crossed(keys, List.of(Matching.value(event, grouping)));
            } else {
                keys = crossed(keys, values(grouping, session.at(), bucket, ofRow(grouping, session)));
            }
        }
        return keys;
    }

    private List<String> ofRow(String dimension, SampleEvent event) {
        return dimension.startsWith("group.")
                ? project.people().ofGroups(dimension, event.id().toString(), onGroups())
                : Matching.valuesOfItsSession(project, event, dimension);
    }

    private List<String> ofRow(String dimension, SampleSession session) {
        return dimension.startsWith("group.")
                ? project.people().ofGroups(dimension, session.id(), onGroups())
                : Matching.values(project, session, dimension);
    }

    private List<SampleFilter> onGroups() {
        return asked.filters().stream()
                .filter(filter -> filter.dimension().startsWith("group."))
                .toList();
    }

    private static List<List<Object>> crossed(List<List<Object>> keys, List<?> values) {
        var crossed = new ArrayList<List<Object>>();
        for (var key : keys) {
            for (var value : values) {
                var longer = new ArrayList<>(key);
                longer.add(value);
                crossed.add(longer);
            }
        }
        return crossed;
    }

    private List<?> values(String grouping, long at, Bucket bucket, List<String> values) {
        if (WIDTHS.contains(grouping)) {
            return List.of(bucket.of(Width.valueOf(grouping.toUpperCase(Locale.ROOT)), at));
        }
        return switch (grouping) {
            case "hour_of_day" -> List.of((long) time.local(at).getHour());
            case "weekday" -> List.of(time.dayOf(at).getDayOfWeek().getValue() - 1L);
            default -> values;
        };
    }

    /** The days of the span, up to now, on which weekdays and hours came. */
    Map<List<Object>, Set<LocalDate>> days(Span span, List<String> rhythms) {
        long step = 15 * 60_000;
        long last = Math.min(span.end(), project.now().toEpochMilli());
        var days = new HashMap<List<Object>, Set<LocalDate>>();
        for (long at = Math.floorDiv(span.start(), step) * step; at <= last; at += step) {
            var numbers = new ArrayList<Object>();
            for (var rhythm : rhythms) {
                numbers.addAll(values(rhythm, at, (_, _) -> 0, List.of()));
            }
            days.computeIfAbsent(numbers, _ -> new HashSet<>()).add(time.dayOf(at));
        }
        return days;
    }
}
