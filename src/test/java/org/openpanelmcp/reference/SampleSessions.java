package org.openpanelmcp.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Raw sessions. */
final class SampleSessions {
    private static final List<String> TEXT_COLUMNS = List.of(
            "profile_id",
            "device_id",
            "country",
            "entry_path",
            "entry_origin",
            "exit_path",
            "city",
            "utm_term",
            "model");

    /** The columns that are compared. */
    static final List<String> COLUMNS = all();

    private final SampleProject project;
    private final CivilTime time;

    SampleSessions(SampleProject project) {
        this.project = project;
        this.time = new CivilTime(project.zone());
    }

    /** Newest first, equal times by id. */
    ArrayNode newestFirst(Span span, List<SampleFilter> filters) {
        var found = new ArrayList<SampleSession>();
        for (var session : project.sessions()) {
            if (span.holds(session.at()) && Matching.session(project, session, filters)) {
                found.add(session);
            }
        }
        found.sort(Comparator.comparingLong(SampleSession::at)
                .reversed()
                .thenComparing(SampleSession::id, SampleRanking.BINARY));
        var list = JsonNodeFactory.instance.arrayNode();
        found.forEach(session -> list.add(row(session)));
        return list;
    }

    ObjectNode row(SampleSession session) {
        var row = JsonNodeFactory.instance.objectNode();
        for (var column : TEXT_COLUMNS) {
            var text = session.text(column);
            row.put(column, text.isEmpty() ? null : text);
        }
        row.put("id", session.id());
        row.put("created_at", time.shown(session.at()));
        row.put("ended_at", time.shown(session.at() + session.duration()));
        row.put("is_bounce", session.bounce());
        row.put("screen_view_count", session.views());
        row.put("revenue", session.revenue());
        row.put("duration", session.duration());
        return row;
    }

    private static List<String> all() {
        var all = new ArrayList<>(TEXT_COLUMNS);
        all.addAll(List.of("id", "created_at", "ended_at", "is_bounce", "screen_view_count", "revenue", "duration"));
        return List.copyOf(all);
    }
}
