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
 * no circles. What enters a node or begins there leaves it or ends there; {@code beyond} stands for the steps that are
 * too many for the diagram, which follow its last step or, before an event, precede its first.
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
            @Doc("Sessions that had no step before") long began,
            @Doc("Sessions that had no step after") long ended,

            @Doc("Sessions that had further steps, which are not shown")
            long beyond,

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
        private long beyond;

        void add(FlowQuery.Move move, boolean before) {
            boolean cut = move.beyond();
            value += move.sessions();
            began += move.begins() && !(before && cut) ? move.sessions() : 0;
            ended += move.ends() && (before || !cut) ? move.sessions() : 0;
            beyond += cut ? move.sessions() : 0;
        }
    }

    private record Place(int step, Optional<String> label) {
        String id() {
            return label.orElse(OTHER) + "::step" + (step + 1);
        }
    }

    private record Way(Place from, Place to) {}

    /** @param before whether the paths end with the event that they were looked up by */
    static Diagram of(List<FlowQuery.Move> moves, boolean before) {
        var places = new LinkedHashMap<Place, Sums>();
        var ways = new LinkedHashMap<Way, Long>();
        long sessions = 0;
        for (var move : moves) {
            var from = new Place(move.step(), move.label());
            var sums = places.computeIfAbsent(from, place -> new Sums());
            sums.add(move, before);
            if (move.begins()) {
                sessions += move.sessions();
            }
            if (!move.ends()) {
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
                sums.beyond,
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
