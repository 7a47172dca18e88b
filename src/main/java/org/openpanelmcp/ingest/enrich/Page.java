package org.openpanelmcp.ingest.enrich;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openpanelmcp.text.Location;

/**
 * The address of a page in its parts.
 *
 * @param origin scheme, host and port; empty for a path alone and for screens that only have a name
 * @param query parameters, the last one of a name counts
 * @param hash with its {@code #}
 */
public record Page(String origin, String path, Map<String, String> query, String hash) {
    public static final Page NONE = new Page("", "", Map.of(), "");

    private static final int MOST_PARAMETERS = 100;

    /** Splits a full address, or a path with or without query; anything else is the name of a screen. */
    public static Page of(String text) {
        if (text.startsWith("http")) {
            var host = Hosts.of(text);
            int start = text.indexOf("://") + 3;
            if (host.isEmpty() || !(text.startsWith("https://") || text.startsWith("http://"))) {
                return new Page("", text, Map.of(), "");
            }
            int end = Hosts.endOfAuthority(text, start);
            var rest = text.substring(end);
            return split(origin(text.substring(0, end)), rest.startsWith("/") ? rest : "/" + rest);
        }
        return text.startsWith("/") ? split("", text) : new Page("", text, Map.of(), "");
    }

    /** As a browser says it: lower case, without a login and without the scheme's own port. */
    private static String origin(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int start = lower.indexOf("://") + 3;
        int login = lower.lastIndexOf('@');
        var scheme = lower.substring(0, start);
        var authority = lower.substring(login < start ? start : login + 1);
        var usual = scheme.equals("https://") ? ":443" : ":80";
        return scheme
                + (authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority);
    }

    private static Page split(String origin, String rest) {
        var location = Location.of(rest);
        return new Page(
                origin,
                location.path(),
                parameters(location.query()),
                location.fragment().equals("#") ? "" : location.fragment());
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var part : query.split("&")) {
            int equals = part.indexOf('=');
            var name = Location.decoded(equals < 0 ? part : part.substring(0, equals));
            if (!name.isEmpty() && (parameters.size() < MOST_PARAMETERS || parameters.containsKey(name))) {
                parameters.put(name, equals < 0 ? "" : Location.decoded(part.substring(equals + 1)));
            }
        }
        return parameters;
    }
}
