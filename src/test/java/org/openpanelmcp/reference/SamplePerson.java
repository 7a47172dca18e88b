package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One person's events, sessions and figures. */
final class SamplePerson {
    private static final List<String> NO_CONVERSIONS = List.of("screen_view", "session_start", "session_end");
    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000;

    private final SampleProject project;
    private final CivilTime time;
    private final String id;
    private final boolean stitched;

    SamplePerson(SampleProject project, String id, boolean stitched) {
        this.project = project;
        this.time = new CivilTime(project.zone());
        this.id = id;
        this.stitched = stitched;
    }

    boolean owns(String profileId, String deviceId) {
        if (profileId.equals(id)) {
            return true;
        }
        return stitched
                && !deviceId.isEmpty()
                && profileId.equals(deviceId)
                && project.index().eventsOfProfile(id).stream()
                        .anyMatch(event -> event.text("device_id").equals(deviceId));
    }

    /** A project in which nobody else ever was. */
    SampleProject alone() {
        return new SampleProject(
                project.seed(),
                project.organizationId(),
                project.id(),
                project.zone(),
                project.now(),
                project.events().stream()
                        .filter(event -> owns(event.text("profile_id"), event.text("device_id")))
                        .toList(),
                project.sessions().stream()
                        .filter(session -> owns(session.text("profile_id"), session.text("device_id")))
                        .toList(),
                project.people());
    }

    boolean isKnown() {
        return project.people().profiles().stream()
                        .anyMatch(profile -> profile.id().equals(id))
                || project.events().stream()
                        .anyMatch(event -> event.text("profile_id").equals(id))
                || project.sessions().stream()
                        .anyMatch(session -> session.text("profile_id").equals(id));
    }

    ObjectNode metrics() {
        var own = alone();
        var figures = JsonNodeFactory.instance.objectNode().put("profileId", id);
        var stored = project.people().profiles().stream()
                .filter(profile -> profile.id().equals(id))
                .findFirst();
        figures.put(
                "firstSeen",
                stored.map(profile -> time.shown(profile.createdAt())).orElse(null));
        figures.put(
                "lastSeen", stored.map(profile -> time.shown(profile.seenAt())).orElse(null));
        addCounts(figures, own.events());
        addDurations(figures, own.events());
        addGaps(figures, own.sessions());
        return figures;
    }

    private void addCounts(ObjectNode figures, List<SampleEvent> events) {
        long starts = named(events, "session_start");
        var days = new HashSet<>();
        events.forEach(event -> days.add(time.dayOf(event.at())));
        figures.put("sessions", starts);
        figures.put("screenViews", named(events, "screen_view"));
        figures.put("totalEvents", events.size());
        figures.put(
                "conversionEvents",
                events.stream()
                        .filter(event -> !NO_CONVERSIONS.contains(event.name()))
                        .count());
        figures.put("uniqueDaysActive", days.size());
        figures.put("avgEventsPerSession", starts == 0 ? null : Numbers.ratio(1, events.size(), starts));
        figures.put(
                "revenue",
                events.stream()
                        .filter(event -> event.name().equals("revenue"))
                        .mapToLong(SampleEvent::revenue)
                        .sum());
    }

    private static long named(List<SampleEvent> events, String name) {
        return events.stream().filter(event -> event.name().equals(name)).count();
    }

    private static void addDurations(ObjectNode figures, List<SampleEvent> events) {
        var ends = events.stream()
                .filter(event -> event.name().equals("session_end"))
                .toList();
        var durations = ends.stream()
                .map(SampleEvent::duration)
                .filter(millis -> millis > 0)
                .sorted()
                .toList();
        figures.put("avgSessionDurationMin", scaled(mean(durations), MINUTE, 2));
        figures.put("p90SessionDurationMin", scaled(quantile(durations, 9), MINUTE, 2));
        long bounces = ends.stream()
                .filter(event -> event.properties().getOrDefault("__bounce", "").equals("true"))
                .count();
        figures.put(
                "bounceRate",
                ends.isEmpty()
                        ? null
                        : BigDecimal.valueOf(100 * bounces)
                                .divide(BigDecimal.valueOf(ends.size()), 4, RoundingMode.HALF_UP));
    }

    private static void addGaps(ObjectNode figures, List<SampleSession> sessions) {
        var starts = sessions.stream().map(SampleSession::at).sorted().toList();
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(starts.get(i) - starts.get(i - 1));
        }
        gaps.sort(null);
        var mean = scaled(mean(gaps), SECOND, 1);
        figures.put("avgTimeBetweenSessionsSec", mean == null ? BigDecimal.ZERO : mean);
        figures.put("medianTimeBetweenSessionsSec", scaled(quantile(gaps, 5), SECOND, 1));
        figures.put("p90TimeBetweenSessionsSec", scaled(quantile(gaps, 9), SECOND, 1));
    }

    private static @Nullable BigDecimal mean(List<Long> values) {
        long sum = values.stream().mapToLong(Long::longValue).sum();
        return values.isEmpty()
                ? null
                : BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
    }

    /** The value that many tenths of the way through the sorted list, between two of them in proportion. */
    private static @Nullable BigDecimal quantile(List<Long> sorted, int tenths) {
        if (sorted.isEmpty()) {
            return null;
        }
        int way = (sorted.size() - 1) * tenths;
        long below = sorted.get(way / 10);
        long above = sorted.get(Math.min(way / 10 + 1, sorted.size() - 1));
        return BigDecimal.valueOf(10 * below + (above - below) * (way % 10)).movePointLeft(1);
    }

    private static @Nullable BigDecimal scaled(@Nullable BigDecimal millis, long unit, int digits) {
        return millis == null
                ? null
                : millis.divide(BigDecimal.valueOf(unit), MathContext.DECIMAL128)
                        .setScale(digits, RoundingMode.HALF_UP);
    }
}
