package org.openpanelmcp;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a tool must be given beside the project, for tests that ask every tool. */
final class LeastArguments {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROFILE = "{\"profileId\":\"u1\"}";
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("get_event_property_values", "{\"propertyKey\":\"__title\"}"),
            Map.entry("get_rolling_active_users", "{\"days\":7}"),
            Map.entry("get_entry_exit_pages", "{\"mode\":\"entry\"}"),
            Map.entry("get_user_flow", "{\"startEvent\":\"screen_view\",\"label\":\"page\"}"),
            Map.entry("get_funnel", "{\"steps\":[\"screen_view\",\"sign_up\"]}"),
            Map.entry("query_metrics", "{\"measures\":[\"sessions\"],\"groupBy\":[\"country\"]}"),
            Map.entry("get_page_conversions", "{\"conversionEvent\":\"sign_up\"}"),
            Map.entry(
                    "list_people",
                    "{\"tool\":\"get_funnel\",\"arguments\":{\"steps\":[\"screen_view\",\"sign_up\"]},\"step\":1}"),
            Map.entry("get_profile", PROFILE),
            Map.entry("get_profile_sessions", PROFILE),
            Map.entry("get_profile_metrics", PROFILE),
            Map.entry("get_group", "{\"groupId\":\"g1\"}"));

    private LeastArguments() {}

    static ObjectNode of(String tool) {
        return (ObjectNode) JSON.readTree(NEEDED.getOrDefault(tool, "{}"));
    }

    /** These arguments, and what else the tool needs. */
    static String with(String tool, String arguments) {
        return of(tool).setAll((ObjectNode) JSON.readTree(arguments)).toString();
    }
}
