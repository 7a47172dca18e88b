package org.openpanelmcp.analytics.metric;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.query.BadValue;
import org.openpanelmcp.query.Grouping;
import org.openpanelmcp.query.Measure;
import org.openpanelmcp.query.Metric;
import org.openpanelmcp.text.Nearest;
import org.openpanelmcp.text.Quoted;

/** Makes a question of the arguments, and refuses what has no meaning. */
final class MetricsReader {
    private MetricsReader() {}

    static MetricsQuestion question(QueryMetrics.Input input) throws BadValue {
        var question = new MetricsQuestion(
                metrics(input.measures()),
                groupBy(input),
                input.event() == null ? "" : input.event(),
                input.filters(),
                input.segment(),
                new MetricsQuestion.Happened(
                        named("sessionsWith", input.sessionsWith()),
                        named("laterInSession", input.laterInSession()),
                        named("peopleWhoEver", input.peopleWhoEver())));
        checkPageviews(question);
        checkGroups(question);
        checkLater(question);
        return question;
    }

    private static List<Metric> metrics(List<String> measures) throws BadValue {
        var metrics = new ArrayList<Metric>();
        for (int at = 0; at < measures.size(); at++) {
            var place = "measures[" + at + "]";
            var metric = Metric.named(place, measures.get(at));
            if (metrics.contains(metric)) {
                throw new BadValue(place, Quoted.of(metric.label()) + " is asked for twice. Leave one out.");
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private static List<Grouping> groupBy(QueryMetrics.Input input) throws BadValue {
        var groupBy = new ArrayList<Grouping>();
        if (!input.segment().isEmpty()) {
            groupBy.add(new Grouping.Segment());
        }
        var seen = new HashSet<String>();
        for (int at = 0; at < input.groupBy().size(); at++) {
            var place = "groupBy[" + at + "]";
            var label = input.groupBy().get(at);
            if (!seen.add(label)) {
                throw new BadValue(place, Quoted.of(label) + " is there twice. Leave one out.");
            }
            groupBy.add(Grouping.named(place, label));
        }
        return groupBy;
    }

    private static List<MetricsQuestion.Named> named(String argument, List<String> names) throws BadValue {
        var list = new ArrayList<MetricsQuestion.Named>();
        for (int at = 0; at < names.size(); at++) {
            var written = names.get(at);
            boolean happened = !written.startsWith("!");
            var event = happened ? written : written.substring(1);
            event = event.startsWith("\\!") ? event.substring(1) : event;
            if (event.isEmpty()) {
                throw new BadValue(
                        argument + "[" + at + "]",
                        argument + "[" + at + "] is empty. Name an event; list_event_names gives all names.");
            }
            list.add(new MetricsQuestion.Named(event, happened));
        }
        return list;
    }

    private static void checkPageviews(MetricsQuestion question) throws BadValue {
        var ofEvents =
                question.groupBy().stream().filter(MetricsQuestion::ofEvents).findFirst();
        for (int at = 0; at < question.metrics().size(); at++) {
            if (question.metrics().get(at).measure() == Measure.PAGEVIEWS && ofEvents.isPresent()) {
                throw new BadValue(
                        "measures[" + at + "]",
                        "pageviews counts all page views of a session, and "
                                + ofEvents.get().label()
                                + " is said by each event for itself: a session would give its views to every value. Take"
                                + " events(screen_view) for the views that have the value themselves.");
            }
        }
    }

    private static void checkGroups(MetricsQuestion question) throws BadValue {
        var ofGroups =
                question.groupBy().stream().filter(MetricsQuestion::ofGroups).toList();
        if (ofGroups.size() > 1) {
            throw new BadValue(
                    "groupBy",
                    ofGroups.get(0).label() + " and " + ofGroups.get(1).label()
                            + " cannot be combined: an event can belong to several groups, and each would be paired with"
                            + " each. Take one of them; a filter such as {\"group.type\": \"company\"} keeps groups of one"
                            + " kind.");
        }
    }

    private static void checkLater(MetricsQuestion question) throws BadValue {
        boolean ofEvents = question.groupBy().stream().anyMatch(MetricsQuestion::ofEvents);
        if (question.happened().laterInSession().isEmpty()
                || ofEvents
                || question.places(Measure.Of.SESSIONS).isEmpty()) {
            return;
        }
        var metric = question.metrics().get(question.places(Measure.Of.SESSIONS).getFirst());
        throw new BadValue(
                "laterInSession",
                metric.label() + " counts whole sessions, and laterInSession needs the event that something was later"
                        + " than. Group by a dimension of events, such as path, or take measures of events, such as"
                        + " people(screen_view); sessionsWith asks whether it happened at all.");
    }

    /** The place of the measure that orders the answer; null: the natural order, or the first measure. */
    static @Nullable Integer orderBy(@Nullable String orderBy, MetricsQuestion question) throws BadValue {
        if (orderBy == null || orderBy.isEmpty()) {
            boolean natural = question.groupBy().stream().anyMatch(Grouping::isTime);
            return natural ? null : 0;
        }
        var labels = question.metrics().stream().map(Metric::label).toList();
        int place = labels.indexOf(orderBy);
        if (place < 0) {
            throw new BadValue(
                    "orderBy",
                    "orderBy must be one of the measures asked for: " + String.join(", ", labels) + ", not "
                            + Quoted.of(orderBy) + "."
                            + Nearest.to(orderBy, labels)
                                    .map(near -> " Did you mean " + Quoted.of(near) + "?")
                                    .orElse(""));
        }
        return place;
    }
}
