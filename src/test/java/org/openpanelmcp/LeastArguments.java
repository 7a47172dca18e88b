package org.openpanelmcp;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a tool must be given beside the project, for tests that ask every tool. */
final class LeastArguments {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROFILE = "{\"profileId\":\"u1\"}";
    private static final Map<String, String> NEEDED = Map.of(
            "get_event_property_values", "{\"propertyKey\":\"__title\"}",
            "get_rolling_active_users", "{\"days\":7}",
            "get_entry_exit_pages", "{\"mode\":\"entry\"}",
            "get_profile", PROFILE,
            "get_profile_sessions", PROFILE,
            "get_profile_metrics", PROFILE,
            "get_group", "{\"groupId\":\"g1\"}");

    private LeastArguments() {}

    static ObjectNode of(String tool) {
        return (ObjectNode) JSON.readTree(NEEDED.getOrDefault(tool, "{}"));
    }

    /** These arguments, and what else the tool needs. */
    static String with(String tool, String arguments) {
        return of(tool).setAll((ObjectNode) JSON.readTree(arguments)).toString();
    }
}
