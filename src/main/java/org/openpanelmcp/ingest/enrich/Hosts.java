package org.openpanelmcp.ingest.enrich;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Host names of addresses, and which of them are one site. */
final class Hosts {
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]{1,253}|\\[[0-9a-f:.]{2,45}]");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[.*]");

    /** Below these, as below a country's {@code co} and {@code com}, names belong to different people. */
    private static final Set<String> SHARED = Set.of(
            "github.io",
            "gitlab.io",
            "vercel.app",
            "netlify.app",
            "herokuapp.com",
            "pages.dev",
            "workers.dev",
            "web.app",
            "firebaseapp.com",
            "blogspot.com",
            "wordpress.com",
            "tumblr.com",
            "substack.com",
            "myshopify.com",
            "wixsite.com",
            "webflow.io",
            "onrender.com",
            "fly.dev",
            "azurewebsites.net",
            "cloudfront.net",
            "amazonaws.com",
            "notion.site",
            "framer.website",
            "carrd.co",
            "surge.sh");

    private static final Set<String> SECOND_LEVEL =
            Set.of("co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gv", "ltd", "me", "id");

    private Hosts() {}

    /** The host of an address with a scheme, lower case; empty when there is none. */
    static String of(String address) {
        int scheme = address.indexOf("://");
        if (scheme <= 0) {
            return "";
        }
        int start = scheme + 3;
        var authority = address.substring(start, endOfAuthority(address, start));
        var host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        if (port > host.lastIndexOf(']')) {
            host = host.substring(0, port);
        }
        var lower = host.toLowerCase(Locale.ROOT);
        return HOST.matcher(lower).matches() ? lower : "";
    }

    static int endOfAuthority(String address, int start) {
        for (int i = start; i < address.length(); i++) {
            if ("/?#".indexOf(address.charAt(i)) >= 0) {
                return i;
            }
        }
        return address.length();
    }

    static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    /** Whether both are names of one site: equal, with or without {@code www.}, or under one registered name. */
    static boolean sameSite(String host, String other) {
        return !host.isEmpty() && registered(host).equals(registered(other));
    }

    /** The name that somebody registered: the last two labels, or three where the last two are shared. */
    private static String registered(String host) {
        if (NUMBERS.matcher(host).matches()) {
            return host;
        }
        var labels = host.split("\\.");
        if (labels.length < 3) {
            return host;
        }
        var top = labels[labels.length - 1];
        var second = labels[labels.length - 2];
        var two = second + "." + top;
        boolean shared = SHARED.contains(two) || (top.length() == 2 && SECOND_LEVEL.contains(second));
        return shared ? labels[labels.length - 3] + "." + two : two;
    }
}
