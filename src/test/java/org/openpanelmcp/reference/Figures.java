package org.openpanelmcp.reference;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Named figures of one period, in the order of the answer. */
final class Figures {
    private final Map<String, BigDecimal> values = new LinkedHashMap<>();

    Figures put(String name, BigDecimal value) {
        values.put(name, value);
        return this;
    }

    Figures put(String name, long value) {
        return put(name, BigDecimal.valueOf(value));
    }

    /** The headline figures of these sessions. */
    static Figures overview(List<SampleSession> sessions, long revenue) {
        long count = sessions.size();
        long views = sessions.stream().mapToLong(SampleSession::views).sum();
        var lasting =
                sessions.stream().filter(session -> session.duration() > 0).toList();
        long millis = lasting.stream().mapToLong(SampleSession::duration).sum();
        return new Figures()
                .put(
                        "bounce_rate",
                        Numbers.ratio(
                                100,
                                sessions.stream().filter(SampleSession::bounce).count(),
                                count))
                .put(
                        "unique_visitors",
                        people(sessions.stream()
                                .map(session -> session.text("profile_id"))
                                .toList()))
                .put("total_sessions", count)
                .put("avg_session_duration", Numbers.ratio(1, millis, lasting.size() * 1000L))
                .put("total_screen_views", views)
                .put("views_per_session", Numbers.ratio(1, views, count))
                .put("total_revenue", revenue);
    }

    static Figures traffic(long sessions, long visitors, long pageviews, long revenue) {
        return new Figures()
                .put("sessions", sessions)
                .put("visitors", visitors)
                .put("pageviews", pageviews)
                .put("revenue", revenue);
    }

    /** What breakdowns say of sessions. */
    static Figures sessions(List<SampleSession> sessions) {
        var people =
                sessions.stream().map(session -> session.text("profile_id")).toList();
        return traffic(
                        sessions.size(),
                        people(people),
                        sessions.stream().mapToLong(SampleSession::views).sum(),
                        sessions.stream().mapToLong(SampleSession::revenue).sum())
                .put(
                        "bounce_rate",
                        Numbers.ratio(
                                100,
                                sessions.stream().filter(SampleSession::bounce).count(),
                                sessions.size()));
    }

    /** Distinct ids; the empty one is nobody. */
    static long people(List<String> ids) {
        return ids.stream().filter(id -> !id.isEmpty()).distinct().count();
    }

    BigDecimal get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name);
        }
        return value;
    }

    /** Adds the figures, and where there is an earlier period, its figures and the changes. */
    ObjectNode writeTo(ObjectNode node, @Nullable Figures earlier) {
        values.forEach(node::put);
        if (earlier != null) {
            earlier.writeTo(node.putObject("previous"), null);
            var changes = node.putObject("change");
            values.forEach((name, value) -> {
                var change = Numbers.change(value, earlier.get(name));
                changes.set(
                        name,
                        change == null
                                ? JsonNodeFactory.instance.nullNode()
                                : JsonNodeFactory.instance.numberNode(change));
            });
        }
        return node;
    }
}
