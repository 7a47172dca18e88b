package org.openpanelmcp.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One filter as a caller writes it, and what it means: at least one of the plain values, none of those after {@code !};
 * {@code *} is any text, a backslash before {@code !}, {@code *} or a backslash makes it plain, null is not set.
 */
record SampleFilter(String dimension, List<@Nullable String> values) {
    void writeTo(ObjectNode filters) {
        var list = filters.putArray(dimension);
        values.forEach(list::add);
    }

    /** @param all the value, or several that all belong to the row */
    boolean accepts(List<String> all) {
        boolean anyWanted = false;
        boolean found = false;
        for (var value : values) {
            var written = value == null ? "" : value;
            if (value != null && value.startsWith("!")) {
                if (all.stream().anyMatch(stored -> matches(written, 1, stored, 0))) {
                    return false;
                }
            } else {
                anyWanted = true;
                found |= all.stream().anyMatch(stored -> matches(written, 0, stored, 0));
            }
        }
        return found || !anyWanted;
    }

    /** The rest of the pattern from {@code p} against the rest of the text from {@code t}. */
    private static boolean matches(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char next = pattern.charAt(p);
        if (next == '*') {
            for (int rest = t; rest <= text.length(); rest++) {
                if (matches(pattern, p + 1, text, rest)) {
                    return true;
                }
            }
            return false;
        }
        int at = p;
        if (next == '\\' && p + 1 < pattern.length() && "!*\\".contains(pattern.substring(p + 1, p + 2))) {
            at = p + 1;
        }
        return t < text.length() && text.charAt(t) == pattern.charAt(at) && matches(pattern, at + 1, text, t + 1);
    }
}
