package org.openpanelmcp.transfer.foreign;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openpanelmcp.text.Location;

/**
 * The address of a page in its parts.
 *
 * @param origin scheme, host and port; empty for screens that only have a name
 * @param query parameters, the last one of a name counts
 * @param hash with its {@code #}
 */
record Address(String origin, String path, Map<String, String> query, String hash) {
    static final Address NONE = new Address("", "", Map.of(), "");

    /** Splits a full address, or a path with or without query; anything else is the name of a screen. */
    static Address of(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            int start = text.indexOf("://") + 3;
            int end = firstOf(text, start);
            var rest = text.substring(end);
            return split(text.substring(0, end), rest.startsWith("/") ? rest : "/" + rest);
        }
        return text.startsWith("/") ? split("", text) : new Address("", text, Map.of(), "");
    }

    /** Parts as some exports keep them: host, path and query in columns of their own. */
    static Address of(String host, String path, String query) {
        var origin = host.isEmpty() ? "" : host.contains("://") ? host : "https://" + host;
        var asked = query.isEmpty() ? "" : query.startsWith("?") ? query : "?" + query;
        return path.isEmpty() && origin.isEmpty() ? NONE : split(origin, (path.isEmpty() ? "/" : path) + asked);
    }

    /** Without the scheme and what follows the host. */
    static String host(String address) {
        int start = address.indexOf("://");
        var rest = start < 0 ? address : address.substring(start + 3);
        return rest.substring(0, firstOf(rest, 0));
    }

    private static int firstOf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if ("/?#".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static Address split(String origin, String rest) {
        var location = Location.of(rest);
        return new Address(origin, location.path(), parameters(location.query()), location.fragment());
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        int start = 0;
        while (start <= query.length()) {
            int next = query.indexOf('&', start);
            int end = next < 0 ? query.length() : next;
            int equals = query.indexOf('=', start);
            if (end > start) {
                boolean hasValue = equals >= 0 && equals < end;
                parameters.put(
                        Location.decoded(query.substring(start, hasValue ? equals : end)),
                        hasValue ? Location.decoded(query.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
        return parameters;
    }
}
