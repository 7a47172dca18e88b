package org.openpanelmcp.analytics.metric;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openpanelmcp.query.Dimension;
import org.openpanelmcp.query.Filter;
import org.openpanelmcp.query.Filters;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.Metric;

/**
 * What is asked: figures, by what they are broken down, and what is left out. Figures of sessions and figures of events may
 * stand side by side.
 *
 * @param event which events are meant by figures of events that name none, and by dimensions of events; empty: all
 * @param segment the conditions of {@link Grouping.Segment}
 */
public record MetricsQuestion(
        List<Metric> metrics,
        List<Grouping> groupBy,
        String event,
        Filters filters,
        Filters segment,
        Happened happened) {
    /** At most this many figures. */
    public static final int MOST_METRICS = 8;

    /** At most this many groupings, without the segment. */
    public static final int MOST_GROUPINGS = 3;

    public MetricsQuestion {
        metrics = List.copyOf(metrics);
        groupBy = List.copyOf(groupBy);
    }

    /**
     * What else must have happened, each by names of events.
     *
     * @param inSession the session holds such an event
     * @param laterInSession the session holds such an event later than the event that is counted
     * @param everByPerson the person did it at some time
     */
    public record Happened(List<Named> inSession, List<Named> laterInSession, List<Named> everByPerson) {
        /** At most this many of each. */
        public static final int MOST = 3;

        public Happened {
            inSession = List.copyOf(inSession);
            laterInSession = List.copyOf(laterInSession);
            everByPerson = List.copyOf(everByPerson);
        }

        Stream<String> names() {
            return Stream.of(inSession, laterInSession, everByPerson)
                    .flatMap(List::stream)
                    .map(Named::event);
        }
    }

    /** The name of an event that must, or must not, have happened. */
    public record Named(String event, boolean happened) {}

    /** The places of the metrics that count these rows. */
    List<Integer> places(Measure.Of rows) {
        return IntStream.range(0, metrics.size())
                .filter(place -> metrics.get(place).measure().of() == rows)
                .boxed()
                .toList();
    }

    /** The same without a breakdown. */
    MetricsQuestion whole() {
        return new MetricsQuestion(metrics, List.of(), event, filters, segment, happened);
    }

    /** Which events an event-counting metric is about; empty: all. */
    Optional<String> eventOf(Metric metric) {
        return metric.event().or(() -> event.isEmpty() ? Optional.empty() : Optional.of(event));
    }

    /** Filters on traits of groups hold for the groups of the answer, too, when it is by traits of groups. */
    List<Filter> onGroups() {
        return filters.list().stream()
                .filter(filter -> filter.dimension() instanceof Dimension.OfGroup)
                .toList();
    }

    /** Whether sessions have such a value only through their events. */
    static boolean ofEvents(Grouping grouping) {
        return grouping instanceof Grouping.Values(Dimension dimension) && !Filters.onSessionColumn(dimension);
    }

    static boolean ofGroups(Grouping grouping) {
        return grouping instanceof Grouping.Values(Dimension dimension) && dimension instanceof Dimension.OfGroup;
    }
}
