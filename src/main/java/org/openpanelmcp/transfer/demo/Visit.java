package org.openpanelmcp.transfer.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One visit: what happened, and what follows from it for the session row. Events are in the order of time, without
 * {@code session_start} and {@code session_end}.
 */
final class Visit {
    /** People stay far below or far above the usual time; most stay below it. */
    private static final double[] PATIENCE = {0.15, 0.3, 0.5, 0.7, 0.9, 1.2, 1.7, 3};

    private static final long LONGEST_LOOK = 6 * 60_000L;

    private final String sessionId;
    private final Person person;
    private final Source source;
    private final Map<String, String> globals;
    private final RandomGenerator random;
    private final List<Happening> happenings = new ArrayList<>();
    private boolean identified;
    private long clock;

    /** @param identified whether the event carries the user's id and groups, or only the device */
    record Happening(
            long at, String name, String path, long revenue, Map<String, String> properties, boolean identified) {}

    /** @param globals what every event carries */
    Visit(
            String sessionId,
            Person person,
            Source source,
            Map<String, String> globals,
            RandomGenerator random,
            boolean identified,
            long start) {
        this.sessionId = sessionId;
        this.person = person;
        this.source = source;
        this.globals = globals;
        this.random = random;
        this.identified = identified;
        this.clock = start;
    }

    void view(String path, String title) {
        add("screen_view", path, 0, Map.of("__title", title));
    }

    void add(String name, String path, Map<String, String> properties) {
        add(name, path, 0, properties);
    }

    void add(String name, String path, long revenue, Map<String, String> properties) {
        var all = properties;
        var landing = happenings.isEmpty() ? source.utm() : Map.<String, String>of();
        if (!landing.isEmpty() || !globals.isEmpty()) {
            all = new HashMap<>(globals);
            all.putAll(properties);
            for (var parameter : landing.entrySet()) {
                all.put("__query." + parameter.getKey(), parameter.getValue());
            }
        }
        happenings.add(new Happening(clock, name, path, revenue, all, identified));
    }

    void pass(long milliseconds) {
        clock += milliseconds;
    }

    /** Lets time pass: some seconds between two bounds. */
    void pause(int fromSeconds, int toSeconds) {
        pass(random.nextLong(fromSeconds * 1000L, toSeconds * 1000L));
    }

    /** Lets time pass as long as this person cares to look at something that usually takes so many seconds. */
    void look(int seconds) {
        var patience = PATIENCE[random.nextInt(PATIENCE.length)] * (0.8 + 0.4 * random.nextDouble());
        pass(Math.clamp((long) (seconds * 1000 * patience), 1000, LONGEST_LOOK));
    }

    /** How long the visit has taken so far. */
    long length() {
        return happenings.isEmpty() ? 0 : clock - start();
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

    Map<String, String> globals() {
        return globals;
    }

    long now() {
        return clock;
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
        return happenings.getLast().identified() ? person.userId() : person.deviceId();
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
