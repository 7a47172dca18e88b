package org.openpanelmcp.ingest.track;

import java.util.List;
import java.util.Locale;

/** Which web origins a project takes events from. */
final class Origins {
    private Origins() {}

    /**
     * Whether an origin is on a list: equal but for the scheme and {@code www.}; {@code *.example.org} stands for the hosts
     * below it, {@code *} in another place for a part of a host name, {@code *} alone for every origin.
     */
    static boolean allowed(String origin, List<String> list) {
        var host = bare(origin);
        if (host.isEmpty() || host.matches(".*[/?#@\\\\].*")) {
            return false;
        }
        return list.stream().anyMatch(entry -> entry.equals("*") || matches(host, origin, entry));
    }

    private static boolean matches(String host, String origin, String entry) {
        int scheme = entry.indexOf("://");
        boolean sameScheme = scheme < 0
                || !entry.contains("*")
                || origin.toLowerCase(Locale.ROOT).startsWith(entry.substring(0, scheme + 3));
        return sameScheme && fits(host, bare(entry));
    }

    /** Whole against whole: nothing before the pattern and nothing behind it. */
    private static boolean fits(String host, String pattern) {
        if (!pattern.contains("*")) {
            return host.equals(pattern);
        }
        var parts = pattern.split("\\*", -1);
        if (!host.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            // Each star stands for one character or more.
            int found = last ? host.length() - parts[i].length() : host.indexOf(parts[i], at + 1);
            if (found < at + 1 || !host.startsWith(parts[i], found)) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }

    /** Lower case, without the scheme, a leading {@code www.} and the slash at the end. */
    private static String bare(String origin) {
        var lower = origin.strip().toLowerCase(Locale.ROOT);
        int scheme = lower.indexOf("://");
        var rest = scheme < 0 ? lower : lower.substring(scheme + 3);
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest.startsWith("www.") ? rest.substring(4) : rest;
    }
}
