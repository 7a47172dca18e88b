package org.openpanelmcp.http;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the server listens, whom it believes, and how much it lets a client take. */
public record HttpOptions(Listen listen, Trust trust, Limits limits) {
    /** Loopback only, default trust and limits. */
    public static HttpOptions onLoopback(int port) {
        return new HttpOptions(new Listen("127.0.0.1", port), Trust.DEFAULT, Limits.DEFAULT);
    }

    public HttpOptions withTrust(Trust other) {
        return new HttpOptions(listen, other, limits);
    }

    public HttpOptions withLimits(Limits other) {
        return new HttpOptions(listen, trust, other);
    }

    /**
     * Where to listen.
     *
     * @param port 0 takes any free port
     */
    public record Listen(String host, int port) {}

    /**
     * Whose word counts.
     *
     * @param publicUrl the address that people use; its host and origin are allowed
     * @param hosts further host names that requests may be addressed to; {@code *} allows every name
     * @param origins further web origins, such as {@code https://app.example.com}, whose pages may call this server
     * @param proxies peers whose {@code X-Forwarded-For} is believed
     */
    public record Trust(@Nullable URI publicUrl, Set<String> hosts, Set<String> origins, TrustedProxies proxies) {
        public static final Trust DEFAULT = new Trust(null, Set.of(), Set.of(), TrustedProxies.NONE);

        public Trust {
            hosts = Set.copyOf(hosts);
            origins = Set.copyOf(origins);
        }
    }

    /**
     * What a client may take.
     *
     * @param concurrentRequests requests that are worked on at the same time
     * @param waitingRequests requests that may wait for their turn, each for {@code waitTime} at most; further ones get 503
     * @param headerBytes request line and headers of one request together
     * @param bodyTime from the first to the last byte of a request body
     * @param idleTime a connection without traffic is closed after this
     * @param stopTime running requests may take this long to finish when the server stops
     */
    public record Limits(
            int concurrentRequests,
            int waitingRequests,
            Duration waitTime,
            int headerBytes,
            Duration bodyTime,
            Duration idleTime,
            Duration stopTime) {
        public static final Limits DEFAULT = new Limits(
                512,
                1_024,
                Duration.ofSeconds(10),
                16_384,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
    }
}
