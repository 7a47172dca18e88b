package org.openpanelmcp.ingest.track;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openpanelmcp.http.Problem;
import org.openpanelmcp.ingest.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Whom and what a project keeps out. Immutable. */
record ProjectFilters(Set<String> addresses, Set<String> profiles, List<EventRule> events) {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectFilters.class);

    /** Filters of a kind that nobody knows keep nothing out. */
    static ProjectFilters of(String json) {
        var addresses = new TreeSet<String>();
        var profiles = new TreeSet<String>();
        var events = new ArrayList<EventRule>();
        for (var filter : parsed(json).values()) {
            switch (filter.path("type").asStringOpt().orElse("")) {
                case "ip" ->
                    addresses.add(Visitor.canonical(
                            filter.path("ip").asStringOpt().orElse("").strip()));
                case "profile_id" ->
                    profiles.add(filter.path("profileId").asStringOpt().orElse(""));
                case "event" -> events.add(EventRule.of(filter));
                default -> LOG.warn("A project has a filter of an unknown type, which keeps nothing out");
            }
        }
        addresses.remove("");
        profiles.remove("");
        return new ProjectFilters(Set.copyOf(addresses), Set.copyOf(profiles), List.copyOf(events));
    }

    private static JsonNode parsed(String json) {
        try {
            return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (Problem noJson) {
            LOG.warn("The filters of a project are no JSON and keep nothing out");
            return JsonBody.object();
        }
    }

    boolean excludes(Entry.Event event) {
        return events.stream().anyMatch(rule -> rule.matches(event));
    }
}
