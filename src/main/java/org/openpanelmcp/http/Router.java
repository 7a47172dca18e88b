package org.openpanelmcp.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which endpoint answers which path and method. Patterns are paths whose segments may be {@code {name}} (one segment)
 * and whose last segment may be {@code {name...}} (the rest, at least one segment). The more exact pattern wins. A
 * slash at the end of a path makes no difference. Filled before the server starts, then only read.
 */
public final class Router {
    private final Map<List<String>, Route> exact = new HashMap<>();
    private final List<Route> patterns = new ArrayList<>();

    /** Adds an endpoint that pages of this server and the listed origins may call. */
    public Router add(String method, String pattern, Endpoint endpoint) {
        return add(method, pattern, OriginPolicy.LISTED, endpoint);
    }

    /** @throws IllegalArgumentException when the pair of method and pattern is taken or the pattern's policies differ */
    public Router add(String method, String pattern, OriginPolicy origins, Endpoint endpoint) {
        var segments = Path.split(pattern);
        var route = find(segments).orElseGet(() -> create(pattern, segments, origins));
        if (route.origins != origins) {
            throw new IllegalArgumentException(pattern + " has two origin policies");
        }
        if (route.endpoints.putIfAbsent(method, endpoint) != null) {
            throw new IllegalArgumentException(method + " " + pattern + " has two endpoints");
        }
        return this;
    }

    /** First segments of all patterns that are fixed text; what an organization may not be called. */
    public Set<String> reservedNames() {
        var names = new TreeSet<String>();
        for (var route : allRoutes()) {
            if (!route.segments.isEmpty() && !route.segments.getFirst().startsWith("{")) {
                names.add(route.segments.getFirst());
            }
        }
        return names;
    }

    /** @param segments decoded */
    Optional<Match> match(List<String> segments) {
        var route = exact.get(segments);
        if (route != null) {
            return Optional.of(new Match(route, Map.of()));
        }
        for (var candidate : patterns) {
            var values = candidate.values(segments);
            if (values.isPresent()) {
                return Optional.of(new Match(candidate, values.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Route> find(List<String> segments) {
        return allRoutes().stream()
                .filter(route -> route.segments.equals(segments))
                .findFirst();
    }

    private List<Route> allRoutes() {
        var all = new ArrayList<>(exact.values());
        all.addAll(patterns);
        return all;
    }

    private Route create(String pattern, List<String> segments, OriginPolicy origins) {
        var route = new Route(pattern, segments, origins, new TreeMap<>());
        if (segments.stream().noneMatch(segment -> segment.startsWith("{"))) {
            exact.put(segments, route);
        } else {
            patterns.add(route);
            patterns.sort(Comparator.comparing(Route::rank));
        }
        return route;
    }

    record Match(Route route, Map<String, String> values) {}

    record Route(String pattern, List<String> segments, OriginPolicy origins, Map<String, Endpoint> endpoints) {
        /** Empty when the path does not fit. */
        Optional<Map<String, String>> values(List<String> path) {
            var values = new HashMap<String, String>();
            for (int index = 0; index < segments.size(); index++) {
                var segment = segments.get(index);
                if (index >= path.size()) {
                    return Optional.empty();
                } else if (segment.endsWith("...}")) {
                    values.put(
                            segment.substring(1, segment.length() - 4),
                            String.join("/", path.subList(index, path.size())));
                    return Optional.of(values);
                } else if (segment.startsWith("{")) {
                    values.put(segment.substring(1, segment.length() - 1), path.get(index));
                } else if (!segment.equals(path.get(index))) {
                    return Optional.empty();
                }
            }
            return path.size() == segments.size() ? Optional.of(values) : Optional.empty();
        }

        /** Sorts fixed segments before named ones before the rest, from left to right. */
        String rank() {
            var rank = new StringBuilder();
            for (var segment : segments) {
                rank.append(segment.endsWith("...}") ? '2' : segment.startsWith("{") ? '1' : '0');
            }
            return rank.toString();
        }

        String allowed() {
            return String.join(", ", endpoints.keySet());
        }
    }
}
