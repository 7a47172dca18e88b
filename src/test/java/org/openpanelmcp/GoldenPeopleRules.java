package org.openpanelmcp;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** How answers about people and groups are held against the reference's. */
final class GoldenPeopleRules {
    private static final double TOLERANCE = 0.01;
    private static final Set<String> TOOLS = Set.of(
            "find_profiles",
            "get_profile",
            "get_profile_sessions",
            "get_profile_metrics",
            "list_group_types",
            "find_groups",
            "get_group");

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> deviations = new TreeSet<>();

    private GoldenPeopleRules() {}

    static boolean covers(String tool) {
        return TOOLS.contains(tool);
    }

    /** The reference answers about what is not there with an empty success. */
    static boolean refusedUnknown(JsonNode golden, McpCaller.Answer answer) {
        var theirs = golden.path("answer");
        boolean nothing = theirs.path("notFound").asBoolean(false)
                || (golden.get("tool").stringValue().equals("get_profile_sessions")
                        && theirs.path("session_count").asInt(-1) == 0);
        return nothing
                && answer.isError()
                && answer.at("/error/code").asString().equals("not_found");
    }

    static GoldenRules.Verdict compare(String tool, JsonNode expected, JsonNode actual) {
        var rules = new GoldenPeopleRules();
        switch (tool) {
            case "find_profiles" ->
                rules.rows("profiles", expected, actual.get("rows"), Map.of("dashboard_url", "Q71"));
            case "get_profile" -> rules.profile(expected, actual);
            case "get_profile_sessions" -> rules.sessions(expected, actual);
            case "get_profile_metrics" -> rules.metrics(expected, actual);
            case "list_group_types" -> rules.types(expected, actual);
            case "find_groups" -> rules.rows("groups", expected, actual.get("rows"), Map.of());
            default -> rules.group(expected, actual);
        }
        return new GoldenRules.Verdict(rules.wrong, rules.deviations);
    }

    private void profile(JsonNode expected, JsonNode actual) {
        fields("profile", expected.get("profile"), actual.get("profile"), Map.of());
        // Events of the same moment come in any order there.
        rows("events", expected.get("recent_events"), actual.get("recent_events"), Map.of());
    }

    private void sessions(JsonNode expected, JsonNode actual) {
        rows(
                "sessions",
                expected.get("sessions"),
                actual.get("sessions"),
                Map.of("sign", "Q11", "version", "Q11", "dashboard_url", "Q71"));
        if (expected.get("session_count").intValue()
                != actual.get("session_count").intValue()) {
            wrong.add("session_count: " + expected.get("session_count") + " expected, got "
                    + actual.get("session_count"));
        }
    }

    private void metrics(JsonNode expected, JsonNode actual) {
        var allowed = new HashMap<>(Map.of("bounceRate", "Q20", "avgTimeBetweenSessionsSec", "Q22"));
        if (!actual.at("/meta/timezone").stringValue().equals("UTC")) {
            // The reference cuts days in the zone of its server.
            allowed.put("uniqueDaysActive", "Q5");
        }
        fields("metrics", expected, actual, allowed);
    }

    private void types(JsonNode expected, JsonNode actual) {
        var theirs = new TreeSet<String>();
        expected.get("types").forEach(type -> theirs.add(type.stringValue()));
        var ours = new TreeSet<String>();
        actual.get("types").forEach(type -> ours.add(type.stringValue()));
        if (!theirs.equals(ours)) {
            wrong.add("types: " + theirs + " expected, got " + ours);
        }
    }

    private void group(JsonNode expected, JsonNode actual) {
        fields("group", expected.get("group"), actual.get("group"), Map.of());
        if (expected.get("member_count").intValue()
                != actual.get("member_count").intValue()) {
            wrong.add("member_count: " + expected.get("member_count") + " expected, got " + actual.get("member_count"));
        }
        var theirs = ids(expected.get("members"));
        var ours = ids(actual.get("members"));
        if (!theirs.equals(ours)) {
            wrong.add("members: " + theirs + " expected, got " + ours);
        }
        deviations.add("Q26");
    }

    private static List<String> ids(JsonNode rows) {
        return rows.valueStream().map(row -> row.get("id").stringValue()).toList();
    }

    private void rows(String what, JsonNode expected, JsonNode actual, Map<String, String> allowed) {
        if (!ids(expected).stream()
                .sorted()
                .toList()
                .equals(ids(actual).stream().sorted().toList())) {
            wrong.add(what + ": " + ids(expected) + " expected, got " + ids(actual));
            return;
        }
        for (var row : expected) {
            var id = row.get("id").stringValue();
            for (var ours : actual) {
                if (ours.get("id").stringValue().equals(id)) {
                    fields(id, row, ours, allowed);
                }
            }
        }
    }

    private void fields(String where, JsonNode expected, JsonNode actual, Map<String, String> allowed) {
        for (var field : expected.properties()) {
            var ours = actual.get(field.getKey());
            if (ours != null && same(field.getValue(), ours)) {
                continue;
            }
            if (allowed.containsKey(field.getKey())) {
                deviations.add(allowed.get(field.getKey()));
            } else {
                wrong.add(where + "/" + field.getKey() + ": " + field.getValue() + " expected, got " + ours);
            }
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return Math.abs(expected.doubleValue() - actual.doubleValue()) <= TOLERANCE;
        }
        if (expected.isString() && actual.isString() && isTime(actual.stringValue())) {
            return OffsetDateTime.parse(actual.stringValue()).toInstant().equals(instant(expected.stringValue()));
        }
        // Unknown is null for us; the reference says it as an empty text or as NUL characters (Q16).
        boolean unknown =
                actual.isNull() && expected.asString("").replace("\0", "").isEmpty();
        return unknown || expected.equals(actual);
    }

    private static boolean isTime(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*(Z|[+-]\\d{2}:\\d{2})");
    }

    private static Instant instant(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
