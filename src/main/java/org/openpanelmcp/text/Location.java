package org.openpanelmcp.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What follows the host in an address.
 *
 * @param query without its {@code ?}; empty when there is none
 * @param fragment with its {@code #}; empty when there is none
 */
public record Location(String path, String query, String fragment) {
    public static Location of(String text) {
        int hash = text.indexOf('#');
        var fragment = hash < 0 ? "" : text.substring(hash);
        var before = hash < 0 ? text : text.substring(0, hash);
        int question = before.indexOf('?');
        return question < 0
                ? new Location(before, "", fragment)
                : new Location(before.substring(0, question), before.substring(question + 1), fragment);
    }

    /** A name or value of a query as it was meant; as it is when it is no encoding. */
    public static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEncoding) {
            return text;
        }
    }
}
