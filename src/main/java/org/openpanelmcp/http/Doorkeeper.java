package org.openpanelmcp.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks {@code Host} and {@code Origin}. Without it a web page could reach a server on the reader's own machine by
 * pointing its domain name at 127.0.0.1 (DNS rebinding).
 */
final class Doorkeeper {
    private final boolean onLoopback;
    private final Set<String> hosts;
    private final Set<String> origins;

    Doorkeeper(HttpOptions options) {
        this.onLoopback = loopback(options.listen().host());
        var trust = options.trust();
        var url = Optional.ofNullable(trust.publicUrl());
        this.hosts = Stream.concat(trust.hosts().stream(), url.map(it -> it.getHost()).stream())
                .map(Doorkeeper::normal)
                .collect(Collectors.toUnmodifiableSet());
        this.origins = Stream.concat(
                        trust.origins().stream(), url.map(it -> it.getScheme() + "://" + it.getRawAuthority()).stream())
                .map(Doorkeeper::normal)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws Problem 403 when the request is not addressed to a name of this server */
    Authority host(Optional<String> header) {
        var host = header.flatMap(Authority::parse)
                .orElseThrow(() -> new Problem(400, "bad_request", "The Host header is missing or no host name."));
        // An address as host is never the work of a rebound name; on loopback only its own addresses make sense.
        var known = host.loopback()
                || hosts.contains(host.host())
                || hosts.contains("*")
                || (!onLoopback && host.literal());
        if (!known) {
            throw new Problem(
                    403,
                    "host_not_allowed",
                    "This server does not answer for the host name '" + host.host()
                            + "'. Its operator can allow the name in the settings (public URL or allowed hosts).");
        }
        return host;
    }

    /**
     * The origin to name in {@code Access-Control-Allow-Origin}; empty when the page is this server's own.
     *
     * @throws Problem 403 when pages of this origin may not call the route
     */
    Optional<String> origin(String origin, Authority host, OriginPolicy policy) {
        if (policy == OriginPolicy.ANY) {
            return Optional.of("*");
        }
        var authority = Authority.ofOrigin(origin);
        if (authority.filter(host::isOrigin).isPresent()) {
            return Optional.empty();
        }
        var listed = policy == OriginPolicy.LISTED
                && (origins.contains(normal(origin))
                        || (onLoopback && authority.filter(Authority::loopback).isPresent()));
        if (!listed) {
            throw new Problem(
                    403,
                    "origin_not_allowed",
                    "Pages of this web origin may not call this server. Its operator can allow the origin in the settings.");
        }
        return Optional.of(origin);
    }

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
