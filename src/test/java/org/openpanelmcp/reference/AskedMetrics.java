package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openpanelmcp.reference.SampleMetrics.Asked;
import tools.jackson.databind.node.ObjectNode;

/** Random questions of query_metrics. */
final class AskedMetrics {
    private static final List<String> OF_SESSIONS = List.of(
            "sessions",
            "visitors",
            "pageviews",
            "bounce_rate",
            "avg_session_duration",
            "pages_per_session",
            "revenue_per_session",
            "revenue_per_visitor",
            "conversion_rate(screen_view)",
            "visitor_conversion_rate(click)");
    private static final List<String> OF_EVENTS = List.of(
            "events",
            "events(screen_view)",
            "people",
            "people(it's)",
            "revenue",
            "sum(properties.price)",
            "avg(properties.price)",
            "min(properties.price)",
            "max(properties.price)",
            "median(properties.price)",
            "p90(properties.price)");
    private static final List<String> GROUPINGS = List.of(
            "hour",
            "day",
            "week",
            "month",
            "hour_of_day",
            "weekday",
            "country",
            "city",
            "path",
            "name",
            "utm_source",
            "entry_path",
            "profile_id",
            "properties.plan",
            "properties.it's \"odd\" {key}?",
            "profile.first_name",
            "profile.properties.plan",
            "group.id",
            "group.name");
    private static final List<String> EVENTS =
            List.of("screen_view", "session_start", "revenue", "!screen_view", "click", "!it's", "nobody did this");

    private AskedMetrics() {}

    static Asked asked(SampleProject project, Random random) {
        var groupBy = new ArrayList<String>();
        int groupings = random.nextInt(4);
        for (int i = 0; i < groupings; i++) {
            var grouping = Differential.one(random, GROUPINGS);
            boolean second =
                    grouping.startsWith("group.") && groupBy.stream().anyMatch(other -> other.startsWith("group."));
            if (!groupBy.contains(grouping) && !second) {
                groupBy.add(grouping);
            }
        }
        var segment = random.nextInt(5) == 0 ? List.of(new AskedFilters(random).one(project)) : List.<SampleFilter>of();
        if (!segment.isEmpty()) {
            groupBy.addFirst("segment");
        }
        boolean byEvents = groupBy.stream().anyMatch(Matching::isOnEvents);
        var measures = new ArrayList<String>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            var measure = Differential.one(random, random.nextBoolean() ? OF_SESSIONS : OF_EVENTS);
            if (!measures.contains(measure) && !(byEvents && measure.equals("pageviews"))) {
                measures.add(measure);
            }
        }
        if (measures.isEmpty()) {
            measures.add("sessions");
        }
        boolean ofSessions = measures.stream().anyMatch(measure -> !Asked.ofEvents(measure));
        return new Asked(
                measures,
                groupBy,
                random.nextInt(4) == 0 ? Differential.one(random, List.of("screen_view", "revenue")) : "",
                new AskedFilters(random).some(project),
                segment,
                random.nextInt(5) == 0 ? List.of(Differential.one(random, EVENTS)) : List.of(),
                random.nextInt(4) == 0 && (byEvents || !ofSessions)
                        ? List.of(Differential.one(random, EVENTS))
                        : List.of(),
                random.nextInt(5) == 0 ? List.of(Differential.one(random, EVENTS), "screen_view") : List.of());
    }

    static ObjectNode arguments(AskedRange range, Asked asked, Differential.@Nullable AskedComparison earlier) {
        var arguments = Differential.arguments(range, asked.filters(), earlier);
        texts(arguments, "measures", asked.measures());
        texts(
                arguments,
                "groupBy",
                asked.groupBy().stream()
                        .filter(grouping -> !grouping.equals("segment"))
                        .toList());
        if (!asked.event().isEmpty()) {
            arguments.put("event", asked.event());
        }
        var segment = arguments.putObject("segment");
        asked.segment().forEach(filter -> filter.writeTo(segment));
        texts(arguments, "sessionsWith", asked.sessionsWith());
        texts(arguments, "laterInSession", asked.laterInSession());
        texts(arguments, "peopleWhoEver", asked.peopleWhoEver());
        return arguments;
    }

    private static void texts(ObjectNode arguments, String name, List<String> texts) {
        var list = arguments.putArray(name);
        texts.forEach(list::add);
    }

    /** By what rows are ordered, and how many are wanted; null: the default. */
    record Order(
            @Nullable String by,
            boolean ascending,
            @Nullable Integer limit) {
        void writeTo(ObjectNode arguments) {
            if (by != null) {
                arguments.put("orderBy", by);
            }
            arguments.put("order", ascending ? "asc" : "desc");
            if (limit != null) {
                arguments.put("limit", limit);
            }
        }
    }

    static Order order(Asked asked, Random random) {
        var exact = asked.measures().stream()
                .filter(measure -> !measure.startsWith("p90"))
                .toList();
        var by = exact.isEmpty() || random.nextBoolean() ? null : Differential.one(random, exact);
        if (by == null
                && asked.measures().getFirst().startsWith("p90")
                && asked.groupBy().stream().noneMatch(AskedMetrics::isTime)) {
            return new Order(null, false, 1000);
        }
        return new Order(by, random.nextBoolean(), random.nextInt(3) == 0 ? null : 1 + random.nextInt(8));
    }

    static boolean isTime(String grouping) {
        return SampleMetrics.WIDTHS.contains(grouping) || isRhythm(grouping);
    }

    static boolean isRhythm(String grouping) {
        return List.of("hour_of_day", "weekday").contains(grouping);
    }
}
