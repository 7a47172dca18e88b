package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How engaged people are, session by session. */
final class SampleEngagement {
    private static final long NO_BUCKET = Long.MIN_VALUE;

    private final SampleProject project;
    private final CivilTime time;
    private final Span span;
    private final List<SampleFilter> filters;
    private final Map<String, Long> firstSession = new HashMap<>();

    SampleEngagement(SampleProject project, Span span, List<SampleFilter> filters) {
        this.project = project;
        this.time = new CivilTime(project.zone());
        this.span = span;
        this.filters = filters;
        for (var session : project.sessions()) {
            firstSession.merge(session.text("profile_id"), session.at(), Math::min);
        }
    }

    ObjectNode summary(@Nullable EarlierPeriod earlier) {
        var node = JsonNodeFactory.instance.objectNode();
        return whole(span).writeTo(node, earlier == null ? null : whole(earlier.span(now())));
    }

    ArrayNode series(Width width, @Nullable EarlierPeriod earlier) {
        var starts = time.bucketStarts(width, span);
        LongUnaryOperator bucketOf = at -> time.bucketStart(width, at);
        LongUnaryOperator earlierBucketOf = at -> earlier == null
                ? NO_BUCKET
                : earlier.bucketFor(at, width, starts).orElse(NO_BUCKET);
        var buckets = split(span, bucketOf);
        var previous = earlier == null ? null : split(earlier.span(now()), earlierBucketOf);
        var series = JsonNodeFactory.instance.arrayNode();
        for (long start : starts) {
            var sessions = buckets.getOrDefault(start, List.of());
            if (start > now() && sessions.isEmpty()) {
                continue;
            }
            long next = time.next(width, start);
            var node = series.addObject().put("date", time.shown(start));
            node.put("partial", start < span.start() || next > span.end() + 1 || next > now());
            var before = earlier == null || previous == null
                    ? null
                    : bucket(previous.getOrDefault(start, List.of()), earlier.span(now()), start, earlierBucketOf);
            bucket(sessions, span, start, bucketOf).writeTo(node, before);
        }
        return series;
    }

    private Figures whole(Span wanted) {
        return bucket(matching(wanted), wanted, 0, at -> 0);
    }

    private Map<Long, List<SampleSession>> split(Span wanted, LongUnaryOperator bucketOf) {
        return matching(wanted).stream().collect(Collectors.groupingBy(session -> bucketOf.applyAsLong(session.at())));
    }

    private Figures bucket(List<SampleSession> sessions, Span wanted, long bucket, LongUnaryOperator bucketOf) {
        var people = sessions.stream()
                .map(session -> session.text("profile_id"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        long begun = people.stream()
                .filter(person -> {
                    long first = firstSession.getOrDefault(person, NO_BUCKET);
                    return wanted.holds(first) && bucketOf.applyAsLong(first) == bucket;
                })
                .count();
        return figures(sessions, people.size(), begun);
    }

    private List<SampleSession> matching(Span wanted) {
        return project.sessions().stream()
                .filter(session -> wanted.holds(session.at()) && Matching.session(project, session, filters))
                .toList();
    }

    private static Figures figures(List<SampleSession> sessions, long people, long begun) {
        var engaged = sessions.stream()
                .filter(session -> session.views() > 1 || events(session) > 0 || session.duration() > 10_000)
                .map(SampleSession::duration)
                .sorted()
                .toList();
        long views = sessions.stream().mapToLong(SampleSession::views).sum();
        long events = sessions.stream().mapToLong(SampleEngagement::events).sum();
        long millis = engaged.stream().mapToLong(Long::longValue).sum();
        long middle = engaged.isEmpty() ? 0 : engaged.get((engaged.size() - 1) / 2) + engaged.get(engaged.size() / 2);
        return new Figures()
                .put("active_users", people)
                .put("new_users", begun)
                .put("returning_users", people - begun)
                .put("sessions", sessions.size())
                .put("sessions_per_user", Numbers.ratio(1, sessions.size(), people))
                .put("engaged_sessions", engaged.size())
                .put("engagement_rate", Numbers.ratio(100, engaged.size(), sessions.size()))
                .put("avg_engagement_time", Numbers.ratio(1, millis, engaged.size() * 1000L))
                .put("median_engagement_time", Numbers.ratio(1, middle, 2000))
                .put("pages_per_session", Numbers.ratio(1, views, sessions.size()))
                .put("events_per_session", Numbers.ratio(1, views + events, sessions.size()));
    }

    private static long events(SampleSession session) {
        return Long.parseLong(session.text("event_count"));
    }

    /** The means over the whole days of a span that are over; nothing where there is none. */
    @Nullable
    Figures stickiness(Span wanted) {
        var days = new ArrayList<LocalDate>();
        for (var day = time.dayOf(wanted.start()); !day.isAfter(time.dayOf(wanted.end())); day = day.plusDays(1)) {
            boolean over = time.lastMoment(day) < now();
            if (time.exists(day) && over && wanted.holds(time.firstMoment(day)) && wanted.holds(time.lastMoment(day))) {
                days.add(day);
            }
        }
        if (days.isEmpty()) {
            return null;
        }
        long daily = people(days, 1);
        long weekly = people(days, 7);
        long monthly = people(days, 30);
        return new Figures()
                .put("average_dau", Numbers.ratio(1, daily, days.size()))
                .put("average_wau", Numbers.ratio(1, weekly, days.size()))
                .put("average_mau", Numbers.ratio(1, monthly, days.size()))
                .put("dau_wau", Numbers.ratio(100, daily, weekly))
                .put("dau_mau", Numbers.ratio(100, daily, monthly));
    }

    private long people(List<LocalDate> days, int window) {
        var covered = new Span(time.firstMoment(days.getFirst()), time.lastMoment(days.getLast()));
        return new SampleActivity(project)
                .perDay(covered, window, false, filters)
                .valueStream()
                .map(day -> new BigDecimal(day.get("users").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .longValueExact();
    }

    private long now() {
        return project.now().toEpochMilli();
    }
}
