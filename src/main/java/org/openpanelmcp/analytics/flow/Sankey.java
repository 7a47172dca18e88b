package org.openpanelmcp.analytics.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openpanelmcp.analytics.Rounding;
import org.openpanelmcp.tool.Doc;

/**
 * Nodes and links for a Sankey diagram. Each node stands at a step, links lead from one step to the next, so there are
 * no circles; what enters a node or begins there leaves it or ends there.
 */
final class Sankey {
    /** What stands for all labels of a step that are not kept. */
    static final String OTHER = "(other)";

    private Sankey() {}

    /** A label at a step. */
    public record Node(
            String id,

            @Doc("Event name or path; (other): all less frequent ones")
            String label,

            @Doc("From 1") int step,
            @Doc("Sessions that came through") long value,
            @Doc("Percent of all sessions of the flow") double percentage,
            @Doc("Sessions whose path begins here") long began,
            @Doc("Sessions whose path ends here") long ended,

            @Doc("Percent of the node's sessions that end here")
            double dropoff_rate) {}

    /** Sessions that went from one node to the next. */
    public record Link(String source, String target, long value) {}

    /** The whole diagram; {@code sessions} is how many paths there are. */
    record Diagram(long sessions, List<Node> nodes, List<Link> links) {}

    private static final class Sums {
        private long value;
        private long began;
        private long ended;
    }

    private record Place(int step, Optional<String> label) {
        String id() {
            return label.orElse(OTHER) + "::step" + (step + 1);
        }
    }

    private record Way(Place from, Place to) {}

    static Diagram of(List<FlowQuery.Move> moves) {
        var places = new LinkedHashMap<Place, Sums>();
        var ways = new LinkedHashMap<Way, Long>();
        long sessions = 0;
        for (var move : moves) {
            var from = new Place(move.step(), move.label());
            var sums = places.computeIfAbsent(from, place -> new Sums());
            sums.value += move.sessions();
            if (move.begins()) {
                sums.began += move.sessions();
                sessions += move.sessions();
            }
            if (move.ends()) {
                sums.ended += move.sessions();
            } else {
                ways.merge(new Way(from, new Place(move.step() + 1, move.next())), move.sessions(), Long::sum);
            }
        }
        return new Diagram(sessions, nodes(places, sessions), links(ways));
    }

    private static List<Node> nodes(Map<Place, Sums> places, long sessions) {
        var nodes = new ArrayList<Node>();
        places.forEach((place, sums) -> nodes.add(new Node(
                place.id(),
                place.label().orElse(OTHER),
                place.step() + 1,
                sums.value,
                Rounding.percent(sums.value, sessions),
                sums.began,
                sums.ended,
                Rounding.percent(sums.ended, sums.value))));
        nodes.sort(Comparator.comparingInt(Node::step)
                .thenComparing(Comparator.comparingLong(Node::value).reversed())
                .thenComparing(Node::label));
        return nodes;
    }

    private static List<Link> links(Map<Way, Long> ways) {
        var entries = new ArrayList<>(ways.entrySet());
        entries.sort(Comparator.comparingInt(
                        (Map.Entry<Way, Long> entry) -> entry.getKey().from().step())
                .thenComparingLong(entry -> -entry.getValue())
                .thenComparing(entry -> entry.getKey().from().id())
                .thenComparing(entry -> entry.getKey().to().id()));
        return entries.stream()
                .map(entry ->
                        new Link(entry.getKey().from().id(), entry.getKey().to().id(), entry.getValue()))
                .toList();
    }
}
