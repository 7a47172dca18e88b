package org.openpanelmcp.transfer.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openpanelmcp.transfer.demo.World.Source;

/**
 * One visit: what happened, and what follows from it for the session row. Events are in the order of time, without
 * {@code session_start} and {@code session_end}.
 */
final class Visit {
    private final String sessionId;
    private final Person person;
    private final Source source;
    private final List<Happening> happenings = new ArrayList<>();
    private boolean identified;
    private long clock;

    /** @param identified whether the event carries the user's id and groups, or only the device */
    record Happening(
            long at, String name, String path, long revenue, Map<String, String> properties, boolean identified) {}

    Visit(String sessionId, Person person, Source source, boolean identified, long start) {
        this.sessionId = sessionId;
        this.person = person;
        this.source = source;
        this.identified = identified;
        this.clock = start;
    }

    void view(String path, String title) {
        add("screen_view", path, 0, Map.of("__title", title + " - Demo Shop"));
    }

    void add(String name, String path, long revenue, Map<String, String> properties) {
        var all = properties;
        if (happenings.isEmpty() && !source.utm().isEmpty()) {
            all = new LinkedHashMap<>(properties);
            for (var parameter : List.of("utm_source", "utm_medium", "utm_campaign", "utm_content")) {
                var value = source.utm().get(parameter);
                if (value != null) {
                    all.put("__query." + parameter, value);
                }
            }
        }
        happenings.add(new Happening(clock, name, path, revenue, all, identified));
    }

    void pass(long milliseconds) {
        clock += milliseconds;
    }

    void identify() {
        identified = true;
    }

    boolean isIdentified() {
        return identified;
    }

    boolean wasEverAnonymous() {
        return !happenings.getFirst().identified();
    }

    String sessionId() {
        return sessionId;
    }

    Person person() {
        return person;
    }

    Source source() {
        return source;
    }

    List<Happening> happenings() {
        return happenings;
    }

    long start() {
        return happenings.getFirst().at();
    }

    long end() {
        return happenings.getLast().at();
    }

    /** Who the session belongs to: the user as soon as one event names one. */
    String profileId() {
        return identified ? person.userId() : person.deviceId();
    }

    int screenViews() {
        return (int) happenings.stream()
                .filter(happening -> happening.name().equals("screen_view"))
                .count();
    }

    boolean isBounce() {
        return screenViews() <= 1;
    }

    long revenue() {
        return happenings.stream().mapToLong(Happening::revenue).sum();
    }
}
