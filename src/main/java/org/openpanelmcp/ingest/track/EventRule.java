package org.openpanelmcp.ingest.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openpanelmcp.ingest.Entry;
import tools.jackson.databind.JsonNode;

/**
 * A rule of a project that keeps events out: a name, and conditions that must all hold. Whatever is asked of whatever value,
 * the answer is yes or no: a rule never makes an event fail.
 */
record EventRule(String name, List<Condition> conditions) {
    /** Of the values one must fit, or for a negative operator none may. */
    record Condition(String property, String operator, List<String> values) {}

    static EventRule of(JsonNode rule) {
        var conditions = new ArrayList<Condition>();
        for (var filter : rule.path("filters").values()) {
            var values = new ArrayList<String>();
            var given = filter.path("value");
            (given.isArray() ? given.values() : List.of(given)).forEach(value -> {
                if (value.isValueNode() && !value.isNull()) {
                    values.add(value.asString().strip());
                }
            });
            conditions.add(new Condition(
                    filter.path("name").asStringOpt().orElse(""),
                    filter.path("operator").asStringOpt().orElse("is"),
                    List.copyOf(values)));
        }
        return new EventRule(rule.path("name").asStringOpt().orElse(""), List.copyOf(conditions));
    }

    boolean matches(Entry.Event event) {
        return (name.equals("*") || name.equals(event.name()))
                && conditions.stream().allMatch(condition -> matches(condition, event));
    }

    private static boolean matches(Condition condition, Entry.Event event) {
        var value = value(event, condition.property());
        switch (condition.operator()) {
            case "isNull" -> {
                return value.isEmpty();
            }
            case "isNotNull" -> {
                return !value.isEmpty();
            }
            default -> {
                if (condition.values().isEmpty()) {
                    return true;
                }
            }
        }
        return switch (condition.operator()) {
            case "isNot" -> condition.values().stream().noneMatch(value::equals);
            case "doesNotContain" -> condition.values().stream().noneMatch(value::contains);
            default ->
                operator(condition.operator())
                        .map(test -> condition.values().stream().anyMatch(wanted -> test.test(value, wanted)))
                        .orElse(false);
        };
    }

    /** Empty for an operator that nobody knows: nothing is kept out by mistake. */
    private static Optional<BiPredicate<String, String>> operator(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "is" -> String::equals;
                    case "contains" -> String::contains;
                    case "startsWith" -> String::startsWith;
                    case "endsWith" -> String::endsWith;
                    case "regex" -> EventRule::fits;
                    case "gt" -> (value, wanted) -> compared(value, wanted) > 0;
                    case "gte" -> (value, wanted) -> compared(value, wanted) >= 0;
                    case "lt" -> (value, wanted) -> compared(value, wanted) < 0;
                    case "lte" -> (value, wanted) -> compared(value, wanted) <= 0;
                    default -> null;
                });
    }

    /** NaN, which is neither more nor less than anything, when one is no number. */
    private static double compared(String value, String wanted) {
        try {
            return Double.compare(Double.parseDouble(value), Double.parseDouble(wanted));
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    private static boolean fits(String value, String wanted) {
        try {
            return Pattern.compile(wanted.replaceAll("^/|/$", ""))
                    .matcher(value)
                    .find();
        } catch (PatternSyntaxException invalid) {
            return false;
        }
    }

    private static String value(Entry.Event event, String property) {
        if (property.startsWith("properties.")) {
            return event.properties().getOrDefault(property.substring("properties.".length()), "");
        }
        return switch (property.replace("_", "").toLowerCase(Locale.ROOT)) {
            case "name" -> event.name();
            case "path" -> event.page().path();
            case "origin" -> event.page().origin();
            case "referrer" -> event.referrer().url();
            case "referrername" -> event.referrer().name();
            case "referrertype" -> event.referrer().type();
            case "country" -> event.place().country();
            case "region" -> event.place().region();
            case "city" -> event.place().city();
            case "os" -> event.agent().os();
            case "osversion" -> event.agent().osVersion();
            case "browser" -> event.agent().browser();
            case "browserversion" -> event.agent().browserVersion();
            case "device" -> event.agent().device();
            case "brand" -> event.agent().brand();
            case "model" -> event.agent().model();
            case "sdkname" -> event.sdk().name();
            case "sdkversion" -> event.sdk().version();
            case "profileid" -> event.profileId();
            case "deviceid" ->
                event.deviceIds().isEmpty() ? "" : event.deviceIds().getFirst();
            case "revenue" -> String.valueOf(event.revenue());
            case "hasprofile" ->
                String.valueOf(
                        !event.profileId().isEmpty() && !event.deviceIds().contains(event.profileId()));
            case "utmsource", "utmmedium", "utmcampaign", "utmterm", "utmcontent" ->
                event.properties().getOrDefault("__query." + property, "");
            default -> event.properties().getOrDefault(property, "");
        };
    }
}
