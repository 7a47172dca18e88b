package org.openpanelmcp;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How each tool's answer is held against the reference's: what must be equal, and which listed entries let differ. */
final class GoldenRules {
    private static final double TOLERANCE = 0.01;
    private static final Set<String> UTC_TOOLS = Set.of("query_events");

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> deviations = new TreeSet<>();

    private GoldenRules() {}

    /** What a comparison found. */
    record Verdict(List<String> wrong, Set<String> deviations) {}

    static boolean covers(String tool) {
        return AllTools.list().stream().anyMatch(known -> known.spec().name().equals(tool));
    }

    /** The reference reads a day as its midnight (Q1); said as an instant, the question is the same for both. */
    static ObjectNode arguments(String tool, ObjectNode arguments) {
        var same = arguments.deepCopy();
        for (var name : List.of("startDate", "endDate")) {
            var value = same.get(name);
            if (value != null) {
                var time = value.stringValue().length() == 10
                        ? value.stringValue() + "T00:00:00.000"
                        : value.stringValue();
                same.put(name, UTC_TOOLS.contains(tool) ? time.replace(' ', 'T') + "Z" : time);
            }
        }
        return same;
    }

    static Verdict compare(String tool, JsonNode golden, McpCaller.Answer answer) {
        var rules = new GoldenRules();
        boolean refused = golden.get("isError").booleanValue();
        if (refused != answer.isError()) {
            rules.wrong.add("refused: " + refused + " expected, got " + answer.content());
        } else if (!refused) {
            rules.compare(tool, golden.get("arguments"), golden.get("answer"), answer.content());
        }
        return new Verdict(rules.wrong, rules.deviations);
    }

    private void compare(String tool, JsonNode arguments, JsonNode expected, JsonNode actual) {
        switch (tool) {
            case "list_projects" -> projects(expected, actual);
            case "list_event_names" -> names(expected, actual);
            case "query_events" -> events(arguments, expected, actual);
            case "get_analytics_overview" -> overview(expected, actual);
            case "get_top_pages" -> pages(expected, actual);
            case "get_country_breakdown" -> groups(expected, actual);
            default -> wrong.add("no rule for " + tool);
        }
    }

    private void projects(JsonNode expected, JsonNode actual) {
        equal("clientType", expected, actual);
        equal("size", expected.get("projects").size(), actual.get("projects").size());
        for (int i = 0; i < expected.get("projects").size(); i++) {
            fields(
                    "projects/" + i,
                    expected.get("projects").get(i),
                    actual.get("projects").get(i),
                    Map.of());
        }
    }

    private void names(JsonNode expected, JsonNode actual) {
        equal("names", texts(expected.get("event_names"), true), texts(actual.get("event_names"), true));
        if (!texts(expected.get("event_names"), false).equals(texts(actual.get("event_names"), false))) {
            deviations.add("Q17");
        }
    }

