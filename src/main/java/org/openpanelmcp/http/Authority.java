package org.openpanelmcp.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A host name and a port as they stand in {@code Host} and {@code Origin}.
 *
 * @param host lower case, IPv6 addresses without brackets
 * @param port -1 when not given
 */
record Authority(String host, int port) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** Reads {@code name}, {@code name:80} or {@code [::1]:80}; empty when it is none of these. */
    static Optional<Authority> parse(String text) {
        return read("any://" + text, text);
    }

    /** Reads {@code https://name:443}; the port is the scheme's own when none is given. */
    static Optional<Authority> ofOrigin(String origin) {
        var scheme = origin.indexOf("://");
        if (scheme < 0) {
            return Optional.empty();
        }
        return read(origin, origin.substring(scheme + 3))
                .map(authority -> authority.port >= 0
                        ? authority
                        : new Authority(authority.host, origin.startsWith("https:") ? 443 : 80));
    }

    private static Optional<Authority> read(String url, String authority) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() == null || !authority.equals(uri.getRawAuthority()) || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            var host = uri.getHost().toLowerCase(Locale.ROOT);
            return Optional.of(
                    new Authority(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort()));
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    boolean loopback() {
        return LOOPBACK.contains(host);
    }

    boolean literal() {
        try {
            return !InetAddress.ofLiteral(host).getHostAddress().isEmpty();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** Whether an origin is the server that this {@code Host} header addressed; a host without port is on a default one. */
    boolean isOrigin(Authority origin) {
        return host.equals(origin.host) && (port >= 0 ? port == origin.port : origin.port == 443 || origin.port == 80);
    }
}
