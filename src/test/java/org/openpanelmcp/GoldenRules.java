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
    private static final int MOST_VALUES = 200;
    private static final Set<String> UTC_TOOLS = Set.of("query_events", "query_sessions", "get_page_conversions");

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> deviations = new TreeSet<>();
    private final GoldenRetention retention = new GoldenRetention(wrong, deviations);

    private GoldenRules() {}

    /** What a comparison found. */
    record Verdict(List<String> wrong, Set<String> deviations) {}

    static boolean covers(String tool) {
        return AllTools.sets().tools().stream()
                .anyMatch(known -> known.spec().name().equals(tool));
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
        if (tool.equals("get_funnel")) {
            // Steps of one millisecond never connect there; ours do unless asked otherwise (Q35).
            same.put("order", "strict_increase");
        }
        if (tool.equals("get_page_conversions")) {
            // The reference cuts ties arbitrarily: all of ours are needed to find its pages.
            same.put("limit", 500);
        }
        return same;
    }

    static Verdict compare(String tool, JsonNode golden, McpCaller.Answer answer) {
        var rules = new GoldenRules();
        boolean refused = golden.get("isError").booleanValue();
        if (refusedForeignProject(golden, answer)) {
            rules.deviations.add("Q70");
        } else if (GoldenPeopleRules.refusedUnknown(golden, answer)) {
            rules.deviations.add("Q25");
        } else if (GoldenPeopleRules.covers(tool)) {
            var people = GoldenPeopleRules.compare(tool, golden.get("answer"), answer.content());
            return new Verdict(people.wrong(), people.deviations());
        } else if (refused != answer.isError()) {
            rules.wrong.add("refused: " + refused + " expected, got " + answer.content());
        } else if (!refused) {
            rules.compare(tool, golden.get("arguments"), golden.get("answer"), answer.content());
        }
        return new Verdict(rules.wrong, rules.deviations);
    }

    /** The reference takes no notice of the project that a client of another one names. */
    private static boolean refusedForeignProject(JsonNode golden, McpCaller.Answer answer) {
        return golden.get("client").stringValue().equals("read")
                && golden.at("/arguments/projectId").asString("").equals("globex-app")
                && answer.isError()
                && answer.content().at("/error/code").asString().equals("not_found");
    }

    private void compare(String tool, JsonNode arguments, JsonNode expected, JsonNode actual) {
        switch (tool) {
            case "list_projects" -> projects(expected, actual);
            case "list_event_names" -> names(expected, actual);
            case "query_events" -> events(arguments, expected, actual);
            case "get_analytics_overview" -> overview(expected, actual);
            case "get_top_pages" -> pages(expected, actual);
            case "get_country_breakdown", "get_top_referrers", "get_device_breakdown" -> groups(expected, actual);
            case "get_entry_exit_pages" -> rows(expected, actual, List.of("origin", "path"), Map.of());
            case "get_user_flow" -> flow(expected, actual);
            case "get_dashboard_urls" -> fields("links", expected, actual, Map.of());
            case "list_event_properties" -> properties(expected, actual);
            case "get_event_property_values" -> values(expected, actual);
            case "query_sessions" -> sessions(arguments, expected, actual);
            case "get_rolling_active_users" -> activeUsers(expected, actual);
            case "get_page_performance" -> performance(arguments, expected, actual);
            case "get_funnel" -> funnel(expected, actual);
            case "get_page_conversions" -> conversions(expected, actual);
            case "get_weekly_retention_series" -> retention.weekly(expected, actual.get("rows"));
            case "get_retention_cohort" -> retention.cohorts(expected, actual.get("rows"));
            case "get_user_last_seen_distribution" -> {
                fields("summary", expected.get("summary"), actual.get("summary"), Map.of());
                equal("distribution", expected, actual);
            }
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

    private void properties(JsonNode expected, JsonNode actual) {
        equal("columns", expected, actual);
        var ours = new TreeSet<String>();
        actual.get("properties").forEach(pair -> ours.add(pair(pair)));
        for (var pair : expected.get("properties")) {
            if (pair.get("property_key").stringValue().startsWith("__")) {
                deviations.add("Q19");
            } else if (!ours.remove(pair(pair))) {
                wrong.add(pair + " is missing");
            }
        }
        ours.forEach(pair -> wrong.add(pair + " is too many"));
    }

    private static String pair(JsonNode pair) {
        return pair.get("property_key").stringValue() + " of "
                + pair.get("event_name").stringValue();
    }

    private void values(JsonNode expected, JsonNode actual) {
        equal("event", expected, actual);
        equal("property", expected, actual);
        var theirs = texts(expected.get("values"), false);
        var ours = texts(actual.get("values"), false);
        if (theirs.equals(ours)) {
            return;
        }
        deviations.add("Q18");
        if (theirs.size() < MOST_VALUES) {
            equal("distinct values", new TreeSet<>(theirs), new TreeSet<>(ours));
        }
    }

    private void sessions(JsonNode arguments, JsonNode expected, JsonNode actual) {
        events(arguments, expected, actual, Map.of("sign", "Q11", "version", "Q11", "dashboard_url", "Q71"));
    }

    /** Q36: the reference drops weak links, single ends and paths of one step. What it keeps of the first steps is right. */
    private void flow(JsonNode expected, JsonNode actual) {
        equal("mode", expected, actual);
        equal("startEvent", expected, actual);
        deviations.add("Q36");
        var ours = new HashMap<String, Long>();
        actual.get("nodes")
                .forEach(node ->
                        ours.put(node.get("id").stringValue(), node.get("value").longValue()));
        for (var node : expected.get("nodes")) {
            var id = node.get("id").stringValue();
            boolean wholePaths = expected.get("link_count").intValue() > 0;
            if (wholePaths && node.get("step").intValue() <= 2) {
                equal(id, node.get("value").longValue(), ours.getOrDefault(id, 0L));
            }
        }
    }

    private void activeUsers(JsonNode expected, JsonNode actual) {
        equal("window_days", expected, actual);
        equal("label", expected, actual);
        var theirs = new HashMap<String, Long>();
        expected.get("series")
                .forEach(day -> theirs.put(
                        day.get("date").stringValue(), day.get("users").longValue()));
        deviations.add("Q27");
        for (var day : actual.get("series")) {
            var at = day.get("date").stringValue();
            equal(
                    "users on " + at,
                    theirs.getOrDefault(at, 0L),
                    day.get("users").longValue());
        }
    }

    private void performance(JsonNode arguments, JsonNode expected, JsonNode actual) {
        equal("total_pages", expected, actual);
        equal("shown", expected, actual);
        var allowed = Map.of("avg_duration", "Q32", "bounce_rate", "Q32", "title", "Q32", "seo_signals", "Q32");
        boolean sameOrder = !arguments.path("sortBy").asString("sessions").equals("avg_duration");
        var ours = new HashMap<List<String>, JsonNode>();
        var key = List.of("origin", "path");
        actual.get("pages").forEach(page -> ours.put(key(page, key), page));
        for (int i = 0; i < expected.get("pages").size(); i++) {
            var page = expected.get("pages").get(i);
            var mine = ours.get(key(page, key));
            if (mine != null) {
                fields(key(page, key).toString(), page, mine, allowed);
            } else if (sameOrder) {
                tiedAtTheCut(expected.get("pages"), actual.get("pages"), i);
            } else {
                wrong.add("page is missing: " + page);
            }
        }
    }

    private void funnel(JsonNode expected, JsonNode actual) {
        for (var total : List.of("totalUsers", "completedUsers")) {
            equal(total, expected.get(total).longValue(), actual.get(total).longValue());
        }
        equal("size", expected.get("steps").size(), actual.get("steps").size());
        for (int i = 0; i < expected.get("steps").size(); i++) {
            fields(
                    "step " + (i + 1),
                    expected.get("steps").get(i),
                    actual.get("steps").get(i),
                    Map.of());
        }
    }

    /** The reference divides people by sessions: what is equal are the people. */
    private void conversions(JsonNode expected, JsonNode actual) {
        equal("conversion_event", expected, actual);
        equal("window_hours", expected, actual);
        var key = List.of("origin", "path");
        var ours = new HashMap<List<String>, JsonNode>();
        actual.get("pages").forEach(page -> ours.put(key(page, key), page));
        deviations.add("Q33");
        for (var page : expected.get("pages")) {
            var mine = ours.get(key(page, key));
            var name = "unique_converters";
            if (mine == null) {
                wrong.add("page is missing: " + page);
            } else if (mine.get(name).longValue() != page.get(name).longValue()) {
                wrong.add(page + " expected, got " + mine);
            }
        }
    }

    private void events(JsonNode arguments, JsonNode expected, JsonNode actual) {
        events(arguments, expected, actual, Map.of());
    }

    private void events(JsonNode arguments, JsonNode expected, JsonNode actual, Map<String, String> allowed) {
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
                fields(id, event, byId.get(id), allowed);
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
                tiedAtTheCut(expected, actual.get("rows"), i);
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
        long last = actual.get(actual.size() - 1).get("sessions").longValue();
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
        if (name.equals("created_at") || name.equals("ended_at")) {
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