    private static List<String> texts(JsonNode array, boolean sorted) {
        var texts = StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue);
        return (sorted ? texts.sorted() : texts).toList();
    }

    private void events(JsonNode arguments, JsonNode expected, JsonNode actual) {
        var rows = actual.get("rows");
        int limit = arguments.path("limit").asInt(20);
        equal("size", expected.size(), rows.size());
        if (expected.size() >= limit) {
            deviations.add("Q13");
            return;
        }
        var byId = new HashMap<String, JsonNode>();
        rows.forEach(row -> byId.put(row.get("id").stringValue(), row));
        for (var event : expected) {
            var id = event.get("id").stringValue();
            if (byId.containsKey(id)) {
                fields(id, event, byId.get(id), Map.of());
            } else {
                wrong.add(id + " is missing");
            }
        }
    }

    private void overview(JsonNode expected, JsonNode actual) {
        fields("summary", expected.get("summary"), actual.get("summary"), Map.of());
        var buckets = new HashMap<String, JsonNode>();
        actual.get("series").forEach(bucket -> buckets.put(local(bucket), bucket));
        for (var bucket : expected.get("series")) {
            var at = bucket.get("date").stringValue().substring(0, 19);
            var ours = buckets.remove(at);
            if (ours == null) {
                wrong.add("bucket " + at + " is missing");
            } else {
                fields(at, bucket, ours, Map.of("date", "Q6", "_avg_session_duration", "Q10"));
            }
        }
        for (var extra : buckets.entrySet()) {
            boolean empty = extra.getValue().get("total_sessions").longValue() == 0;
            (empty ? deviations : wrong).add(empty ? "Q9" : "bucket " + extra.getKey() + " is too many");
        }
    }

    private static String local(JsonNode bucket) {
        var date = OffsetDateTime.parse(bucket.get("date").stringValue());
        return date.toLocalDateTime()
                .atOffset(ZoneOffset.UTC)
                .toInstant()
                .toString()
                .substring(0, 19);
    }

    private void pages(JsonNode expected, JsonNode actual) {
        rows(expected, actual, List.of("origin", "path"), Map.of("revenue", "Q31"));
    }

    private void groups(JsonNode expected, JsonNode actual) {
        rows(expected, actual, List.of("prefix", "name"), Map.of());
    }

    /** Equal as sets of keys with figures, and in the same order of sessions. */
    private void rows(JsonNode expected, JsonNode actual, List<String> key, Map<String, String> allowed) {
        var ours = new HashMap<List<String>, JsonNode>();
        actual.get("rows").forEach(row -> ours.put(key(row, key), row));
        equal("size", expected.size(), actual.get("rows").size());
        for (int i = 0; i < Math.min(expected.size(), actual.get("rows").size()); i++) {
            var row = ours.get(key(expected.get(i), key));
            if (row == null) {
                tiedAtTheCut(expected, actual, i);
            } else {
                fields(String.valueOf(key(expected.get(i), key)), expected.get(i), row, allowed);
            }
            equal(
                    "sessions at " + i,
                    expected.get(i).get("sessions").longValue(),
                    actual.get("rows").get(i).get("sessions").longValue());
        }
    }

    /** Rows with as many sessions as the last one may be others: the reference cuts ties arbitrarily. */
    private void tiedAtTheCut(JsonNode expected, JsonNode actual, int at) {
        long last = actual.get("rows")
                .get(actual.get("rows").size() - 1)
                .get("sessions")
                .longValue();
        if (expected.get(at).get("sessions").longValue() != last) {
            wrong.add("row is missing: " + expected.get(at));
        }
    }

    private static List<String> key(JsonNode row, List<String> names) {
        return names.stream().map(name -> text(row.get(name))).toList();
    }

    private void fields(String where, JsonNode expected, JsonNode actual, Map<String, String> allowed) {
        for (var field : expected.properties()) {
            var ours = actual.get(field.getKey());
            if (ours == null && allowed.containsKey(field.getKey())) {
                deviations.add(allowed.get(field.getKey()));
            } else if (ours == null) {
                wrong.add(where + "/" + field.getKey() + " is missing");
            } else if (!same(field.getKey(), field.getValue(), ours)) {
                if (allowed.containsKey(field.getKey())) {
                    deviations.add(allowed.get(field.getKey()));
                } else {
                    wrong.add(where + "/" + field.getKey() + ": " + field.getValue() + " expected, got " + ours);
                }
            }
        }
    }

    private static boolean same(String name, JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return Math.abs(expected.doubleValue() - actual.doubleValue()) <= TOLERANCE;
        }
        if (name.equals("created_at")) {
            var instant = OffsetDateTime.parse(actual.stringValue()).withOffsetSameInstant(ZoneOffset.UTC);
            var theirs = OffsetDateTime.parse(expected.stringValue().replace(' ', 'T') + "Z");
            return instant.equals(theirs);
        }
        return expected.equals(actual)
                || (!expected.isContainer() && text(expected).equals(text(actual)));
    }

    /** Unknown is null for us; the reference says it as an empty text or as NUL characters (Q16). */
    private static String text(JsonNode node) {
        return node == null || node.isNull() ? "" : node.asString("").replace("\0", "");
    }

    private void equal(String what, JsonNode expected, JsonNode actual) {
        equal(what, expected.get(what), (Object) actual.get(what));
    }

    private void equal(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            wrong.add(what + ": " + expected + " expected, got " + actual);
        }
    }
}
