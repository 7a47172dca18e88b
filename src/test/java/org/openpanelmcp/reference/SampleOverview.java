package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The headline figures of a span and of its buckets, row by row. */
final class SampleOverview {
    private final SampleProject project;
    private final CivilTime time;
    private final Span span;
    private final List<SampleFilter> filters;

    SampleOverview(SampleProject project, Span span, List<SampleFilter> filters) {
        this.project = project;
        this.time = new CivilTime(project.zone());
        this.span = span;
        this.filters = filters;
    }

    ObjectNode summary(@Nullable EarlierPeriod earlier) {
        var node = JsonNodeFactory.instance.objectNode();
        return figures(rows(span)).writeTo(node, earlier == null ? null : figures(rows(earlier.span(now()))));
    }

    ArrayNode series(Width width, @Nullable EarlierPeriod earlier) {
        var starts = time.bucketStarts(width, span);
        var buckets = new HashMap<Long, Rows>();
        rows(span).splitBy(buckets, at -> time.bucketStart(width, at));
        var before = new HashMap<Long, Rows>();
        if (earlier != null) {
            rows(earlier.span(now()))
                    .splitBy(before, at -> earlier.bucketFor(at, width, starts).orElse(Long.MIN_VALUE));
        }
        var series = JsonNodeFactory.instance.arrayNode();
        for (long start : starts) {
            if (start > now() && !buckets.containsKey(start)) {
                continue;
            }
            long next = time.next(width, start);
            var node = series.addObject();
            node.put("date", time.shown(start));
            node.put("partial", start < span.start() || next > span.end() + 1 || next > now());
            figures(buckets.getOrDefault(start, new Rows()))
                    .writeTo(node, earlier == null ? null : figures(before.getOrDefault(start, new Rows())));
        }
        return series;
    }

    private long now() {
        return project.now().toEpochMilli();
    }

    private Rows rows(Span wanted) {
        var rows = new Rows();
        for (var session : project.sessions()) {
            if (wanted.holds(session.at()) && Matching.session(project, session, filters)) {
                rows.sessions.add(session);
            }
        }
        for (var event : project.events()) {
            if (wanted.holds(event.at()) && event.name().equals("revenue") && event.revenue() > 0 && earned(event)) {
                rows.revenue.add(event);
            }
        }
        return rows;
    }

    /** Revenue of no session counts only while nothing is filtered. */
    private boolean earned(SampleEvent event) {
        var session = project.index().sessionsById().get(event.sessionId());
        return filters.isEmpty() || (session != null && Matching.session(project, session, filters));
    }

    private static Figures figures(Rows rows) {
        return Figures.overview(
                rows.sessions,
                rows.revenue.stream().mapToLong(SampleEvent::revenue).sum());
    }

    private interface BucketOf {
        long of(long at);
    }

    private static final class Rows {
        private final List<SampleSession> sessions = new ArrayList<>();
        private final List<SampleEvent> revenue = new ArrayList<>();

        void splitBy(Map<Long, Rows> buckets, BucketOf bucket) {
            for (var session : sessions) {
                buckets.computeIfAbsent(bucket.of(session.at()), key -> new Rows())
                        .sessions
                        .add(session);
            }
            for (var event : revenue) {
                buckets.computeIfAbsent(bucket.of(event.at()), key -> new Rows())
                        .revenue
                        .add(event);
            }
        }
    }
}
